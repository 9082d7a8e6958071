"""A change in what customers ask is noticed; days like any other raise no alarm."""

from datetime import date, timedelta

import numpy as np
import pytest

from responder.drift import (
    BINS,
    FALSE_ALARMS,
    DayReading,
    Measure,
    Window,
    find_shifts,
    mean_distance,
)

LAST = date(2027, 3, 28)
WEEKEND = (5, 6)


def a_day(
    random: np.random.Generator,
    day: date,
    *,
    questions: float = 60,
    sure: float = 0.5,
    english: float = 0.2,
    distance: float = 0.5,
) -> DayReading:
    """A day of a shop: fewer questions on weekends, days unlike each other beyond pure chance."""
    weekend = day.weekday() in WEEKEND
    asked = int(random.poisson(questions * (0.3 if weekend else 1.0)))
    rate = float(random.beta(sure * 40, (1 - sure) * 40))
    foreign = float(random.beta(english * 40, (1 - english) * 40))
    if weekend:
        foreign = min(foreign * 1.5, 0.99)
    number_english = int(random.binomial(asked, foreign))
    middle = distance + random.normal(0, 0.02)
    values = np.clip(random.normal(middle, 0.15, asked), 0, BINS * 0.025 - 1e-9)
    counts = np.bincount((values / 0.025).astype(int), minlength=BINS)
    return DayReading(
        day=day,
        questions=asked,
        sure=int(random.binomial(asked, rate)),
        languages={"id": asked - number_english, "en": number_english},
        distances=tuple(int(count) for count in counts),
    )


def weeks(seed: int, *, days: int = 35, **now: float) -> Window:
    """35 days up to LAST, of which the last 7 are as `now` says."""
    random = np.random.default_rng(seed)
    first = LAST - timedelta(days=days - 1)
    readings = [
        a_day(random, first + timedelta(days=n), **(now if n >= days - 7 else {}))
        for n in range(days)
    ]
    return Window.of(readings, LAST)


def test_alarms_on_weeks_without_a_change_are_as_rare_as_stated() -> None:
    """400 firms over five weeks: with the stated share of 1 % more than 9 has chance 1 %."""
    alarms = sum(bool(find_shifts(weeks(seed))) for seed in range(400))
    assert alarms <= 9
    assert FALSE_ALARMS == 0.01


def test_days_that_are_taken_for_independent_questions_would_alarm_too_often() -> None:
    """The same weeks, tested as if each question were drawn by itself: what is avoided here."""
    naive = 0
    for seed in range(400):
        window = weeks(seed)
        now, before = (
            (sum(day.sure for day in days), sum(day.questions for day in days))
            for days in (window.recent, window.before)
        )
        share = (now[0] + before[0]) / (now[1] + before[1])
        spread = np.sqrt(share * (1 - share) * (1 / now[1] + 1 / before[1]))
        naive += abs(now[0] / now[1] - before[0] / before[1]) / spread > 2.94
    assert naive > 9


@pytest.mark.parametrize(
    ("measure", "change"),
    [
        (Measure.SURE, {"sure": 0.25}),
        (Measure.SURE, {"sure": 0.75}),
        (Measure.LANGUAGES, {"english": 0.45}),
        (Measure.DISTANCE, {"distance": 0.58}),
    ],
)
def test_a_real_change_is_noticed(measure: Measure, change: dict[str, float]) -> None:
    noticed = [
        {shift.measure for shift in find_shifts(weeks(seed, **change))} for seed in range(40)
    ]
    assert sum(measure in found for found in noticed) >= 36


def test_a_shift_tells_before_now_and_by_which_language() -> None:
    (shift,) = find_shifts(weeks(5, english=0.6))
    assert shift.measure is Measure.LANGUAGES
    assert shift.lang == "en"
    assert shift.now - shift.before > 0.2
    assert shift.chance <= FALSE_ALARMS / 3


def test_a_change_too_small_to_matter_is_not_told_however_certain() -> None:
    days = [LAST - timedelta(days=n) for n in range(35)]
    same = (100_000, *(0,) * (BINS - 1))
    readings = [
        DayReading(day, 100_000, 52_000 if n < 7 else 50_000, {"id": 100_000}, same)
        for n, day in enumerate(days)
    ]
    assert find_shifts(Window.of(readings, LAST)) == ()


@pytest.mark.parametrize(
    "window",
    [
        weeks(1, days=20, sure=0.05),
        weeks(1, questions=4, sure=0.05),
        Window.of((), LAST),
    ],
)
def test_too_little_to_go_by_is_no_alarm(window: Window) -> None:
    assert not window.is_enough
    assert find_shifts(window) == ()


def test_days_without_any_question_are_days_too() -> None:
    window = weeks(3, sure=0.2)
    quiet = [
        DayReading(day.day) if day.day.weekday() == 6 else day
        for day in (*window.before, *window.recent)
    ]
    found = find_shifts(Window.of(quiet, LAST))
    assert [shift.measure for shift in found] == [Measure.SURE]


def test_a_window_is_the_last_week_and_the_four_before() -> None:
    readings = [DayReading(LAST - timedelta(days=n)) for n in range(60)]
    window = Window.of(readings, LAST - timedelta(days=1))
    assert len(window.recent) == 7
    assert len(window.before) == 28
    assert window.recent[-1].day == LAST - timedelta(days=1)
    assert mean_distance((0,) * BINS) is None
