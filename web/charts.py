"""Pictures of numbers as SVG: geometry here, drawing in templates/charts.html, colours in CSS."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from responder.calibrations import Reviewed
from responder.promise import Evidence, Promise
from web.plane import SQUARE

BINS = 10
HISTOGRAM_BINS = 20
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5)
# thresholds in the table below the picture
TOLD = frozenset((0.99, 0.98, 0.97, 0.95, 0.92, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5))
# fewer answers than this say nothing of a share
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Tick:
    """`at` is a coordinate, `value` what stands beside it."""

    at: float
    value: float


@dataclass(frozen=True, slots=True)
class Scale:
    """What the axes of a picture stand for: both begin at 0 and end at what is most."""

    x_most: float = 1.0
    y_most: float = 1.0

    plane = SQUARE

    def x(self, value: float) -> float:
        return self.plane.x(value / self.x_most)

    def y(self, value: float) -> float:
        return self.plane.y(value / self.y_most)

    def path(self, points: Iterable[tuple[float, float]]) -> str:
        """For a polyline or polygon."""
        return " ".join(f"{self.x(x)},{self.y(y)}" for x, y in points)

    @property
    def x_ticks(self) -> tuple[Tick, ...]:
        return tuple(Tick(self.x(value), value) for value in _steps(self.x_most))

    @property
    def y_ticks(self) -> tuple[Tick, ...]:
        return tuple(Tick(self.y(value), value) for value in _steps(self.y_most))


@dataclass(frozen=True, slots=True)
class Tradeoff:
    """Share answered against share wrong, one point a threshold; `band` reaches from what was
    seen up to the bound."""

    scale: Scale
    points: tuple[Evidence, ...]
    answered: tuple[float, ...]
    seen: str
    band: str
    allowed_y: float
    chosen: tuple[float, float, float] | None

    def rows(self, chosen: Evidence | None) -> tuple[tuple[Evidence, float], ...]:
        """Some points with their share answered, what was chosen among them."""
        return tuple(
            (point, share)
            for point, share in zip(self.points, self.answered, strict=True)
            if point.threshold in TOLD or point == chosen
        )


def tradeoff(outcome: Promise, drawable_share: float) -> Tradeoff | None:
    """None where there is too little to draw. Shares answered are of all questions."""
    points = tuple(p for p in outcome.curve if p.answers >= FEWEST)
    if len({p.answers for p in points}) < 2:
        return None
    answered = tuple(p.answered_share * drawable_share for p in points)
    most = max(outcome.allowed * 2, *(p.wrong_share * 1.2 for p in points))
    scale = Scale(_round_up(max(answered)), _round_up(most))
    seen = [(x, p.wrong_share) for x, p in zip(answered, points, strict=True)]
    bounds = [(x, p.wrong_bound) for x, p in zip(answered, points, strict=True)]
    chosen = outcome.chosen
    return Tradeoff(
        scale=scale,
        points=points,
        answered=answered,
        seen=scale.path(seen),
        band=scale.path([*seen, *reversed(bounds)]),
        allowed_y=scale.y(outcome.allowed),
        chosen=(
            scale.x(chosen.answered_share * drawable_share),
            scale.y(chosen.wrong_share),
            scale.y(chosen.wrong_bound),
        )
        if chosen
        else None,
    )


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers between two confidences: the mean confidence and the share that was right."""

    low: float
    high: float
    answers: int
    confidence: float
    right_share: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """Confidence against share right, before and after a refit; on the diagonal it is true."""

    scale: Scale
    before: tuple[Bin, ...]
    after: tuple[Bin, ...]

    @property
    def diagonal(self) -> str:
        return self.scale.path([(0, 0), (1, 1)])

    def radius(self, found: Bin) -> float:
        """The area stands for the number of answers."""
        most = max(b.answers for b in (*self.before, *self.after))
        return round(2 + 6 * math.sqrt(found.answers / most), 1)


def reliability(reviewed: Sequence[Reviewed]) -> Reliability | None:
    if not reviewed:
        return None
    return Reliability(
        Scale(),
        _bins([(r.before, r.is_right) for r in reviewed]),
        _bins([(r.after, r.is_right) for r in reviewed]),
    )


@dataclass(frozen=True, slots=True)
class Bar:
    low: float
    high: float
    count: int
    x: float
    y: float
    width: float
    height: float
    is_answered: bool


@dataclass(frozen=True, slots=True)
class Histogram:
    """How often each confidence came; `threshold_x` is where the bot begins to answer."""

    scale: Scale
    bars: tuple[Bar, ...]
    total: int
    threshold: float
    threshold_x: float


def histogram(confidences: Sequence[float], threshold: float) -> Histogram | None:
    if not confidences:
        return None
    counts = [0] * HISTOGRAM_BINS
    for confidence in confidences:
        counts[min(int(confidence * HISTOGRAM_BINS), HISTOGRAM_BINS - 1)] += 1
    total = len(confidences)
    scale = Scale(1.0, _round_up(max(counts) / total))
    bars = tuple(_bar(scale, place, count, total, threshold) for place, count in enumerate(counts))
    return Histogram(scale, bars, total, threshold, scale.x(threshold))


def _bar(scale: Scale, place: int, count: int, total: int, threshold: float) -> Bar:
    low, high = place / HISTOGRAM_BINS, (place + 1) / HISTOGRAM_BINS
    x, y = scale.x(low), scale.y(count / total)
    return Bar(
        low=low,
        high=high,
        count=count,
        x=x + 0.5,
        y=y,
        width=round(scale.x(high) - x - 1, 1),
        height=round(scale.y(0) - y, 1),
        is_answered=low >= threshold - 1e-9,
    )


def _bins(answers: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    found: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, is_right in answers:
        found[min(int(confidence * BINS), BINS - 1)].append((confidence, is_right))
    return tuple(
        Bin(
            low=place / BINS,
            high=(place + 1) / BINS,
            answers=len(members),
            confidence=sum(c for c, _ in members) / len(members),
            right_share=sum(r for _, r in members) / len(members),
        )
        for place, members in enumerate(found)
        if members
    )


def _round_up(value: float) -> float:
    """To a number that four to six equal steps lead to."""
    for step in STEPS:
        if value <= 5 * step:
            return min(round(step * max(-int(-value // step), 1), 4), 1.0)
    return 1.0


def _steps(most: float) -> tuple[float, ...]:
    step = next(step for step in (*STEPS, 1.0) if most / step <= 5.001)
    return tuple(round(step * number, 4) for number in range(int(most / step + 1e-9) + 1))
