"""When people of the firm answer: working time with breaks and holidays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

from responder.errors import InvalidProfile

FARTHEST_DAYS = 370
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Working time of one day; an end at or before the start is on the next day."""

    start: time
    end: time


OFFICE_DAY = (Interval(time(9), time(12)), Interval(time(13), time(17)))
OFFICE_WEEK = (OFFICE_DAY,) * 5 + ((), ())


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """`weekly` starts on Monday; `holidays_country` "" keeps no public holidays."""

    time_zone: str = "Asia/Jakarta"
    weekly: tuple[tuple[Interval, ...], ...] = OFFICE_WEEK
    holidays_country: str = "ID"
    days_off: frozenset[date] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if len(self.weekly) != 7:
            raise InvalidProfile("hours", "give working time for each of the seven days")
        try:
            ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise InvalidProfile("time_zone", f"there is no zone {self.time_zone!r}") from None
        if self.holidays_country and not _is_known_country(self.holidays_country):
            raise InvalidProfile("holidays_country", f"no holidays of {self.holidays_country!r}")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def is_holiday(self, day: date) -> bool:
        return day in self.days_off or day in _holidays(self.holidays_country, day.year)

    def is_open(self, at: datetime) -> bool:
        return self.closes_at(at) is not None

    def closes_at(self, at: datetime) -> datetime | None:
        """When the present working time ends; None outside working time."""
        for start, end in self._spans(at.astimezone(self.zone).date() - ONE_DAY, days=2):
            if start <= at < end:
                return end
        return None

    def next_opening(self, at: datetime) -> datetime | None:
        """`at` itself within working time, else when it begins; None if not within a year."""
        for start, end in self._spans(at.astimezone(self.zone).date() - ONE_DAY, FARTHEST_DAYS):
            if at < end:
                return max(start, at)
        return None

    def add(self, at: datetime, working: timedelta) -> datetime:
        """`at` plus so much working time; plus plain time where nobody ever works."""
        left = working
        for start, end in self._spans(at.astimezone(self.zone).date() - ONE_DAY, FARTHEST_DAYS):
            if end <= at:
                continue
            begin = max(start, at)
            if begin + left <= end:
                return begin + left
            left -= end - begin
        return at + working

    def _spans(self, first_day: date, days: int) -> Iterator[tuple[datetime, datetime]]:
        """Working times in UTC, in order and without overlaps."""
        reached = datetime.min.replace(tzinfo=UTC)
        for offset in range(days):
            day = first_day + timedelta(days=offset)
            if not self.weekly[day.weekday()] or self.is_holiday(day):
                continue
            for interval in sorted(self.weekly[day.weekday()]):
                start, end = self._span(day, interval)
                if end > reached:
                    yield max(start, reached), end
                    reached = end

    def _span(self, day: date, interval: Interval) -> tuple[datetime, datetime]:
        last = day if interval.end > interval.start else day + ONE_DAY
        start = datetime.combine(day, interval.start, self.zone)
        end = datetime.combine(last, interval.end, self.zone)
        return start.astimezone(UTC), end.astimezone(UTC)


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> Mapping[date, str]:
    return holidays.country_holidays(country, years=year) if country else {}


@lru_cache(maxsize=64)
def _is_known_country(country: str) -> bool:
    return country in holidays.list_supported_countries()
