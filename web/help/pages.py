"""What the pages of the help centre show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kb.markdown import Heading, SafeHtml


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in another language."""

    lang: str
    url: str


@dataclass(frozen=True, slots=True)
class Meta:
    """What search engines and link previews are told; without a canonical address: nothing."""

    title: str
    description: str = ""
    canonical: str | None = None
    alternates: tuple[Alternate, ...] = ()
    og_type: str = "website"


@dataclass(frozen=True, slots=True)
class Line:
    """One article in a list."""

    title: str
    url: str
    lang: str
    summary: str = ""
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    title: str
    url: str
    icon: str
    description: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Vote:
    """'Did this help?': `said` is what was answered already: yes, no (why?) or why (told)."""

    anchor: str
    url: str
    contact_url: str
    said: str = ""
    ballot: str = ""
    reasons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HomePage:
    meta: Meta
    total: int
    categories: tuple[Topic, ...]
    popular: tuple[Line, ...]
    newest: tuple[Line, ...]
    examples: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class CategoryPage:
    meta: Meta
    topic: Topic
    articles: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    meta: Meta
    title: str
    category: Topic | None
    updated: datetime | None
    valid_until: date | None
    is_expired: bool
    is_overdue: bool
    short_answer: str | None
    body: SafeHtml
    contents: tuple[Heading, ...]
    translations: tuple[Alternate, ...]
    related: tuple[Line, ...]
    vote: Vote


@dataclass(frozen=True, slots=True)
class SearchPage:
    meta: Meta
    query: str
    results: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class PickedTitle:
    """A title to choose from; `key` is written `id/paket-belum-sampai`."""

    key: str
    title: str
    lang: str


@dataclass(frozen=True, slots=True)
class Told:
    """One article's answer; `note` says that it is not in the customer's language."""

    text: str
    lang: str
    link: Link
    note: str = ""


@dataclass(frozen=True, slots=True)
class Handover:
    contact_url: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of a conversation as its customer sees it."""

    author: str
    name: str
    text: str
    lang: str
    at: datetime
    link: Link | None = None
    answers: tuple[Told, ...] = ()
    decision: str = ""
    choices: tuple[PickedTitle, ...] = ()
    is_done: bool = False
    vote: Vote | None = None
    handover: Handover | None = None
    status_url: str | None = None


@dataclass(frozen=True, slots=True)
class AskPage:
    greeting: str
    turns: tuple[Turn, ...]
    examples: tuple[str, ...]
    draft: str = ""
    waiting: str = ""
    poll_url: str | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class ContactPage:
    opening: str
    has_conversation: bool
    values: Mapping[str, str]
    problems: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StatusPage:
    state: str
    opening: str
    turns: tuple[Turn, ...]
    poll_url: str
    write_url: str
    version: str
    problem: str = ""
