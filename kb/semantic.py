"""Vectors relative to the knowledge base; the classifier head learned from example questions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kb.embedders import Vectors

HEAD_C = 30.0
HEAD_MIN_EXAMPLES = 3


def centred(vectors: Vectors, mean: Vectors) -> Vectors:
    """Raw cosines of such models lie between .75 and .95; without the common part they differ."""
    moved = vectors - mean
    lengths = np.linalg.norm(moved, axis=-1, keepdims=True)
    return np.asarray(moved / np.where(lengths < 1e-6, 1.0, lengths), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Head:
    """Multinomial logistic regression; `classes` are article keys as text."""

    classes: tuple[str, ...]
    coefficients: Vectors
    intercepts: Vectors

    def probabilities(self, rows: Vectors) -> Vectors:
        """Shape (rows, classes)."""
        scores = rows @ self.coefficients.T + self.intercepts
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        return np.asarray(scores / scores.sum(axis=1, keepdims=True), dtype=np.float32)


def fit_head(rows: Vectors, labels: Sequence[str]) -> Head | None:
    """None when there is nothing to tell apart."""
    names = tuple(sorted(set(labels)))
    if len(names) < 2 or rows.shape[1] == 0:
        return None
    from sklearn.linear_model import LogisticRegression

    numbers = np.searchsorted(np.array(names), np.array(labels))
    model = LogisticRegression(C=HEAD_C, max_iter=200, tol=1e-3)
    model.fit(rows, numbers)
    coefficients, intercepts = model.coef_, model.intercept_
    if len(names) == 2:  # scikit-learn keeps one row for two classes
        coefficients = np.vstack([-coefficients, coefficients]) / 2
        intercepts = np.concatenate([-intercepts, intercepts]) / 2
    return Head(names, coefficients.astype(np.float32), intercepts.astype(np.float32))


def enough_examples(counts: npt.NDArray[np.int64]) -> bool:
    """The head helps where most articles have three or more example questions."""
    return counts.size > 1 and float(np.mean(counts >= HEAD_MIN_EXAMPLES)) > 0.5
