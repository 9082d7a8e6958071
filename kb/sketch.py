"""A small picture of a large index, to see which passages a question can be about at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy import sparse

from kb.embedders import Vectors

SMALLEST_INDEX = 20_000
AXES = 64
SAMPLE = 10_000


@dataclass(frozen=True, slots=True)
class Sketch:
    """`codes`: passages x axes, the vectors along the directions in which they differ most, which
    are the columns of `axes`. `lexical`: TF-IDF rows of the passages, per space.
    """

    axes: Vectors
    codes: Vectors
    lexical: Mapping[str, sparse.csr_array]

    @classmethod
    def of(cls, vectors: Vectors, lexical: Mapping[str, sparse.csr_array]) -> Self | None:
        """None for an index that is quickly looked through whole."""
        if len(vectors) < SMALLEST_INDEX:
            return None
        some = vectors[:: max(len(vectors) // SAMPLE, 1)]
        axes = np.ascontiguousarray(np.linalg.eigh(some.T @ some).eigenvectors[:, -AXES:])
        return cls(axes, vectors @ axes, lexical)

    def cosines(self, vector: Vectors) -> Vectors:
        """About those of each passage with one centred vector."""
        found: Vectors = self.codes @ (vector @ self.axes)
        return found
