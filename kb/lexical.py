"""TF-IDF cosines over character and word n-grams, with frozen vocabulary and IDF.

The weights equal scikit-learn's TfidfVectorizer (char_wb 2 to 5 and word 1 to 2, sublinear, smooth,
L2); the code is its own because a query must cost microseconds.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kb.text import words

Floats = npt.NDArray[np.float32]
# numbers of distinct terms, and the weight of each
Terms = tuple[npt.NDArray[np.int32], Floats]
Analyser = Callable[[str], Iterable[str]]
CHAR_SIZES = (2, 3, 4, 5)
LONGEST_WORD = 60


@lru_cache(maxsize=20_000)
def _grams_of_word(word: str) -> tuple[str, ...]:
    padded = f" {word[:LONGEST_WORD]} "
    grams: list[str] = []
    for size in CHAR_SIZES:
        if len(padded) <= size:
            grams.append(padded)
            break
        grams += [padded[start : start + size] for start in range(len(padded) - size + 1)]
    return tuple(grams)


@lru_cache(maxsize=64)
def char_grams(text: str) -> tuple[str, ...]:
    """Character 2- to 5-grams within words padded with one space."""
    return tuple(gram for word in text.lower().split() for gram in _grams_of_word(word))


def word_grams(text: str) -> list[str]:
    """Words of two or more characters, and pairs of neighbours."""
    long = [word for word in words(text) if len(word) > 1]
    return long + [f"{one} {two}" for one, two in pairwise(long)]


ANALYSERS: Mapping[str, Analyser] = {"char": char_grams, "word": word_grams}


@dataclass(frozen=True, slots=True)
class TermSpace:
    """A vocabulary with its inverse document frequencies, fixed when it was fitted."""

    analyser: str
    vocabulary: Mapping[str, int]
    idf: Floats
    documents: int

    @classmethod
    def fit(cls, analyser: str, texts: Sequence[str]) -> Self:
        analyse = ANALYSERS[analyser]
        frequency: dict[str, int] = {}
        for text in texts:
            for term in dict.fromkeys(analyse(text)):
                frequency[term] = frequency.get(term, 0) + 1
        counts = np.fromiter(frequency.values(), dtype=np.float64, count=len(frequency))
        idf = np.log((1 + len(texts)) / (1 + counts)) + 1
        vocabulary = {term: number for number, term in enumerate(frequency)}
        return cls(analyser, vocabulary, idf.astype(np.float32), len(texts))

    @property
    def idf_unseen(self) -> float:
        return float(np.log((1 + self.documents) / 2) + 1)

    def extended(self, texts: Iterable[str]) -> "TermSpace":
        """With the terms that only later texts have, each as rare as a term can be."""
        analyse = ANALYSERS[self.analyser]
        added: dict[str, int] = {}
        for text in texts:
            for term in analyse(text):
                if term not in self.vocabulary and term not in added:
                    added[term] = len(self.vocabulary) + len(added)
        if not added:
            return self
        idf = np.concatenate([self.idf, np.full(len(added), self.idf_unseen, dtype=np.float32)])
        return TermSpace(self.analyser, {**self.vocabulary, **added}, idf, self.documents)

    def rows(self, texts: Sequence[str]) -> sparse.csr_array:
        """One row per text, of length one; terms outside the vocabulary do not count."""
        return rows_of([self.terms(text) for text in texts], len(self.vocabulary))

    def terms(self, text: str) -> Terms:
        """The one row of a text."""
        counts: dict[int, int] = {}
        known = self.vocabulary.get
        for term in ANALYSERS[self.analyser](text):
            number = known(term)
            if number is not None:
                counts[number] = counts.get(number, 0) + 1
        numbers = np.fromiter(counts, dtype=np.int32, count=len(counts))
        tf = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        weights = (1 + np.log(tf)) * self.idf[numbers]
        length = np.linalg.norm(weights)
        return numbers, np.asarray(weights / length if length else weights, dtype=np.float32)


def rows_of(said: Sequence[Terms], columns: int) -> sparse.csr_array:
    """One row each."""
    ends = np.cumsum([0, *(len(numbers) for numbers, _ in said)], dtype=np.int32)
    nothing: Terms = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
    numbers = np.concatenate([numbers for numbers, _ in (*said, nothing)])
    weights = np.concatenate([weights for _, weights in (*said, nothing)])
    return sparse.csr_array((weights, numbers, ends), shape=(len(said), columns))


def products(said: Sequence[Terms], columns: sparse.csr_array | sparse.csc_array) -> Floats:
    """Rows @ columns, dense; for one row only the columns of its own terms are looked at."""
    if len(said) != 1:
        return np.asarray((rows_of(said, columns.shape[0]) @ columns).toarray(), dtype=np.float32)
    [(numbers, weights)] = said
    if columns.format == "csc":
        row = np.zeros(columns.shape[0], dtype=np.float32)
        row[numbers] = weights
        return np.asarray((columns.T @ row)[None, :], dtype=np.float32)
    return np.asarray((columns[numbers].T @ weights)[None, :], dtype=np.float32)
