"""What is the same for every reader of an article, worked out once per published version."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app

from kb.markdown import Heading, SafeHtml, headings, render
from kb.models import Article, ArticleKey, PublishedArticle
from kb.search import Searcher
from web.help.shelf import Shelf

READINGS = "jawab.readings"
RELATED = 4
LONG_ARTICLE_HEADINGS = 3

Find = Callable[[str, Shelf, str], tuple[PublishedArticle, ...]]


@dataclass(frozen=True, slots=True)
class Reading:
    body: SafeHtml
    contents: tuple[Heading, ...]
    related: tuple[ArticleKey, ...]


class Readings:
    """Held until anything is published: related articles may be others then."""

    def __init__(self, searcher: Searcher, find: Find) -> None:
        self._searcher = searcher
        self._find = find
        self._shelf: Shelf | None = None
        self._held: dict[ArticleKey, Reading] = {}
        self._lock = threading.Lock()

    def get(self, article: Article, shelf: Shelf) -> Reading:
        with self._lock:
            if self._shelf is not shelf:
                self._shelf, self._held = shelf, {}
            held = self._held
        if article.key in held:
            return held[article.key]
        if not self._searcher.is_loaded:
            # nobody waits for the index to read an article
            return self._work_out(article, shelf, ())
        found = self._find(article.title, shelf, article.key.lang)
        return held.setdefault(article.key, self._work_out(article, shelf, found))

    def _work_out(
        self, article: Article, shelf: Shelf, found: tuple[PublishedArticle, ...]
    ) -> Reading:
        lang = article.key.lang
        nearby = shelf.list_in_category(lang, article.category) if article.category else ()
        others = dict.fromkeys(p.key for p in (*found, *nearby) if p.key != article.key)
        parts = tuple(part for part in headings(article.body) if part.level in (2, 3))
        return Reading(
            body=render(article.body),
            contents=parts if len(parts) >= LONG_ARTICLE_HEADINGS else (),
            related=tuple(key for key in others if key.lang == lang)[:RELATED],
        )


def current_readings() -> Readings:
    found: Readings = current_app.extensions[READINGS]
    return found
