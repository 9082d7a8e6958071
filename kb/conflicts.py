"""A file and the store that went different ways, until a person chooses."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kb.models import ArticleKey
from kb.revisions import Revision


class ConflictKind(StrEnum):
    EDITED = "edited"
    MISSING = "missing"


class Keep(StrEnum):
    """`FILE` of a missing file means that the article goes, too."""

    FILE = "file"
    PORTAL = "portal"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Conflict:
    """`file` is the file's text (None when it is gone), `portal` the store's latest."""

    id: int
    article_id: int
    key: ArticleKey
    path: str
    kind: ConflictKind
    file: Revision | None
    portal: Revision
    created_at: datetime
