"""Measures of answering, pure: predictions and gold articles in, shares of 0 to 1 out.

What counts is how many customers get the right answer at once while hardly anyone gets a wrong one.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from responder.models import ReplyKind

BINS = 10
DRAWS = 200
SEED = 20_240_601
OFFERED = 3

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scored:
    """One question with what was replied.

    `is_answerable`: some article answers it. `is_right`: the best candidate does.
    `is_offered`: one of the first three does. `confidence` is 0 to 1.
    """

    is_answerable: bool
    is_right: bool
    is_offered: bool
    reply: ReplyKind
    confidence: float


@dataclass(frozen=True, slots=True)
class Measures:
    """`None` where there is no answerable question.

    top1: answerable questions whose best candidate is right. recall3: the same for the first three.
    ap: area under the curve of (right / answerable) against precision, over all thresholds.
    rightNN: most of the answerable answered right while at least NN % of all answers are right.
    right: answerable ones answered, and rightly. helped: right, or rightly offered in a clarify.
    answered: of all questions. wrong: of the answers. ece: expected calibration error, ten bins.
    excess_ece: what of it is not chance, see `excess_calibration_error`.
    """

    questions: int
    answerable: int
    top1: float | None
    recall3: float | None
    ap: float | None
    right80: float | None
    right90: float | None
    right95: float | None
    right: float | None
    helped: float | None
    answered: float
    wrong: float
    ece: float
    excess_ece: float


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """At `confidence` and above: right answers per answerable question, and precision."""

    confidence: float
    recall: float
    precision: float


def curve(rows: Iterable[Scored], answerable: int) -> tuple[CurvePoint, ...]:
    """One point for each distinct confidence, most confident first."""
    points: list[CurvePoint] = []
    right = 0
    for answered, row in enumerate(sorted(rows, key=lambda row: -row.confidence), start=1):
        right += row.is_right
        point = CurvePoint(row.confidence, right / answerable, right / answered)
        if points and points[-1].confidence == row.confidence:
            points[-1] = point
        else:
            points.append(point)
    return tuple(points)


def average_precision(points: Sequence[CurvePoint]) -> float:
    start = CurvePoint(1.0, 0.0, 1.0)
    return sum(
        (point.recall - before.recall) * point.precision
        for before, point in pairwise((start, *points))
    )


def recall_at_precision(points: Iterable[CurvePoint], precision: float) -> float:
    return max((point.recall for point in points if point.precision >= precision), default=0.0)


def calibration_error(rows: Collection[Scored]) -> float:
    """Mean gap between confidence and share of right ones, over ten equal bins."""
    right = np.array([[row.is_right for row in rows]], dtype=np.float64)
    return float(_calibration_errors(_confidences(rows), right)[0])


def excess_calibration_error(rows: Collection[Scored]) -> float:
    """Calibration error beyond what perfect confidence shows on as many questions by chance.

    Below 0 where chance was kind. Chance: the mean over seeded draws in which each answer is right
    with the probability that its confidence names.
    """
    confidences = _confidences(rows)
    drawn = np.random.default_rng(SEED).random((DRAWS, len(rows))) < confidences
    by_chance = _calibration_errors(confidences, drawn.astype(np.float64))
    return calibration_error(rows) - float(by_chance.mean())


def _confidences(rows: Collection[Scored]) -> Floats:
    return np.array([row.confidence for row in rows], dtype=np.float64)


def _calibration_errors(confidences: Floats, right: Floats) -> Floats:
    """One for each row of `right`, which says what came of each confidence."""
    if not len(confidences):
        return np.zeros(len(right))
    bins = np.minimum((confidences * BINS).astype(np.int64), BINS - 1)
    members = np.eye(BINS)[bins]
    errors: Floats = np.abs((confidences - right) @ members).sum(axis=1) / len(confidences)
    return errors


def measure(rows: Sequence[Scored]) -> Measures:
    answerable = [row for row in rows if row.is_answerable]
    answers = [row for row in rows if row.reply is ReplyKind.ANSWER]
    points = curve(rows, len(answerable)) if answerable else ()

    def share(holds: Callable[[Scored], bool]) -> float | None:
        return sum(map(holds, answerable)) / len(answerable) if answerable else None

    def at(precision: float) -> float | None:
        return recall_at_precision(points, precision) if answerable else None

    return Measures(
        questions=len(rows),
        answerable=len(answerable),
        top1=share(lambda row: row.is_right),
        recall3=share(lambda row: row.is_offered),
        ap=average_precision(points) if answerable else None,
        right80=at(0.80),
        right90=at(0.90),
        right95=at(0.95),
        right=share(_is_answered_right),
        helped=share(_is_helped),
        answered=len(answers) / len(rows) if rows else 0.0,
        wrong=sum(not row.is_right for row in answers) / len(answers) if answers else 0.0,
        ece=calibration_error(rows),
        excess_ece=excess_calibration_error(rows),
    )


def _is_answered_right(row: Scored) -> bool:
    return row.reply is ReplyKind.ANSWER and row.is_right


def _is_helped(row: Scored) -> bool:
    return _is_answered_right(row) or (row.reply is ReplyKind.CLARIFY and row.is_offered)
