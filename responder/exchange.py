"""What goes into the responder and what comes out."""

from dataclasses import dataclass

from kb.models import ArticleKey
from responder.models import (
    Candidate,
    Conversation,
    Decision,
    GivenAnswer,
    Question,
    Reply,
    ReplyKind,
    Situation,
    Ticket,
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message of a customer, in their own words.

    `conversation` is its public id if the customer has one already; `external_id` names the sender
    on the channel; `lang` is the language to fall back to when the text does not tell.
    """

    text: str
    channel: str = "web"
    lang: str | None = None
    conversation: str | None = None
    public: bool = False
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One title to choose from."""

    key: ArticleKey
    title: str
    link: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided and what the customer is told.

    `text` is the message for the channel. On channels that show parts on their own (web, widget,
    api) the link, the choices and the disclosure are not inside it; of several answers each has
    its link there too. It is what a page shows, also when nothing was sent (`silence`). `opening`
    says when people answer; `status_url` is the customer's own page, None in public.
    """

    reply: Reply
    kind: ReplyKind
    text: str
    link: str | None
    decision: Decision
    conversation: Conversation
    choices: tuple[Choice, ...]
    status_url: str | None
    opening: str
    disclosure: str
    ticket: Ticket | None = None
    answers: tuple[GivenAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """How a question would be answered now; nothing is recorded. `looked_up` is what was searched
    for: without greetings and thanks around it, and with misspelt words set right."""

    question: Question
    looked_up: str
    masked_kinds: tuple[str, ...]
    situation: Situation
    candidates: tuple[Candidate, ...]
    reply: Reply
    kind: ReplyKind
    rule: str
    threshold_version: int
    text: str
    link: str | None
    choices: tuple[Choice, ...]
    disclosure: str
    fingerprint: str
    answers: tuple[GivenAnswer, ...] = ()
