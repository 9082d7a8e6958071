"""Haystack in memory: one document a passage, an article is as good as its best."""

import os
from pathlib import Path
from typing import Any

from bench.engine import Base, Found
from kb.embedders import Embedder
from kb.models import Article, ArticleKey
from kb.passages import Passage, passages_of

MOST_FOUND = 20
BATCH = 64


class Haystack:
    """`is_dense`: by meaning, else by BM25."""

    is_dense = False

    def __init__(self) -> None:
        os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
        from haystack import Document
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        self._document = Document
        self._make = InMemoryDocumentStore

    def build(self, base: Base, embedder: Embedder, folder: Path) -> None:
        self._embedder = embedder
        self._store: Any = self._make(embedding_similarity_function="cosine")
        self._write(base.passages(), "")

    def find(self, text: str) -> Found:
        if self.is_dense:
            vector = self._embedder.embed_questions([text])[0].tolist()
            rows = self._store.embedding_retrieval(vector, top_k=MOST_FOUND)
        else:
            rows = self._store.bm25_retrieval(text, top_k=MOST_FOUND)
        if not rows:
            return Found(None, 0.0)
        return Found(ArticleKey.parse(rows[0].id.split()[0]), float(rows[0].score))

    def add(self, article: Article) -> None:
        self._write([(article.key, passage) for passage in passages_of(article)], "new")

    def _write(self, passages: list[tuple[ArticleKey, Passage]], mark: str) -> None:
        documents = []
        for start in range(0, len(passages), BATCH):
            part = passages[start : start + BATCH]
            texts = [passage.embedded_text for _, passage in part]
            vectors: list[Any] = [None] * len(part)
            if self.is_dense:
                vectors = self._embedder.embed_questions(texts).tolist()
            documents += [
                self._document(id=f"{key} {mark}{start + n}", content=text, embedding=vector)
                for n, ((key, _), text, vector) in enumerate(zip(part, texts, vectors, strict=True))
            ]
        self._store.write_documents(documents)


class HaystackBm25(Haystack):
    is_dense = False


class HaystackDense(Haystack):
    is_dense = True
