"""The promise: the lowest threshold that keeps "at most N wrong in 100 automatic answers".

Distribution-free: an exact binomial bound (Clopper and Pearson 1934) at each threshold of a fixed
grid, tested from the strictest down and stopped at the first that fails (fixed-sequence testing,
as in "Learn then Test", Angelopoulos et al. 2021), so that looking at many thresholds costs no
certainty.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import beta

CERTAINTY = 0.9
# strictest first; fixed before any label is seen
GRID = tuple(round(0.995 - 0.005 * step, 3) for step in range(100))
# testing begins where at least this share of the reviewed answers is: at stricter thresholds a
# single wrong answer would end it before the evidence is used
START_SHARE = 1 / 3

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Bounds = Callable[[Counts, Counts, float], Floats]


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
    chosen: Evidence | None
    curve: tuple[Evidence, ...]
    missing: int


def wrong_bounds(wrong: Counts, answers: Counts, certainty: float = CERTAINTY) -> Floats:
    """Upper limits of the true shares of wrong answers, each right with `certainty`."""
    is_all = wrong >= answers
    bounds = beta.ppf(certainty, wrong + 1, np.where(is_all, 1, answers - wrong))
    return np.where(is_all, 1.0, bounds)


def wrong_bound(wrong: int, answers: int, certainty: float = CERTAINTY) -> float:
    """Clopper and Pearson's; 1 without any answer."""
    return float(wrong_bounds(np.array(wrong), np.array(answers), certainty))


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
    answers = np.array([point.answers for point in curve])
    wrong = np.array([point.wrong for point in curve])
    place = int(choose(answers, wrong, allowed, certainty=certainty))
    chosen = curve[place] if place >= 0 else None
    missing = 0 if chosen else _missing(answers, wrong, allowed, certainty)
    return Promise(allowed, chosen, curve, missing)


def choose(
    answers: Counts,
    wrong: Counts,
    allowed: float,
    *,
    certainty: float = CERTAINTY,
    bounds: Bounds = wrong_bounds,
) -> Counts:
    """Places in GRID, -1 where no threshold can be promised.

    `answers` and `wrong` at or above each threshold have GRID's length along their last axis;
    each row along the others is evidence of its own. How many answers there are decides where the
    testing begins, never how many are wrong.
    """
    enough = np.maximum(least_reviews(allowed, certainty), START_SHARE * answers[..., -1:])
    is_tested = answers >= enough
    is_failed = is_tested & (bounds(wrong, answers, certainty) > allowed)
    holds = is_tested & ~np.logical_or.accumulate(is_failed, axis=-1)
    last = holds.shape[-1] - 1 - holds[..., ::-1].argmax(axis=-1)
    return np.where(holds.any(axis=-1), last, -1)


def counted(confidences: Floats, is_wrong: npt.NDArray[np.bool_]) -> tuple[Counts, Counts]:
    """Answers, and wrong ones, at or above each threshold of GRID."""
    places = np.searchsorted(-np.array(GRID), -confidences)
    answers = np.bincount(places, minlength=len(GRID) + 1)[: len(GRID)].cumsum()
    wrong = np.bincount(places[is_wrong], minlength=len(GRID) + 1)[: len(GRID)].cumsum()
    return answers, wrong


def evidence_curve(
    reviewed: Sequence[Labelled], *, certainty: float = CERTAINTY
) -> tuple[Evidence, ...]:
    """One point for each threshold of GRID, strictest first."""
    confidences = np.array([item.confidence for item in reviewed], dtype=np.float64)
    answers, wrong = counted(confidences, np.array([not item.is_right for item in reviewed], bool))
    bounds = wrong_bounds(wrong, answers, certainty)
    return tuple(
        Evidence(threshold, int(n), int(w), float(bound), n / max(len(reviewed), 1))
        for threshold, n, w, bound in zip(GRID, answers, wrong, bounds, strict=True)
    )


def _missing(answers: Counts, wrong: Counts, allowed: float, certainty: float) -> int:
    """How many more answers it takes at the least, should all of them be right: at the threshold
    where the fewest are missing."""
    fewest = least_reviews(allowed, certainty)
    lacking = [
        _answers_needed(int(w), allowed, certainty) - int(n)
        for n, w in zip(answers, wrong, strict=True)
        if n >= fewest
    ]
    most = int(answers.max(initial=0))
    return max(min(lacking, default=fewest - most), 1)


def _answers_needed(wrong: int, allowed: float, certainty: float) -> int:
    """The fewest answers with so many wrong ones whose bound is at most `allowed`."""
    low, high = wrong + 1, 2 * (wrong + 1) * least_reviews(allowed, certainty)
    while low < high:
        middle = (low + high) // 2
        if wrong_bound(wrong, middle, certainty) <= allowed:
            high = middle
        else:
            low = middle + 1
    return low
