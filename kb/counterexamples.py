"""Questions known not to be answered by an article, or by none: doubt about what looks like them.

A counterexample raises doubt by how near it is to a question, and only where it is nearer than
what the article itself says: an example question beats it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from kb.embedders import Vectors
from kb.lexical import Terms, products

CHAR_WEIGHT = 0.5
# likeness (cosine + half the character cosine, -1 to 1.5) below which nothing is doubted
FARTHEST = 0.4
# how sharply the nearer of the two wins
SHARPNESS = 10.0
MOST_NEAR = 50


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A normalised text that the articles of `group` (None: all) do not answer, save `exempt` ones.

    `weight` is 0 to 1: how far it is to be believed. A group is that of linked translations.
    """

    text: str
    group: str | None = None
    weight: float = 1.0
    exempt: frozenset[str] = field(default_factory=frozenset)

    def is_about(self, group: str) -> bool:
        return self.group in (None, group) and group not in self.exempt


@dataclass(frozen=True, slots=True)
class Near:
    """Counterexamples that one question is like, with how much."""

    examples: tuple[Counterexample, ...] = ()
    likeness: Vectors = field(default_factory=lambda: np.zeros(0, dtype=np.float32))

    def doubt(self, group: str, best_cosine: float, char_cosine: float) -> float:
        """0 (none) to 1, of an article that is as like the question as the cosines say."""
        weight = np.array([e.weight if e.is_about(group) else 0.0 for e in self.examples])
        if not weight.any():
            return 0.0
        own = best_cosine + CHAR_WEIGHT * char_cosine
        nearer = 1 / (1 + np.exp(-SHARPNESS * (self.likeness - own)))
        belief = np.clip(self.likeness - FARTHEST, 0.0, 1.0) * nearer
        return float(1 - np.prod(1 - weight * belief))


NOTHING_NEAR = Near()


@dataclass(frozen=True, slots=True)
class Counterexamples:
    """`vectors` are centred, one row an example; `postings`: character terms x examples.

    Fit for every snapshot of the same statistics: an edit only adds terms, which no example has.
    """

    examples: tuple[Counterexample, ...] = ()
    vectors: Vectors = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    postings: sparse.csr_array = field(default_factory=lambda: sparse.csr_array((0, 0)))

    def near(self, vectors: Vectors, said: Sequence[Terms]) -> tuple[Near, ...]:
        """Per question, given as centred vector and character terms."""
        if not self.examples:
            return (NOTHING_NEAR,) * len(vectors)
        known = [self._known(terms) for terms in said]
        likeness = vectors @ self.vectors.T + CHAR_WEIGHT * products(known, self.postings)
        return tuple(self._near(row) for row in likeness)

    def _known(self, terms: Terms) -> Terms:
        numbers, weights = terms
        is_known = numbers < self.postings.shape[0]
        return numbers[is_known], weights[is_known]

    def _near(self, likeness: Vectors) -> Near:
        places = np.flatnonzero(likeness > FARTHEST)
        nearest = places[np.argsort(-likeness[places], kind="stable")[:MOST_NEAR]]
        return Near(tuple(self.examples[place] for place in nearest), likeness[nearest])


NO_COUNTEREXAMPLES = Counterexamples()
