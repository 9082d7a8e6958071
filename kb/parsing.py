"""Revisions never change, so each is parsed once per process."""

import logging
import threading
from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from kb.errors import InvalidArticle
from kb.frontmatter import parse_article
from kb.models import Article, ArticleKey
from kb.store import revisions

log = logging.getLogger(__name__)

MOST_KEPT = 20_000
Wanted = tuple[int, int, ArticleKey]


class ParsedRevisions:
    """Articles by (article id, revision number, key); safe to share between threads."""

    def __init__(self) -> None:
        self._kept: dict[Wanted, Article] = {}
        self._lock = threading.Lock()

    def load(self, connection: sa.Connection, wanted: Iterable[Wanted]) -> Mapping[Wanted, Article]:
        """Those that can be read; a text that this version cannot read is logged and left out."""
        asked = list(wanted)
        missing = [item for item in asked if item not in self._kept]
        sources = revisions.list_sources(connection, [item[:2] for item in missing])
        parsed = {item: self._parsed(item, sources.get(item[:2])) for item in missing}
        with self._lock:
            if len(self._kept) + len(parsed) > MOST_KEPT:
                self._kept = {item: self._kept[item] for item in asked if item in self._kept}
            self._kept |= {item: article for item, article in parsed.items() if article}
            return {item: self._kept[item] for item in asked if item in self._kept}

    def _parsed(self, item: Wanted, source: str | None) -> Article | None:
        article_id, number, key = item
        try:
            return parse_stored(source or "", key)
        except InvalidArticle as error:
            facts = {"article_id": article_id, "revision": number, "line": error.line}
            log.warning("unreadable_revision", extra=facts)
            return None


def parse_stored(source: str, key: ArticleKey) -> Article:
    """Raises InvalidArticle, naming the file that the article has in the folder."""
    return parse_article(source, lang=key.lang, slug=key.slug, path=f"{key}.md")
