"""What customers need most: the articles that answered most often lately."""

from datetime import timedelta

from kb.database import Database
from kb.models import ArticleKey
from responder.cache import Cached
from responder.clock import Clock
from responder.store import decisions

LATELY = timedelta(days=60)
MOST = 12
COUNT_EVERY_SECONDS = 60.0


class Popularity:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._counted: dict[str, Cached[tuple[ArticleKey, ...]]] = {}

    def list_most_answered(self, lang: str) -> tuple[ArticleKey, ...]:
        """Most often first; counted at most once a minute."""
        held = self._counted.setdefault(
            lang, Cached(lambda: self._count(lang), COUNT_EVERY_SECONDS)
        )
        return held.get()

    def _count(self, lang: str) -> tuple[ArticleKey, ...]:
        with self._database.read() as connection:
            found = decisions.count_answers(connection, lang, self._clock() - LATELY, MOST)
        return tuple(ArticleKey(lang, slug) for slug, _times in found)
