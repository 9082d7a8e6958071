"""Vectors relative to the knowledge base; the classifier head learned from its own passages."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import minimize_scalar

from kb.discriminant import Discriminant, log_of_others, shares
from kb.embedders import Vectors

HEAD_C = 30.0
FIT_PENALTY = 0.3
# rows x classes beyond which the logistic regression takes minutes and gigabytes; its image then
MOST_CELLS = 40_000_000
SHARPNESS_ROWS = 300

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Wide = npt.NDArray[np.float64]


def centred(vectors: Vectors, mean: Vectors) -> Vectors:
    """Raw cosines of such models lie between .75 and .95; without the common part they differ."""
    moved = vectors - mean
    lengths = np.linalg.norm(moved, axis=-1, keepdims=True)
    return np.asarray(moved / np.where(lengths < 1e-6, 1.0, lengths), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Head:
    """Linear classifiers over the same classes, which are groups of linked translations.

    Multinomial logistic regression (`coefficients`, `intercepts`), sharp among what it knows;
    least squares on indicators (`fits`), small for whatever is like nothing; and `discriminant`,
    which knows how far wordings of one article lie apart. `gram` is the Gram
    matrix of what was learned from, so that a class can be added later. `beyond` is what classes
    that are not looked at weigh for the one question that they were left out for, as a log.
    """

    classes: tuple[str, ...]
    coefficients: Vectors
    intercepts: Vectors
    fits: Vectors
    gram: Vectors
    discriminant: Discriminant
    beyond: float = -np.inf

    def logits(self, rows: Vectors) -> Vectors:
        """Shape (rows, classes)."""
        return np.asarray(rows @ self.coefficients.T + self.intercepts, dtype=np.float32)

    def probabilities(self, rows: Vectors) -> Vectors:
        """Shape (rows, classes)."""
        return shares(self.logits(rows), self.beyond)

    def fitted(self, rows: Vectors) -> Vectors:
        """Shape (rows, classes)."""
        return np.asarray(rows @ self.fits.T, dtype=np.float32)

    def among(self, chosen: Numbers, row: Vectors, logits: Vectors) -> "Head":
        """Only these classes, for the question of this vector, that has these logits."""
        return Head(
            tuple(self.classes[number] for number in chosen),
            self.coefficients[chosen],
            self.intercepts[chosen],
            self.fits[chosen],
            self.gram,
            self.discriminant.among(chosen, row),
            log_of_others(logits, chosen),
        )

    def with_class(self, name: str, rows: Vectors, wordings: Flags) -> "Head":
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
            self.discriminant.with_class(rows[wordings]),
        )


def fit_head(rows: Vectors, labels: Sequence[str], wordings: Flags) -> Head | None:
    """None when there is nothing to tell apart.

    `wordings`: which rows are titles or example questions; each label has at least one.
    """
    names = tuple(sorted(set(labels)))
    if len(names) < 2 or rows.shape[1] == 0:
        return None
    numbers = np.searchsorted(np.array(names), np.array(labels))
    gram = rows.T @ rows
    indicators = sparse.csr_array(
        (np.ones(len(rows), dtype=np.float32), (numbers, np.arange(len(rows)))),
        shape=(len(names), len(rows)),
    )
    sums = np.asarray(indicators @ rows, dtype=np.float64)
    fits: Wide = np.asarray(np.linalg.solve(_penalised(gram), sums.T).T, dtype=np.float64)
    coefficients: Wide
    if len(rows) * len(names) <= MOST_CELLS:
        coefficients, intercepts = _logistic(rows, numbers)
    else:
        coefficients = _sharpness(rows, numbers, fits, gram) * fits
        intercepts = np.zeros(len(names))
    return Head(
        names,
        coefficients.astype(np.float32),
        intercepts.astype(np.float32),
        fits.astype(np.float32),
        gram,
        Discriminant.fit(rows[wordings], numbers[wordings], len(names)),
    )


def _logistic(rows: Vectors, numbers: Numbers) -> tuple[Wide, Wide]:
    """Coefficients and intercepts."""
    from sklearn.linear_model import LogisticRegression

    # articles with a title alone are classes of one row, and meant so
    warnings.filterwarnings("ignore", "The number of unique classes", UserWarning)
    model = LogisticRegression(C=HEAD_C, max_iter=200, tol=1e-3)
    model.fit(rows, numbers)
    coefficients, intercepts = model.coef_, model.intercept_
    if len(intercepts) == 1:  # scikit-learn keeps one row for two classes
        coefficients = np.vstack([-coefficients, coefficients]) / 2
        intercepts = np.concatenate([-intercepts, intercepts]) / 2
    return coefficients, intercepts


def _sharpness(rows: Vectors, numbers: Numbers, fits: Wide, gram: Vectors) -> float:
    """What the fits are multiplied by to tell classes apart best, each row itself left out."""
    chosen = np.arange(0, len(rows), max(len(rows) // SHARPNESS_ROWS, 1))
    some, own = rows[chosen], numbers[chosen]
    places = np.arange(len(chosen))
    leverage = (some * np.linalg.solve(_penalised(gram), some.T).T).sum(axis=1)
    fitted = some @ fits.T
    fitted[places, own] -= leverage
    fitted /= (1 - leverage)[:, None]

    fitted -= fitted.max(axis=1, keepdims=True)
    fitted = fitted.astype(np.float32)

    def surprise(sharpness: float) -> float:
        logits = np.float32(sharpness) * fitted
        return float((np.log(np.exp(logits).sum(axis=1)) - logits[places, own]).mean())

    found = minimize_scalar(surprise, bounds=(0.1, 100.0), method="bounded", options={"xatol": 0.1})
    return float(found.x)


def _penalised(gram: Vectors) -> Wide:
    return gram.astype(np.float64) + FIT_PENALTY * np.eye(len(gram))
