"""The promise: the lowest threshold that keeps "at most N wrong in 100 automatic answers".

Distribution-free: an exact binomial bound (Clopper and Pearson 1934) at each threshold of a fixed
grid, tested from the strictest down and stopped at the first that fails (fixed-sequence testing,
as in "Learn then Test", Angelopoulos et al. 2021), so that looking at many thresholds costs no
certainty.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import beta

CERTAINTY = 0.9
# strictest first; fixed before any label is seen
GRID = tuple(round(0.995 - 0.005 * step, 3) for step in range(100))


@dataclass(frozen=True, slots=True)
class Labelled:
    """One reviewed decision: how sure the bot was (0 to 1), and whether it was right."""

    confidence: float
    is_right: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the reviewed decisions say of one threshold; shares are 0 to 1."""

    threshold: float
    answers: int
    wrong: int
    wrong_bound: float
    answered_share: float

    @property
    def wrong_share(self) -> float:
        return self.wrong / self.answers if self.answers else 0.0


@dataclass(frozen=True, slots=True)
class Promise:
    """`chosen` is None when the evidence is too thin; then `missing` more reviews are needed."""

    allowed: float
    certainty: float
    chosen: Evidence | None
    curve: tuple[Evidence, ...]
    missing: int


def wrong_bound(wrong: int, answers: int, certainty: float = CERTAINTY) -> float:
    """Upper limit of the true share of wrong answers, right with `certainty` (Clopper-Pearson)."""
    if answers == 0 or wrong >= answers:
        return 1.0
    return float(beta.ppf(certainty, wrong + 1, answers - wrong))


def least_reviews(allowed: float, certainty: float = CERTAINTY) -> int:
    """How many faultless reviews a promise takes at the least: 114 for 2 in 100 at 90 %."""
    return math.ceil(math.log(1 - certainty) / math.log(1 - allowed))


def promise(
    reviewed: Sequence[Labelled], allowed: float, *, certainty: float = CERTAINTY
) -> Promise:
    """The lowest threshold of GRID whose share of wrong answers is at most `allowed`."""
    if not 0 < allowed < 1:
        raise ValueError(f"allowed is a share between 0 and 1, not {allowed}")
    curve = evidence_curve(reviewed, certainty=certainty)
    needed = least_reviews(allowed, certainty)
    chosen: Evidence | None = None
    for point in curve:
        if point.answers < needed:
            continue
        if point.wrong_bound > allowed:
            break
        chosen = point
    most = max((point.answers for point in curve), default=0)
    missing = 0 if chosen else max(needed - most, 1)
    return Promise(allowed, certainty, chosen, curve, missing)


def evidence_curve(
    reviewed: Sequence[Labelled], *, certainty: float = CERTAINTY
) -> tuple[Evidence, ...]:
    """One point for each threshold of GRID, strictest first."""
    confidences = np.array([item.confidence for item in reviewed])
    is_wrong = np.array([not item.is_right for item in reviewed], dtype=bool)
    points = []
    for threshold in GRID:
        is_answered = confidences >= threshold
        answers, wrong = int(is_answered.sum()), int(is_wrong[is_answered].sum())
        bound = wrong_bound(wrong, answers, certainty)
        share = answers / len(reviewed) if reviewed else 0.0
        points.append(Evidence(threshold, answers, wrong, bound, share))
    return tuple(points)
