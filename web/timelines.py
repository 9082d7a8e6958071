"""A measure day by day as SVG: geometry here, drawing in templates/timelines.html."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from responder.drift import RECENT_DAYS, DayReading, mean_distance
from web.plane import STRIP

DAY_LABELS_APART = 14
HOUR_LABELS_APART = 6
MOST_LANGUAGES = 3
WIDEST_BAR = 32

Value = Callable[[Sequence[DayReading]], float | None]


@dataclass(frozen=True, slots=True)
class Mark:
    """A day's value: where it stands, and what it is."""

    x: float
    y: float
    day: date
    value: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """`marks` are single days, `lines` the mean of the week up to each day; between `since_x` and
    the right edge are the days that are held against those before."""

    days: tuple[tuple[float, date], ...]
    rulers: tuple[tuple[float, float], ...]
    marks: tuple[Mark, ...]
    lines: tuple[str, ...]
    since_x: float

    plane = STRIP


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    value: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts, or the parts of one whole when the bars have names."""

    days: tuple[tuple[float, date], ...]
    rulers: tuple[tuple[float, float], ...]
    bars: tuple[Bar, ...]
    names: tuple[str, ...]
    since_x: float
    hours: tuple[tuple[float, int], ...] = ()

    plane = STRIP


@dataclass(frozen=True, slots=True)
class Trend:
    """The pictures of one page."""

    questions: Bars
    sure: Timeline
    languages: Bars
    distance: Timeline


def trend_of(readings: Sequence[DayReading]) -> Trend | None:
    """None where there are too few days for a line."""
    if len(readings) < 2:
        return None
    frame = Frame(readings[0].day, readings[-1].day)
    return Trend(
        questions=_counts(readings, frame),
        sure=_timeline(readings, frame, sure_share),
        languages=_parts(readings, frame),
        distance=_timeline(readings, frame, nearest),
    )


def bars_of_days(counts: Mapping[date, int]) -> Bars | None:
    """From the first day with any to the last; None without any."""
    if not counts:
        return None
    frame = Frame(min(counts), max(counts))
    most = _even(max(counts.values()))
    bars = tuple(_bar(frame, day, count, (0.0, count / most)) for day, count in counts.items())
    return Bars(frame.days, frame.rulers(most), bars, (), STRIP.right)


def bars_of_hours(counts: Sequence[int]) -> Bars:
    """The hours of a day are drawn as days are."""
    days = [date(2000, 1, 1) + timedelta(days=hour) for hour in range(len(counts))]
    frame = Frame(days[0], days[-1])
    most = _even(max(counts))
    bars = [_bar(frame, day, n, (0.0, n / most)) for day, n in zip(days, counts, strict=True)]
    hours = tuple((frame.x(days[hour]), hour) for hour in range(0, len(counts), HOUR_LABELS_APART))
    return Bars((), frame.rulers(most), tuple(bars), (), STRIP.right, hours)


def sure_share(days: Sequence[DayReading]) -> float | None:
    questions = sum(day.questions for day in days)
    return sum(day.sure for day in days) / questions if questions else None


def nearest(days: Sequence[DayReading]) -> float | None:
    """The mean distance to the nearest article."""
    return mean_distance([sum(counts) for counts in zip(*(d.distances for d in days), strict=True)])


@dataclass(frozen=True, slots=True)
class Frame:
    """What lies across the plane: days, from left to right."""

    first: date
    last: date

    @property
    def step(self) -> float:
        return (STRIP.right - STRIP.left) / ((self.last - self.first).days + 1)

    def x(self, day: date) -> float:
        """Of the middle of a day."""
        return round(STRIP.left + ((day - self.first).days + 0.5) * self.step, 1)

    @property
    def days(self) -> tuple[tuple[float, date], ...]:
        count = (self.last - self.first).days // DAY_LABELS_APART
        marked = (self.last - timedelta(days=DAY_LABELS_APART * n) for n in range(count + 1))
        return tuple((self.x(day), day) for day in marked)

    @property
    def since_x(self) -> float:
        since = max(self.last - timedelta(days=RECENT_DAYS - 1), self.first)
        return round(self.x(since) - self.step / 2, 1)

    def rulers(self, most: float) -> tuple[tuple[float, float], ...]:
        return tuple((STRIP.y(share), share * most) for share in (0.0, 0.5, 1.0))


def _timeline(readings: Sequence[DayReading], frame: Frame, value: Value) -> Timeline:
    weeks = [
        (day.day, value(readings[max(0, place - RECENT_DAYS + 1) : place + 1]))
        for place, day in enumerate(readings)
    ]
    singles = ((day.day, value([day])) for day in readings)
    return Timeline(
        days=frame.days,
        rulers=frame.rulers(1.0),
        marks=tuple(
            Mark(frame.x(day), STRIP.y(share), day, share)
            for day, share in singles
            if share is not None
        ),
        lines=tuple(_lines(weeks, frame)),
        since_x=frame.since_x,
    )


def _lines(points: Iterable[tuple[date, float | None]], frame: Frame) -> Iterable[str]:
    """One for each stretch of days that have a value."""
    for is_there, stretch in groupby(points, key=lambda point: point[1] is not None):
        if is_there:
            yield " ".join(f"{frame.x(day)},{STRIP.y(value or 0.0)}" for day, value in stretch)


def _counts(readings: Sequence[DayReading], frame: Frame) -> Bars:
    most = _even(max(day.questions for day in readings))
    bars = tuple(
        _bar(frame, day.day, day.questions, (0.0, day.questions / most)) for day in readings
    )
    return Bars(frame.days, frame.rulers(most), bars, (), frame.since_x)


def _parts(readings: Sequence[DayReading], frame: Frame) -> Bars:
    """Languages as parts of a day, the commonest at the bottom; rare ones together as ''."""
    totals: dict[str, int] = {}
    for day in readings:
        for lang, count in (day.languages or {}).items():
            totals[lang] = totals.get(lang, 0) + count
    ranked = sorted(totals, key=lambda lang: (-totals[lang], lang))
    names = (*ranked[:MOST_LANGUAGES], *([""] if len(ranked) > MOST_LANGUAGES else []))
    bars: list[Bar] = []
    for day in readings:
        reached = 0
        for name in names:
            count = day.count(name) if name else day.questions - reached
            if count:
                span = (reached / day.questions, (reached + count) / day.questions)
                bars.append(_bar(frame, day.day, count, span, name))
            reached += count
    return Bars(frame.days, frame.rulers(1.0), tuple(bars), names, frame.since_x)


def _even(most: int) -> int:
    """Half of it is a number of questions too."""
    return max(most + most % 2, 2)


def _bar(frame: Frame, day: date, value: int, span: tuple[float, float], name: str = "") -> Bar:
    width = min(frame.step - min(1.0, frame.step / 5), WIDEST_BAR)
    top, bottom = STRIP.y(span[1]), STRIP.y(span[0])
    return Bar(
        x=round(frame.x(day) - width / 2, 1),
        y=top,
        width=round(width, 1),
        height=round(bottom - top, 1),
        value=value,
        name=name,
    )
