"""What became of the articles that somebody named long ago."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kb.database import Database
from kb.models import ArticleKey, Status
from kb.reading import Reading
from responder.knowledge import Knowledge


class Presence(StrEnum):
    LIVE = "live"
    # renamed or replaced by one that is live
    MOVED = "moved"
    NOT_LIVE = "not_live"
    ARCHIVED = "archived"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`now` is the live article that stands for the named one; None: there is none."""

    named: ArticleKey
    presence: Presence
    now: ArticleKey | None = None


class Directory:
    def __init__(self, database: Database, knowledge: Knowledge) -> None:
        self._articles = Reading(database)
        self._knowledge = knowledge

    def look_up(self, keys: Iterable[ArticleKey]) -> Mapping[ArticleKey, Whereabouts]:
        live = self._knowledge.shelf().articles
        return {
            key: Whereabouts(key, Presence.LIVE, key) if key in live else self._gone(key)
            for key in set(keys)
        }

    def keys_of(self, slug: str) -> tuple[ArticleKey, ...]:
        """The live articles of that slug, in any language."""
        return tuple(key for key in self._knowledge.shelf().articles if key.slug == slug)

    def _gone(self, key: ArticleKey) -> Whereabouts:
        target = self._articles.find_redirect(key.lang, key.slug)
        if target is not None and target in self._knowledge.shelf().articles:
            return Whereabouts(key, Presence.MOVED, target)
        found = self._articles.find_article(target or key)
        if found is None:
            return Whereabouts(key, Presence.UNKNOWN)
        is_archived = found.status is Status.ARCHIVED
        return Whereabouts(key, Presence.ARCHIVED if is_archived else Presence.NOT_LIVE)
