"""What the store keeps of an article: its revisions, and which of them customers see."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kb.models import Article, ArticleKey, Status


class Origin(StrEnum):
    PORTAL = "portal"
    FILE = "file"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Revision:
    """One text of an article, never changed; `note` is a code such as `restored:3`, or empty."""

    key: ArticleKey
    number: int
    source: str
    title: str
    author: str
    origin: Origin
    note: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """`status` is the state of the latest text; an older one may be live beside it."""

    key: ArticleKey
    status: Status
    latest: Revision
    article: Article
    published_revision: int | None
    scheduled_revision: int | None
    scheduled_at: datetime | None
    created_at: datetime
    updated_at: datetime

    @property
    def is_live(self) -> bool:
        return self.published_revision is not None

    @property
    def has_draft(self) -> bool:
        """Whether the latest text differs from what is live or scheduled to be."""
        shown = self.scheduled_revision or self.published_revision
        return self.status is not Status.ARCHIVED and self.latest.number != shown


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """One line of a list; `article` is the latest text, `status` its state."""

    key: ArticleKey
    title: str
    status: Status
    article: Article
    published_revision: int | None
    published_at: datetime | None
    scheduled_at: datetime | None
    updated_at: datetime
    has_draft: bool

    @property
    def is_live(self) -> bool:
        return self.published_revision is not None


@dataclass(frozen=True, slots=True)
class WorkingText:
    """Which text the folder should hold: the one that is or will be live, else the only one."""

    article_id: int
    key: ArticleKey
    revision: int
    latest_revision: int
    is_archived: bool

    @property
    def path(self) -> str:
        return f"{self.key}.md"
