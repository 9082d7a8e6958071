"""Linear discriminant analysis: what tells articles apart, against how each varies in itself."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kb.embedders import Vectors

SHARPNESS = 0.2
# of the learned covariance, so much is always taken as alike in all directions
SHRINKAGE = 0.1

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Discriminant:
    """Classes of one shared covariance: that of wordings (titles, example questions) about the
    mean of their class.

    `trust` is how far the covariance was learned and not assumed, 0 to 1: the more wordings beside
    the first of each class, the more. With titles alone there is nothing to learn.
    `beyond` is what classes left out for one question weigh, as a log.
    """

    coefficients: Vectors
    offsets: Vectors
    covariance: Vectors
    trust: float
    beyond: float = -np.inf

    @classmethod
    def fit(cls, rows: Vectors, numbers: Numbers, classes: int) -> Self:
        """Rows of length one, with the number of the class of each; none is without a row."""
        counts = np.bincount(numbers, minlength=classes)[:, None]
        members = sparse.csr_array(
            (np.ones(len(rows)), (numbers, np.arange(len(rows)))), shape=(classes, len(rows))
        )
        means = np.asarray(members @ rows) / np.maximum(counts, 1)
        apart = rows - means[numbers]
        free = len(rows) - classes
        trust = free / (free + rows.shape[1])
        learned = trust * (1 - SHRINKAGE)
        alike = np.eye(rows.shape[1]) / rows.shape[1]
        covariance = learned * (apart.T @ apart) / max(free, 1) + (1 - learned) * alike
        coefficients, offsets = _solved(covariance, means)
        return cls(coefficients, offsets, covariance.astype(np.float32), trust)

    def probabilities(self, rows: Vectors) -> Vectors:
        """Shape (rows, classes); they add up to the trust."""
        return self.trust * shares(self.logits(rows), self.beyond)

    def logits(self, rows: Vectors) -> Vectors:
        """Shape (rows, classes)."""
        return np.float32(SHARPNESS) * (rows @ self.coefficients.T + self.offsets)

    def with_class(self, rows: Vectors) -> "Discriminant":
        """A class that came later, of the same covariance."""
        mean = rows.mean(axis=0, keepdims=True, dtype=np.float64)
        coefficients, offsets = _solved(self.covariance.astype(np.float64), mean)
        return Discriminant(
            np.vstack([self.coefficients, coefficients]),
            np.concatenate([self.offsets, offsets]),
            self.covariance,
            self.trust,
        )

    def among(self, chosen: Numbers, row: Vectors) -> "Discriminant":
        """Only these classes, for the question of this vector."""
        return Discriminant(
            self.coefficients[chosen],
            self.offsets[chosen],
            self.covariance,
            self.trust,
            log_of_others(self.logits(row[None, :])[0], chosen),
        )


def _solved(
    covariance: npt.NDArray[np.float64], means: npt.NDArray[np.float64]
) -> tuple[Vectors, Vectors]:
    """Coefficients and offsets of classes with these means."""
    coefficients = np.linalg.solve(covariance, means.T).T
    offsets = -0.5 * (means * coefficients).sum(axis=1)
    return coefficients.astype(np.float32), offsets.astype(np.float32)


def shares(logits: Vectors, beyond: float) -> Vectors:
    """Softmax by row, in which what is beyond weighs as much as its log says."""
    most = np.maximum(logits.max(axis=1, keepdims=True), beyond)
    weights = np.exp(logits - most)
    total = weights.sum(axis=1, keepdims=True) + np.exp(beyond - most)
    return np.asarray(weights / total, dtype=np.float32)


def log_of_others(logits: Vectors, chosen: Numbers) -> float:
    """The log of the sum of all but the chosen; scipy's logsumexp takes ten times as long."""
    is_other = np.ones(len(logits), dtype=bool)
    is_other[chosen] = False
    others = logits[is_other]
    if not len(others):
        return -np.inf
    most = float(others.max())
    return most + float(np.log(np.exp(others - most).sum(dtype=np.float64)))
