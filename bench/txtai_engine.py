"""txtai: one document a passage, an article is as good as its best."""

from pathlib import Path
from typing import Any

from bench.engine import Base, Found
from kb.embedders import Embedder
from kb.models import Article, ArticleKey
from kb.passages import passages_of

MOST_FOUND = 20


class Txtai:
    def __init__(self, **settings: Any) -> None:
        from txtai import Embeddings

        self._make = Embeddings
        self._settings = settings

    def build(self, base: Base, embedder: Embedder, folder: Path) -> None:
        self._embeddings: Any = self._make(
            method="external",
            transform=lambda texts: embedder.embed_questions(list(texts)),
            **self._settings,
        )
        self._embeddings.index(
            (f"{key} {number}", passage.embedded_text, None)
            for number, (key, passage) in enumerate(base.passages())
        )

    def find(self, text: str) -> Found:
        rows = self._embeddings.search(text, MOST_FOUND)
        if not rows:
            return Found(None, 0.0)
        name, sureness = rows[0]
        return Found(ArticleKey.parse(name.split()[0]), float(sureness))

    def add(self, article: Article) -> None:
        self._embeddings.upsert(
            [
                (f"{article.key} new{n}", p.embedded_text, None)
                for n, p in enumerate(passages_of(article))
            ]
        )


class TxtaiDense(Txtai):
    def __init__(self) -> None:
        super().__init__()


class TxtaiHybrid(Txtai):
    def __init__(self) -> None:
        super().__init__(hybrid=True)
