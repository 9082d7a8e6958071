"""How much of a question an article talks about, as a share of what the question holds.

In words it is BM25; in fragments of words, which typos and endings leave whole, mere presence.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Okapi
from scipy import sparse

from kb.lexical import Terms, char_grams, products, rows_of
from kb.text import words

Floats = npt.NDArray[np.float32]
# presence counts more than repetition, and many example questions are a merit, not a length
SATURATION = 0.5
LENGTH_NORMALISATION = 0.0
# with a handful of articles the formula gives nothing or less than nothing
LEAST_IDF = 0.05
FRAGMENT_LETTERS = (4, 5)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Weights of terms, multiplied out once; a term is a word or a fragment.

    `has`: terms x entries, for words BM25's factor for frequency (1, more where an entry keeps
    saying the word), for fragments 1; `once`: the same where a single passage of the entry has the
    term. `idf` per term over the entries, for words that of rank-bm25 (rare ones count, common
    ones hardly). `among`: the only entries asked for.
    """

    terms_of: Callable[[str], Iterable[str]]

    has: sparse.csr_array
    once: sparse.csr_array
    idf: Floats
    idf_unknown: float
    among: npt.NDArray[np.int64] | None = None

    @classmethod
    def of(cls, postings: sparse.csr_array, owner: npt.NDArray[np.int64], entries: int) -> Self:
        """From terms x passages and the entry of each passage."""
        counts = _passages_with(postings, owner, entries)
        idf = np.zeros(postings.shape[0], dtype=np.float32)
        if counts.nnz == 0:  # rank-bm25 divides by the length of an empty corpus
            return cls(_words_of, counts, counts, idf, float(np.log(1 + entries) + 1))
        said = sparse.csr_array(counts.T)
        okapi = BM25Okapi(
            [
                np.repeat(said.indices[start:end], said.data[start:end].astype(int)).tolist()
                for start, end in zip(said.indptr, said.indptr[1:], strict=False)
            ],
            k1=SATURATION,
            b=LENGTH_NORMALISATION,
        )
        idf[list(okapi.idf)] = np.maximum(list(okapi.idf.values()), LEAST_IDF)
        length = np.asarray(okapi.doc_len)[counts.indices] / okapi.avgdl
        frequency = counts.data
        has, once = counts.copy(), counts.copy()
        has.data = (
            frequency * (okapi.k1 + 1) / (frequency + okapi.k1 * (1 - okapi.b + okapi.b * length))
        ).astype(np.float32)
        once.data = np.where(frequency < 1.5, has.data, 0.0).astype(np.float32)
        return cls(_words_of, has, once, idf, float(np.log(2 * entries + 1)))

    @classmethod
    def of_fragments(
        cls,
        postings: sparse.csr_array,
        vocabulary: Mapping[str, int],
        owner: npt.NDArray[np.int64],
        entries: int,
    ) -> Self:
        """From the same in character n-grams, of which those of four and five letters count."""
        is_fragment = np.zeros(postings.shape[0], dtype=bool)
        is_fragment[[number for term, number in vocabulary.items() if _is_fragment(term)]] = True
        kept = np.repeat(is_fragment, np.diff(postings.indptr))
        ends = np.concatenate([[0], np.cumsum(kept)])[postings.indptr].astype(postings.indptr.dtype)
        some = sparse.csr_array((postings.data[kept], postings.indices[kept], ends), postings.shape)
        counts = _passages_with(some, owner, entries)
        has, once = counts.copy(), counts.copy()
        has.data = np.ones_like(counts.data)
        once.data = (counts.data < 1.5).astype(np.float32)
        unknown = float(np.log(1 + entries)) + LEAST_IDF
        idf = unknown - np.log1p(np.diff(has.indptr))
        return cls(_fragments_of, has, once, idf.astype(np.float32), unknown)

    def shares(
        self,
        texts: Sequence[str],
        vocabulary: Mapping[str, int],
        asked_of: npt.NDArray[np.int64] | None = None,
    ) -> Floats:
        """Shape (texts, entries), 0 or more. `asked_of`: per text the entry it is a passage of,
        where what only that passage has does not count."""
        said = [self._terms(text, vocabulary) for text in texts]
        table = products(said, self.has)
        if asked_of is not None:
            places = np.arange(len(texts))
            by_itself = (rows_of(said, self.once.shape[0]) @ self.once).toarray()
            table[places, asked_of] -= by_itself[places, asked_of]
        return table if self.among is None else table[:, self.among]

    def _terms(self, text: str, vocabulary: Mapping[str, int]) -> Terms:
        said = dict.fromkeys(self.terms_of(text))
        known = [vocabulary[term] for term in said if term in vocabulary]
        numbers = np.array(known, dtype=np.int32)
        weights = self.idf[numbers]
        total = float(weights.sum()) + self.idf_unknown * (len(said) - len(numbers))
        if total <= 0:  # every word is in every entry
            return numbers[:0], weights[:0]
        return numbers, weights / np.float32(total)


def _passages_with(
    postings: sparse.csr_array, owner: npt.NDArray[np.int64], entries: int
) -> sparse.csr_array:
    """Terms x entries: how many passages of the entry have the term."""
    joined = sparse.csr_array(
        (
            np.ones_like(owner, dtype=np.float32),
            owner.astype(np.int32),
            np.arange(len(owner) + 1, dtype=np.int32),
        ),
        shape=(len(owner), entries),
    )
    present = sparse.csr_array(
        (np.ones_like(postings.data), postings.indices, postings.indptr), postings.shape
    )
    return sparse.csr_array(present @ joined)


def _words_of(text: str) -> list[str]:
    return [word for word in words(text) if len(word) > 1]


def _fragments_of(text: str) -> list[str]:
    return [gram for gram in char_grams(text) if _is_fragment(gram)]


def _is_fragment(gram: str) -> bool:
    return FRAGMENT_LETTERS[0] <= len(gram) <= FRAGMENT_LETTERS[1]
