"""Working time: breaks, holidays, nights, and what customers are told."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.bootstrap import Services
from responder.errors import InvalidProfile
from responder.firm import FirmProfile
from responder.hours import Interval, WorkingHours
from responder.models import Priority, Reason
from responder.opening import opening_text
from responder.priority import due_at, priority_of

JAKARTA = ZoneInfo("Asia/Jakarta")
OFFICE = WorkingHours()
NIGHT = WorkingHours(weekly=((Interval(time(21), time(2)),),) * 7, holidays_country="")
ALWAYS = WorkingHours(weekly=((Interval(time(0), time(0)),),) * 7, holidays_country="")
NEVER = WorkingHours(weekly=((),) * 7)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=JAKARTA)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(25, 10), True),
        (at(25, 12), False),
        (at(25, 12, 59), False),
        (at(25, 13), True),
        (at(25, 17), False),
        (at(28, 10), False),
        (datetime(2026, 8, 17, 10, tzinfo=JAKARTA), False),
    ],
    ids=[
        "morning",
        "break",
        "end of break",
        "afternoon",
        "evening",
        "Saturday",
        "Independence Day",
    ],
)
def test_people_are_there_or_not(moment: datetime, is_open: bool) -> None:
    assert OFFICE.is_open(moment) is is_open


def test_a_night_shift_goes_on_after_midnight() -> None:
    assert NIGHT.is_open(at(25, 23))
    assert NIGHT.is_open(at(26, 1, 59))
    assert not NIGHT.is_open(at(26, 2))
    assert NIGHT.closes_at(at(25, 22)) == at(26, 2)


def test_around_the_clock_never_closes() -> None:
    assert all(ALWAYS.is_open(at(25, hour)) for hour in range(24))
    assert ALWAYS.add(at(25, 23), timedelta(hours=30)) == at(27, 5)


def test_the_firms_own_days_off_count() -> None:
    closed = replace(OFFICE, days_off=frozenset({date(2026, 11, 25)}))
    assert closed.next_opening(at(25, 8)) == at(26, 9)


def test_due_times_skip_breaks_nights_and_weekends() -> None:
    assert OFFICE.add(at(25, 11, 30), timedelta(hours=1)) == at(25, 13, 30)
    assert OFFICE.add(at(27, 16, 30), timedelta(hours=1)) == at(30, 9, 30)
    assert OFFICE.add(at(25, 9), timedelta(hours=7)) == at(25, 17)


def test_where_nobody_ever_works_there_is_still_a_due_time() -> None:
    assert NEVER.next_opening(at(25, 9)) is None
    assert NEVER.add(at(25, 9), timedelta(hours=1)) == at(25, 10)


@given(
    moment=st.integers(0, 2 * 365 * 24 * 60).map(
        lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    ),
    minutes=st.integers(1, 3000),
)
def test_a_due_time_is_later_and_within_working_time(moment: datetime, minutes: int) -> None:
    due = OFFICE.add(moment, timedelta(minutes=minutes))
    assert due > moment
    assert OFFICE.is_open(due - timedelta(seconds=1))
    opening = OFFICE.next_opening(moment)
    assert opening is not None
    assert OFFICE.is_open(opening)


def test_impossible_hours_are_refused() -> None:
    with pytest.raises(InvalidProfile):
        WorkingHours(weekly=((),) * 6)
    with pytest.raises(InvalidProfile):
        WorkingHours(time_zone="Asia/Atlantis")
    with pytest.raises(InvalidProfile):
        WorkingHours(holidays_country="XX")


def test_customers_are_told_when_people_answer(sqlite_services: Services) -> None:
    def told(lang: str, moment: datetime) -> str:
        wording = sqlite_services.wording
        return opening_text(wording, FirmProfile(), lang, moment, Priority.NORMAL)

    assert "sampai pukul 17.00 WIB" in told("id", at(25, 14))
    assert "4 jam" in told("id", at(25, 14))
    assert "today from 13:00 WIB" in told("en", at(25, 12, 30))
    assert "besok mulai pukul 09.00" in told("id", at(25, 20))
    assert "Senin, 30 November mulai" in told("id", at(27, 20))
    assert "Monday, 30 November from" in told("en", at(27, 20))


def test_in_public_people_answer_sooner() -> None:
    minutes = FirmProfile().reply_minutes
    private = due_at(at(25, 9), Priority.HIGH, OFFICE, minutes, public=False)
    public = due_at(at(25, 9), Priority.HIGH, OFFICE, minutes, public=True)
    assert (private, public) == (at(25, 10), at(25, 9, 15))


@pytest.mark.parametrize(
    ("reason", "text", "priority"),
    [
        (Reason.LOW_CONFIDENCE, "ada gajah", Priority.NORMAL),
        (Reason.LOW_CONFIDENCE, "Akun saya DIBAJAK!", Priority.HIGH),
        (Reason.LOW_CONFIDENCE, "uang saya lapor polisi nanti", Priority.HIGH),
        (Reason.LOW_CONFIDENCE, "dibajakkan", Priority.NORMAL),
        (Reason.COMPLAINT, "", Priority.HIGH),
        (Reason.UNREADABLE, "", Priority.LOW),
    ],
)
def test_what_is_urgent_comes_first(reason: Reason, text: str, priority: Priority) -> None:
    assert priority_of(reason, text, "dibajak, lapor polisi, ") is priority
