"""Pictures show the numbers they are given."""

from datetime import date

import pytest

from responder.calibrations import Reviewed
from responder.promise import Labelled, promise
from web.charts import Scale, histogram, reliability, tradeoff
from web.timelines import bars_of_days, bars_of_hours


def test_a_scale_puts_nothing_outside_of_the_picture() -> None:
    scale = Scale(0.5, 0.1)
    assert (scale.x(0), scale.y(0)) == (scale.plane.left, scale.plane.bottom)
    assert (scale.x(0.5), scale.y(0.1)) == (scale.plane.right, scale.plane.top)
    assert (scale.x(2), scale.y(2)) == (scale.plane.right, scale.plane.top)
    assert 0 < scale.plane.left < scale.plane.right < scale.plane.width
    assert 0 < scale.plane.top < scale.plane.bottom < scale.plane.height


@pytest.mark.parametrize("most", [0.02, 0.05, 0.1, 0.2, 0.5, 1.0])
def test_an_axis_has_a_few_ticks_that_begin_at_nothing(most: float) -> None:
    ticks = [tick.value for tick in Scale(most, 1.0).x_ticks]
    assert ticks[0] == 0
    assert 2 <= len(ticks) <= 6
    assert ticks[-1] <= most


def test_the_tradeoff_marks_what_was_chosen_and_its_band() -> None:
    reviewed = [Labelled(0.9, True)] * 300 + [Labelled(0.6, False)] * 50
    outcome = promise(reviewed, 0.02)
    chart = tradeoff(outcome, drawable_share=0.5)
    assert chart is not None
    assert outcome.chosen is not None
    assert {point.answers for point in chart.points} == {300, 350}
    assert (min(chart.answered), max(chart.answered)) == pytest.approx((300 / 350 / 2, 0.5))
    told = [point.threshold for point, _ in chart.rows(outcome.chosen)]
    assert outcome.chosen.threshold in told
    assert told[-1] == 0.5
    assert chart.chosen is not None
    x, seen, bound = chart.chosen
    assert x == chart.scale.x(300 / 350 / 2)
    assert seen == chart.scale.y(0)
    assert bound == chart.scale.y(outcome.chosen.wrong_bound)
    assert bound > chart.allowed_y


def test_too_little_is_not_drawn() -> None:
    assert tradeoff(promise([Labelled(0.9, True)] * 3, 0.02), 1.0) is None
    assert reliability([]) is None
    assert histogram([], 0.9) is None


def test_reliability_groups_answers_by_confidence() -> None:
    reviewed = [Reviewed(0.95, 0.55, is_right) for is_right in (True, True, False, False)]
    chart = reliability([*reviewed, Reviewed(0.15, 0.15, False)])
    assert chart is not None
    low, high = chart.before
    assert (low.answers, low.right_share) == (1, 0)
    assert (high.answers, high.right_share) == (4, 0.5)
    assert high.confidence == pytest.approx(0.95)
    assert [found.low for found in chart.after] == [0.1, 0.5]
    assert chart.radius(high) > chart.radius(low)


def test_the_histogram_tells_answered_from_not() -> None:
    chart = histogram([0.1, 0.92, 0.97, 0.97, 1.0], 0.95)
    assert chart is not None
    counted = {bar.low: bar.count for bar in chart.bars if bar.count}
    assert counted == {0.1: 1, 0.9: 1, 0.95: 3}
    assert [bar.low for bar in chart.bars if bar.is_answered] == [0.95]


def test_a_day_alone_is_a_slim_bar_under_whole_numbers() -> None:
    days = bars_of_days({date(2027, 3, 1): 3})
    assert days is not None
    assert days.plane.left < days.bars[0].x < days.bars[0].x + days.bars[0].width < 240
    assert [value for _, value in days.rulers] == [0, 2, 4]
    assert [value for _, value in bars_of_hours([0] * 24).rulers] == [0, 1, 2]
