"""The words of the knowledge base as frozen types."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from kb.errors import InvalidSlug

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,159}")
LANG = re.compile(r"[a-z]{2,3}")


class Status(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Visibility(StrEnum):
    PUBLIC = "public"
    PRIVATE = "private"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, order=True)
class ArticleKey:
    """An article's name, written `id/paket-belum-sampai`."""

    lang: str
    slug: str

    def __post_init__(self) -> None:
        if not (LANG.fullmatch(self.lang) and SLUG.fullmatch(self.slug)):
            raise InvalidSlug(f"{self.lang}/{self.slug}")

    def __str__(self) -> str:
        return f"{self.lang}/{self.slug}"

    @classmethod
    def parse(cls, text: str) -> Self:
        lang, _, slug = text.partition("/")
        return cls(lang, slug)


@dataclass(frozen=True, slots=True)
class Article:
    """The content of one Markdown file, whatever its status. Not yet fit to be indexed."""

    key: ArticleKey
    title: str
    body: str = ""
    answer: str | None = None
    questions: tuple[str, ...] = ()
    category: str | None = None
    tags: tuple[str, ...] = ()
    status: Status = Status.PUBLISHED
    visibility: Visibility = Visibility.PUBLIC
    auto_answer: bool = True
    owner: str | None = None
    review_by: date | None = None
    publish_at: datetime | None = None
    valid_until: date | None = None
    translation_of: ArticleKey | None = None
    channels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedArticle:
    """An article that customers may see: the only kind that can be indexed.

    `revision` is the store's revision number (0 when read from a bare folder).
    """

    article: Article
    revision: int = 0
    published_at: datetime | None = None

    @property
    def key(self) -> ArticleKey:
        return self.article.key


class RouteAction(StrEnum):
    PERSON = "person"
    GREETING = "greeting"
    THANKS = "thanks"
    COMPLAINT = "complaint"
    ABUSE = "abuse"
    SPAM = "spam"


@dataclass(frozen=True, slots=True)
class Route:
    """How messages that are no questions are treated; found by the same matcher as articles."""

    lang: str
    name: str
    action: RouteAction
    questions: tuple[str, ...]
    answer: str = ""

    @property
    def key(self) -> ArticleKey:
        return ArticleKey(self.lang, self.name)


class HitKind(StrEnum):
    ARTICLE = "article"
    ROUTE = "route"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the signals say of one article for one question.

    Cosines are centred (mean of the knowledge base subtracted), so about -1 to 1;
    `char_cosine` and `word_cosine` are TF-IDF cosines, 0 to 1;
    `head_probability` is the classifier head's, 0 to 1; `head_fit` is the least-squares head's,
    about 0 for any other article and 1 for the right one; `discriminant` is a linear discriminant's
    probability, of 1 where much was learned; `coverage` is the share of the question's words, by
    rarity, that the article has, `fragments` the same of pieces of four and five letters.
    """

    best_cosine: float = 0.0
    top3_cosine: float = 0.0
    char_cosine: float = 0.0
    word_cosine: float = 0.0
    head_probability: float = 0.0
    head_fit: float = 0.0
    discriminant: float = 0.0
    coverage: float = 0.0
    fragments: float = 0.0


@dataclass(frozen=True, slots=True)
class Hit:
    """One article or route with its evidence; `relevance` orders, it is no probability.

    `doubt`: how much the question looks like those known not to be answered by it, 0 to 1.
    """

    key: ArticleKey
    kind: HitKind
    title: str
    relevance: float
    evidence: Evidence
    doubt: float = 0.0
