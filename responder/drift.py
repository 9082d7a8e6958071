"""Do customers ask otherwise than before? Pure: a reading a day in, shifts beyond chance out.

The last 7 days are held against the 28 before. Days differ among themselves, weekends most of all,
so chance is measured by shuffling whole days, weekends among themselves: what was seen is beyond
it when hardly any shuffle shows as much (a permutation test; it presumes no distribution).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kb.models import HitKind
from responder.models import Decision

RECENT_DAYS = 7
BEFORE_DAYS = 28
FEWEST_RECENT = 50
FEWEST_BEFORE = 100
FEWEST_DAYS_BEFORE = 14
# share of nights without any change on which one of the three measures warns all the same
FALSE_ALARMS = 0.01
SHUFFLES = 3999
SEED = 20_270_301
SATURDAY = 5
# of two languages that trade places the one that grows is named
TIE = 1e-9
BINS = 48
BIN_WIDTH = 0.025
# what the customer said only in answer to the bot is no question of its own
FOLLOW_UPS = frozenset({"customer_chose", "none_of_the_choices"})

Counts = npt.NDArray[np.float64]
Statistic = Callable[[Counts, Counts], Counts]


class Measure(StrEnum):
    SURE = "sure"
    LANGUAGES = "languages"
    DISTANCE = "distance"


# a smaller change is not worth a warning, however certain: a share, a share, a cosine distance
SMALLEST: Mapping[Measure, float] = {
    Measure.SURE: 0.05,
    Measure.LANGUAGES: 0.05,
    Measure.DISTANCE: 0.02,
}


@dataclass(frozen=True, slots=True)
class DayReading:
    """One day of the firm: questions, how many got a sure answer, their languages, and how many
    were how far (1 - best centred cosine, in bins of .025 from 0) from the nearest article."""

    day: date
    questions: int = 0
    sure: int = 0
    languages: Mapping[str, int] | None = None
    distances: tuple[int, ...] = (0,) * BINS

    @property
    def sure_share(self) -> float | None:
        return self.sure / self.questions if self.questions else None

    @property
    def mean_distance(self) -> float | None:
        return mean_distance(self.distances)

    def count(self, lang: str) -> int:
        return (self.languages or {}).get(lang, 0)


@dataclass(frozen=True, slots=True)
class Shift:
    """`before` and `now` are shares, or mean distances; `lang` is the language whose share changed
    most. `chance`: how often days without any change would differ as much."""

    measure: Measure
    before: float
    now: float
    chance: float
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are held against each other."""

    recent: tuple[DayReading, ...]
    before: tuple[DayReading, ...]

    @classmethod
    def of(cls, readings: Iterable[DayReading], last: date) -> "Window":
        """The 7 days up to `last` and the 28 before, as far as there are readings."""
        days = sorted(readings, key=lambda reading: reading.day)
        edge = last - timedelta(days=RECENT_DAYS)
        start = edge - timedelta(days=BEFORE_DAYS)
        return cls(
            tuple(reading for reading in days if edge < reading.day <= last),
            tuple(reading for reading in days if start < reading.day <= edge),
        )

    @property
    def is_enough(self) -> bool:
        return (
            len(self.recent) == RECENT_DAYS
            and len(self.before) >= FEWEST_DAYS_BEFORE
            and _questions(self.recent) >= FEWEST_RECENT
            and _questions(self.before) >= FEWEST_BEFORE
        )


def read_day(day: date, decisions: Iterable[Decision]) -> DayReading:
    """Of the decisions of one day those that were about a question and looked for an article."""
    asked = [d for d in decisions if _distance(d) is not None and d.rule not in FOLLOW_UPS]
    languages: dict[str, int] = {}
    distances = [0] * BINS
    for decision in asked:
        languages[decision.lang] = languages.get(decision.lang, 0) + 1
        distances[_bin(_distance(decision) or 0.0)] += 1
    return DayReading(
        day=day,
        questions=len(asked),
        sure=sum(d.article is not None and d.confidence >= d.threshold for d in asked),
        languages=languages,
        distances=tuple(distances),
    )


def find_shifts(window: Window) -> tuple[Shift, ...]:
    """What differs beyond chance; at most one night in a hundred without any reason."""
    if not window.is_enough:
        return ()
    found = (_sure(window), _languages(window), _distances(window))
    least = FALSE_ALARMS / len(Measure)
    return tuple(
        shift for shift, size in found if shift.chance <= least and size >= SMALLEST[shift.measure]
    )


def mean_distance(counts: Sequence[float]) -> float | None:
    total = sum(counts)
    centres = (np.arange(BINS) + 0.5) * BIN_WIDTH
    return float(np.dot(counts, centres) / total) if total else None


def _sure(window: Window) -> tuple[Shift, float]:
    table = _table(window, lambda day: (day.sure, day.questions - day.sure))
    now, before = _totals(window, table)
    shares = float(now[0] / now.sum()), float(before[0] / before.sum())
    chance = _chance(window, table, _variation)
    return Shift(Measure.SURE, shares[1], shares[0], chance), abs(shares[0] - shares[1])


def _languages(window: Window) -> tuple[Shift, float]:
    days = (*window.before, *window.recent)
    names = sorted({lang for day in days for lang in day.languages or {}})
    table = _table(window, lambda day: tuple(day.count(lang) for lang in names))
    now, before = (counts / counts.sum() for counts in _totals(window, table))
    most = int(np.argmax(np.abs(now - before) + TIE * (now > before)))
    chance = _chance(window, table, _variation)
    shift = Shift(Measure.LANGUAGES, float(before[most]), float(now[most]), chance, names[most])
    return shift, float(np.abs(now - before).sum() / 2)


def _distances(window: Window) -> tuple[Shift, float]:
    table = _table(window, lambda day: day.distances)
    now, before = _totals(window, table)
    means = mean_distance(now.tolist()) or 0.0, mean_distance(before.tolist()) or 0.0
    chance = _chance(window, table, _mean_gap)
    return Shift(Measure.DISTANCE, means[1], means[0], chance), abs(means[0] - means[1])


def _chance(window: Window, table: Counts, statistic: Statistic) -> float:
    """The share of shuffles, the days as they were among them, with a gap at least as large."""
    days = (*window.before, *window.recent)
    weekend = tuple(day.day.weekday() >= SATURDAY for day in days)
    recent = _shuffles(weekend, len(window.recent)) @ table
    gaps = statistic(recent, table.sum(axis=0) - recent)
    return float(np.mean(gaps >= gaps[0] - 1e-12))


@lru_cache(maxsize=32)
def _shuffles(weekend: tuple[bool, ...], recent: int) -> Counts:
    """Which days count as recent: as it was in the first row, then one shuffle a row."""
    is_recent = np.arange(len(weekend)) >= len(weekend) - recent
    random = np.random.default_rng(SEED)
    shuffled = np.tile(is_recent, (SHUFFLES, 1))
    for kind in (False, True):
        places = np.flatnonzero(np.array(weekend) == kind)
        shuffled[:, places] = random.permuted(shuffled[:, places], axis=1)
    return np.vstack([is_recent, shuffled]).astype(np.float64)


def _variation(recent: Counts, before: Counts) -> Counts:
    """Total variation distance of the shares, 0 to 1, row by row."""
    return np.asarray(np.abs(_shares(recent) - _shares(before)).sum(axis=1) / 2)


def _mean_gap(recent: Counts, before: Counts) -> Counts:
    centres = (np.arange(BINS) + 0.5) * BIN_WIDTH
    return np.asarray(np.abs((_shares(recent) - _shares(before)) @ centres))


def _shares(counts: Counts) -> Counts:
    return np.asarray(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1.0))


def _table(window: Window, counts_of: Callable[[DayReading], Sequence[int]]) -> Counts:
    """A row a day, the earlier days first."""
    return np.array([counts_of(day) for day in (*window.before, *window.recent)], dtype=np.float64)


def _totals(window: Window, table: Counts) -> tuple[Counts, Counts]:
    """Of the recent days, and of those before."""
    edge = len(window.before)
    return table[edge:].sum(axis=0), table[:edge].sum(axis=0)


def _questions(days: Iterable[DayReading]) -> int:
    return sum(day.questions for day in days)


def _distance(decision: Decision) -> float | None:
    """To the nearest article; None when none was looked for."""
    cosines = [
        candidate.features["best_cosine"]
        for candidate in decision.candidates
        if candidate.kind is HitKind.ARTICLE and "best_cosine" in candidate.features
    ]
    return 1.0 - max(cosines) if cosines else None


def _bin(distance: float) -> int:
    return min(max(int(distance / BIN_WIDTH), 0), BINS - 1)
