"""Vectors relative to the knowledge base; the classifier head learned from its own passages."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kb.embedders import Vectors

HEAD_C = 30.0
FIT_PENALTY = 0.3


def centred(vectors: Vectors, mean: Vectors) -> Vectors:
    """Raw cosines of such models lie between .75 and .95; without the common part they differ."""
    moved = vectors - mean
    lengths = np.linalg.norm(moved, axis=-1, keepdims=True)
    return np.asarray(moved / np.where(lengths < 1e-6, 1.0, lengths), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Head:
    """Two linear classifiers over the same classes, which are groups of linked translations.

    Multinomial logistic regression (`coefficients`, `intercepts`), sharp among what it knows; and
    least squares on indicators (`fits`), small for whatever is like nothing. `gram` is the Gram
    matrix of what was learned from, so that a class can be added later.
    """

    classes: tuple[str, ...]
    coefficients: Vectors
    intercepts: Vectors
    fits: Vectors
    gram: Vectors

    def probabilities(self, rows: Vectors) -> Vectors:
        """Shape (rows, classes)."""
        scores = rows @ self.coefficients.T + self.intercepts
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        return np.asarray(scores / scores.sum(axis=1, keepdims=True), dtype=np.float32)

    def fitted(self, rows: Vectors) -> Vectors:
        """Shape (rows, classes)."""
        return np.asarray(rows @ self.fits.T, dtype=np.float32)

    def with_class(self, name: str, rows: Vectors) -> "Head":
        """A class that came later: exact for least squares, and in its image for the logistic."""
        gram = self.gram + rows.T @ rows
        fit = np.linalg.solve(_penalised(gram), rows.sum(axis=0).astype(np.float64))
        spread = self.fits @ self.gram
        # how the logistic scores follow the fits over everything learned from
        scale = float((self.coefficients * spread).sum() / max((self.fits * spread).sum(), 1e-9))
        return Head(
            (*self.classes, name),
            np.vstack([self.coefficients, scale * fit]).astype(np.float32),
            np.append(self.intercepts, self.intercepts.mean()).astype(np.float32),
            np.vstack([self.fits, fit]).astype(np.float32),
            gram,
        )


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
    gram = rows.T @ rows
    indicators = np.zeros((len(rows), len(names)), dtype=np.float32)
    indicators[np.arange(len(rows)), numbers] = 1.0
    fits = np.linalg.solve(_penalised(gram), (rows.T @ indicators).astype(np.float64)).T
    return Head(
        names,
        coefficients.astype(np.float32),
        intercepts.astype(np.float32),
        fits.astype(np.float32),
        gram,
    )


def _penalised(gram: Vectors) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return gram.astype(np.float64) + FIT_PENALTY * np.eye(len(gram))
