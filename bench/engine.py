"""What answers questions out of the same articles: Jawab, and what it is held against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from kb.embedders import Embedder, Vectors
from kb.models import Article, ArticleKey
from kb.passages import Passage, passages_of
from kb.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Found:
    """The best article, and how sure the engine is of it on a scale of its own."""

    key: ArticleKey | None
    sureness: float


@dataclass(frozen=True, slots=True)
class Base:
    """Articles; `vectors` by text as the recipe gives it to the embedder, of passages and perhaps
    of questions."""

    articles: tuple[Article, ...]
    vectors: Mapping[str, Vectors]

    def portable(self) -> "Base":
        """Without what pickle does not take."""
        return Base(tuple(replace(a, channels={}) for a in self.articles), self.vectors)

    def passages(self) -> list[tuple[ArticleKey, Passage]]:
        return [(a.key, passage) for a in self.articles for passage in passages_of(a)]


class Engine(Protocol):
    """Made in a process of its own; ImportError where what it needs is not installed."""

    def build(self, base: Base, embedder: Embedder, folder: Path) -> None: ...

    def find(self, text: str) -> Found: ...

    def add(self, article: Article) -> None:
        """Until it can be found."""


class Given:
    """An embedder with the vectors of many texts at hand: the same for every engine, which also
    reads questions in lower case for every engine."""

    def __init__(self, embedder: Embedder, vectors: Mapping[str, Vectors]) -> None:
        self._embedder = embedder
        self._vectors = vectors
        self._recipe = Recipe(embedder.recipe, {})

    @property
    def recipe(self) -> str:
        return f"given-{self._embedder.recipe}"

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        texts = [self._reading(text) for text in texts]
        strange = [text for text in texts if text not in self._vectors]
        if len(strange) == len(texts):
            return self._embedder.embed_questions(texts)
        fresh = iter(self._embedder.embed_questions(strange) if strange else ())
        return np.stack([self._vectors[t] if t in self._vectors else next(fresh) for t in texts])

    def embed_sections(self, texts: Sequence[str]) -> Vectors:
        return self.embed_questions(texts)

    def count_pieces(self, word: str) -> int:
        return self._embedder.count_pieces(word)

    def _reading(self, text: str) -> str:
        return text if text in self._vectors else self._recipe.wording(text)


class EmbeddingAlone:
    """What every engine that goes by meaning has to do first."""

    def build(self, base: Base, embedder: Embedder, folder: Path) -> None:
        self._embedder = embedder

    def find(self, text: str) -> Found:
        self._embedder.embed_questions([text])
        return Found(None, 0.0)

    def add(self, article: Article) -> None:
        """Nothing is kept."""
