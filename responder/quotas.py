"""How often something may happen, counted in the database, so that all processes agree."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from kb.database import Database
from responder.clock import Clock
from responder.store import quotas as store

KEPT = timedelta(days=2)


class Quotas:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def allow_all(self, limits: Mapping[str, int], window: timedelta) -> bool:
        """Count one more of each key, up to the first that is beyond its limit."""
        start = _window_start(self._clock(), window)
        with self._database.write() as connection:
            return all(
                store.count_one_more(connection, key[:200], start) <= limit
                for key, limit in limits.items()
            )

    def forget_old(self) -> int:
        with self._database.write() as connection:
            return store.delete_before(connection, self._clock() - KEPT)


def _window_start(at: datetime, window: timedelta) -> datetime:
    seconds = max(int(window.total_seconds()), 1)
    return datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, UTC)
