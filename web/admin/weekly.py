"""Working hours as people write them: `09:00-12:00, 13:00-17:00`."""

import re
from collections.abc import Iterable
from datetime import date, time

from responder.hours import Interval

SPAN = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–—]\s*(\d{1,2})[:.](\d{2})")


def read_day(text: str) -> tuple[Interval, ...] | None:
    """A day's working time; an empty line is a day off, None means that it cannot be read."""
    spans = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    found = [_interval(span) for span in spans]
    intervals = tuple(interval for interval in found if interval is not None)
    return intervals if len(intervals) == len(spans) else None


def write_day(intervals: Iterable[Interval]) -> str:
    return ", ".join(f"{span.start:%H:%M}-{span.end:%H:%M}" for span in intervals)


def read_days_off(text: str) -> frozenset[date] | None:
    """One date a line; None when one of them is none."""
    try:
        return frozenset(date.fromisoformat(line.strip()) for line in text.split() if line.strip())
    except ValueError:
        return None


def _interval(span: str) -> Interval | None:
    match = SPAN.fullmatch(span)
    if match is None:
        return None
    start_hour, start_minute, end_hour, end_minute = map(int, match.groups())
    if end_hour == 24 and end_minute == 0:
        end_hour = 0
    try:
        interval = Interval(time(start_hour, start_minute), time(end_hour, end_minute))
    except ValueError:
        return None
    return interval if interval.start != interval.end or interval.start == time(0) else None
