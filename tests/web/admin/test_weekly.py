"""Working hours are read as people write them."""

from datetime import date, time

import pytest

from responder.hours import Interval
from web.admin.weekly import read_day, read_days_off, write_day


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", ()),
        ("09:00-17:00", (Interval(time(9), time(17)),)),
        (
            "9.00 – 12.00; 13:00-17:30",
            (Interval(time(9), time(12)), Interval(time(13), time(17, 30))),
        ),
        ("00:00-24:00", (Interval(time(0), time(0)),)),
        ("22:00-06:00", (Interval(time(22), time(6)),)),
    ],
)
def test_a_day_is_read(text: str, spans: tuple[Interval, ...]) -> None:
    assert read_day(text) == spans


@pytest.mark.parametrize("text", ["nine", "09:00", "09:00-25:00", "09:61-10:00", "09:00-09:00"])
def test_what_is_no_working_time_is_none(text: str) -> None:
    assert read_day(text) is None


def test_a_day_written_is_read_the_same() -> None:
    spans = (Interval(time(9), time(12)), Interval(time(13), time(17)))
    assert read_day(write_day(spans)) == spans


def test_days_off_are_read_one_a_line() -> None:
    assert read_days_off("2027-03-19\n\n 2027-03-20 ") == {date(2027, 3, 19), date(2027, 3, 20)}
    assert read_days_off("friday") is None
