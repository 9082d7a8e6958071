"""How often somebody may try a password: counted in the database, before anything is hashed."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from kb.database import Database
from web.accounts.errors import SignInRefused
from web.accounts.store import failures

WINDOW = timedelta(minutes=15)
FREE_TRIES = 5
LOCK_TRIES = 10
FIRST_DELAY = timedelta(seconds=2)


def paused_until(failed_at: Sequence[datetime]) -> datetime | None:
    """When the next try is allowed: after 5 wrong ones a growing delay, after 10 a quarter hour."""
    count = len(failed_at)
    if count < FREE_TRIES:
        return None
    pause = WINDOW if count >= LOCK_TRIES else FIRST_DELAY * 2 ** (count - FREE_TRIES)
    return failed_at[-1] + pause


class Attempts:
    """Counts a try as failed when it starts, so that a burst over many processes is one count."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def begin(self, *, email: str, address: str) -> tuple[int, ...]:
        """Rows to give to `succeeded`. Raises SignInRefused while either key is paused."""
        now = self._clock()
        with self._database.write() as connection:
            failures.lock(connection)
            failures.delete_before(connection, now - 2 * WINDOW)
            keys = (_account(email), _address(address))
            if any(self._is_paused(connection, key, now) for key in keys):
                raise SignInRefused
            return tuple(failures.insert(connection, key, now) for key in keys)

    def succeeded(self, connection: sa.Connection, tries: tuple[int, ...], email: str) -> None:
        """Forget this try, and the account's failures; the address keeps its others."""
        for row_id in tries:
            failures.delete(connection, row_id)
        failures.delete_of(connection, _account(email))

    def forget(self, connection: sa.Connection, email: str) -> None:
        failures.delete_of(connection, _account(email))

    @staticmethod
    def _is_paused(connection: sa.Connection, key: str, now: datetime) -> bool:
        until = paused_until(failures.list_times(connection, key, now - WINDOW))
        return until is not None and now < until


def _account(email: str) -> str:
    return f"account:{email[:320]}"


def _address(address: str) -> str:
    return f"address:{address[:100]}"
