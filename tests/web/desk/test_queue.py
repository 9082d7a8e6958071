"""What is late or urgent stands first, and short times are told shortly."""

from datetime import UTC, datetime, timedelta

import pytest

from responder.models import Priority, Reason, ReplyKind, TicketState
from web.desk.queue import View, view_named
from web.desk.words import KINDS, PRIORITIES, REASONS, STATES, due_text

NOW = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "in 0 min"),
        (40, "in 40 min"),
        (61, "in 1 h"),
        (60 * 25, "in 1 d"),
        (-5, "5 min late"),
        (-60 * 30, "1 d late"),
    ],
)
def test_due_times_are_told_shortly(minutes: int, said: str) -> None:
    assert due_text(NOW + timedelta(minutes=minutes), NOW) == said


def test_an_unknown_view_is_the_new_ones() -> None:
    assert view_named("mine") is View.MINE
    assert view_named("drop table") is View.NEW


def test_every_code_has_words() -> None:
    assert set(REASONS) == set(Reason)
    assert set(KINDS) == set(ReplyKind)
    assert set(PRIORITIES) == set(Priority)
    assert set(STATES) == set(TicketState)
