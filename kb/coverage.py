"""How much of a question an article talks about: the share of its words, by rarity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kb.text import words

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which entries have which words; `idf` per term over the entries.

    `has`: terms x entries, ones; `once`: the same where a single passage of the entry has it.
    """

    has: sparse.csr_array
    once: sparse.csr_array
    idf: Floats
    idf_unknown: float

    @classmethod
    def of(cls, postings: sparse.csr_array, owner: npt.NDArray[np.int64], entries: int) -> Self:
        """From terms x passages and the entry of each passage."""
        joined = sparse.csr_array(
            (np.ones_like(owner, dtype=np.float32), (np.arange(len(owner)), owner)),
            shape=(len(owner), entries),
        )
        present = sparse.csr_array(
            (np.ones_like(postings.data), postings.indices, postings.indptr), postings.shape
        )
        has = sparse.csr_array(present @ joined)
        once = has.copy()
        once.data = (once.data < 1.5).astype(np.float32)
        has.data = np.ones_like(has.data, dtype=np.float32)
        counts = np.diff(has.indptr)
        idf = np.log((1 + entries) / (1 + counts)) + 1
        return cls(has, once, idf.astype(np.float32), float(np.log(1 + entries) + 1))

    def shares(
        self,
        texts: Sequence[str],
        vocabulary: Mapping[str, int],
        asked_of: npt.NDArray[np.int64] | None = None,
    ) -> Floats:
        """Shape (texts, entries), 0 to 1. `asked_of`: per text the entry it is a passage of, where
        what only that passage has does not count."""
        rows = [self._weights(text, vocabulary) for text in texts]
        ends = np.cumsum([0, *(len(numbers) for numbers, _ in rows)])
        indices = np.array([n for numbers, _ in rows for n in numbers], dtype=np.int32)
        data = np.array([w for _, weights in rows for w in weights], dtype=np.float32)
        asked = sparse.csr_array((data, indices, ends), shape=(len(texts), self.has.shape[0]))
        table = np.asarray((asked @ self.has).toarray(), dtype=np.float32)
        if asked_of is not None:
            places = np.arange(len(texts))
            table[places, asked_of] -= (asked @ self.once).toarray()[places, asked_of]
        return table

    def _weights(self, text: str, vocabulary: Mapping[str, int]) -> tuple[list[int], list[float]]:
        said = dict.fromkeys(word for word in words(text) if len(word) > 1)
        numbers = [vocabulary[word] for word in said if word in vocabulary]
        weights = [float(self.idf[number]) for number in numbers]
        total = sum(weights) + self.idf_unknown * (len(said) - len(numbers))
        return numbers, [weight / total for weight in weights]
