"""A knowledge base of any size, with vectors that need no hour of embedding.

Texts are the starter content's questions about one of many things in one of many towns. A text's
vector is mixed from the embedder's vectors of these parts, with noise of its own; what is asked
goes through the embedder itself.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

import numpy as np

from bench.site import THINGS
from kb import starter
from kb.embedders import Embedder, Vectors
from kb.folder import read_folder
from kb.models import Article, ArticleKey
from kb.text import normalise

QUESTIONS = 5
PASSAGES_EACH = 1 + QUESTIONS
MOST_ASKED = 400
TOWNS = (
    "bandung", "surabaya", "medan", "makassar", "semarang", "palembang", "denpasar", "malang",
    "padang", "pontianak", "manado", "balikpapan", "samarinda", "jambi", "pekanbaru", "bogor",
    "depok", "tangerang", "bekasi", "solo", "yogyakarta", "cirebon", "kupang", "ambon",
    "jayapura", "mataram", "kendari", "palu", "gorontalo", "ternate", "serang", "tegal",
)  # fmt: skip
SHARES = (1.0, 0.5, 0.5)
NOISES = 4096
NOISE_LENGTH = 0.3
BATCH = 64

Parts = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Corpus:
    """`parts`: of each passage's text the wording, the thing and the town."""

    articles: tuple[Article, ...]
    asked: tuple[str, ...]
    parts: Mapping[str, Parts]

    @classmethod
    def of(cls, passages: int) -> "Corpus":
        """Short passages, a title and five questions each; what is asked is none of them."""
        articles: list[Article] = []
        asked: list[str] = []
        parts: dict[str, Parts] = {}
        for number, (wordings, thing, town) in enumerate(
            islice(_topics(), round(passages / PASSAGES_EACH))
        ):
            *known, unknown = [f"{wording} {thing} {town}" for wording in wordings]
            parts |= {text: (w, thing, town) for text, w in zip(known, wordings, strict=False)}
            asked.append(f"kak mau tanya, {unknown} gimana ya")
            title, *questions = known
            articles.append(
                Article(ArticleKey("id", f"a{number}"), title, questions=tuple(questions))
            )
        step = max(len(asked) // MOST_ASKED, 1)
        return cls(tuple(articles), tuple(asked[::step]), parts)


def _topics() -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Seven wordings about one thing in one town."""
    source = [a for a in read_folder(starter.path()).articles if a.key.lang == "id"]
    wordings = [tuple(normalise(t).lower() for t in (a.title, *a.questions)) for a in source]
    enough = [
        (*texts[:PASSAGES_EACH], texts[-1]) for texts in wordings if len(texts) > PASSAGES_EACH
    ]
    for thing, town in product(THINGS, TOWNS):
        for texts in enough:
            yield texts, thing, town


class MixingEmbedder:
    """The embedder itself, but a corpus's passages are mixed from their parts."""

    def __init__(self, embedder: Embedder, corpora: Sequence[Corpus]) -> None:
        self._embedder = embedder
        self._parts = {text: parts for corpus in corpora for text, parts in corpus.parts.items()}
        names = sorted({part for parts in self._parts.values() for part in parts})
        self._vectors = {
            name: row
            for start in range(0, len(names), BATCH)
            for name, row in zip(
                names[start : start + BATCH],
                embedder.embed_questions(names[start : start + BATCH]),
                strict=True,
            )
        }
        noises = np.random.default_rng(7).standard_normal((NOISES, embedder.dimension))
        lengths = np.linalg.norm(noises, axis=1, keepdims=True) / NOISE_LENGTH
        self._noises = (noises / lengths).astype(np.float32)

    def all_vectors(self) -> dict[str, Vectors]:
        return {text: self._mixed(text) for text in self._parts}

    @property
    def recipe(self) -> str:
        return f"mixed-{self._embedder.recipe}"

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        if len(texts) == 1 and texts[0] not in self._parts:
            return self._embedder.embed_questions(texts)
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        strange = [n for n, text in enumerate(texts) if text not in self._parts]
        if strange:
            rows[strange] = self._embedder.embed_questions([texts[n] for n in strange])
        for number, text in enumerate(texts):
            if text in self._parts:
                rows[number] = self._mixed(text)
        return rows

    def embed_sections(self, texts: Sequence[str]) -> Vectors:
        return self.embed_questions(texts)

    def count_pieces(self, word: str) -> int:
        return self._embedder.count_pieces(word)

    def _mixed(self, text: str) -> Vectors:
        total = self._noises[zlib.crc32(text.encode()) % NOISES].copy()
        for share, part in zip(SHARES, self._parts[text], strict=True):
            total += share * self._vectors[part]
        return np.asarray(total / np.linalg.norm(total), dtype=np.float32)
