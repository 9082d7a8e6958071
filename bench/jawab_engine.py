"""Jawab as an engine: all of a preview, that is everything but the database write."""

import time
from dataclasses import replace
from pathlib import Path

from bench.engine import Base, Found
from kb import starter
from kb.database import Database, sqlite_url
from kb.embedders import Embedder
from kb.matching import match
from kb.models import Article, Hit, PublishedArticle, Route
from kb.search import Searcher
from kb.text import normalise
from responder.bootstrap import build_services
from responder.searching import SearchedKnowledge
from responder.settings import ResponderSettings
from web.migrations.migrate import upgrade


class MemorySource:
    """Published articles without a database; its generation grows with each that is added."""

    def __init__(self, articles: tuple[Article, ...]) -> None:
        self._published = [PublishedArticle(article) for article in articles]

    def generation(self) -> int:
        return len(self._published)

    def list_published(self) -> tuple[PublishedArticle, ...]:
        return tuple(self._published)

    def list_routes(self) -> tuple[Route, ...]:
        return ()

    def add(self, article: Article) -> None:
        self._published.append(PublishedArticle(article))


class Jawab:
    def build(self, base: Base, embedder: Embedder, folder: Path) -> None:
        database = Database(sqlite_url(folder / "jawab.db"))
        upgrade(database)
        self._source = MemorySource(base.articles)
        self.searcher = Searcher(folder / "index.db", self._source, lambda: embedder, dict)
        self.searcher.start()
        settings = ResponderSettings("http://bench.invalid", b"0" * 32, starter.wording(folder))
        services = build_services(database, settings, SearchedKnowledge(self.searcher))
        self._responder = services.responder

    def find(self, text: str) -> Found:
        candidates = self._responder.preview(text).candidates
        return Found(candidates[0].key, candidates[0].confidence) if candidates else Found(None, 0)

    def same_as_whole(self, texts: list[str]) -> float:
        snapshot, embedder = self.searcher.snapshot(), self.searcher.embedder()
        whole = replace(snapshot, sketch=None)
        same = 0
        for text in (snapshot.corrected(normalise(text), embedder) for text in texts):
            vectors = embedder.embed_questions([snapshot.recipe.wording(text)])
            one, other = (match(s, [text], vectors)[0] for s in (snapshot, whole))
            same += all(map(_is_same, one[:2], other[:2]))
        return same / len(texts)

    def add(self, article: Article) -> None:
        self._source.add(article)
        while self.searcher.search(article.title)[0].key != article.key:
            time.sleep(0.01)


def _is_same(one: Hit, other: Hit) -> bool:
    """In what the confidence depends on."""
    return one.key == other.key and abs(one.relevance - other.relevance) < 1e-4
