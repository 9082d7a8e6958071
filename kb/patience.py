"""How long the writers of one process wait for a database that somebody else keeps locked."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from kb.errors import DatabaseUnavailable

SHORTEST_SECONDS = 1.0
MOST_WAITING = 4


class Patience:
    """Nobody waits longer than the first who still waits, and a few wait while the others are
    refused at once: threads that wait cannot serve readers."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._shortest = min(seconds, SHORTEST_SECONDS)
        self._lock = threading.Lock()
        self._waiting = 0
        self._locked_since: float | None = None

    @contextmanager
    def wait(self) -> Iterator[float]:
        """For how many seconds this writer may try; raises DatabaseUnavailable where enough do."""
        seconds = self._join()
        try:
            yield seconds
        except BaseException:
            self._leave(locked=True)
            raise
        self._leave(locked=False)

    def _join(self) -> float:
        now = time.monotonic()
        with self._lock:
            since = now if self._locked_since is None else self._locked_since
            waited = now - since
            if waited > self._shortest and self._waiting >= MOST_WAITING:
                raise DatabaseUnavailable(
                    f"the database is locked for {waited:.0f} seconds and {self._waiting} writers "
                    "wait already"
                )
            self._locked_since = since
            self._waiting += 1
        return max(self._seconds - waited, self._shortest)

    def _leave(self, *, locked: bool) -> None:
        with self._lock:
            self._waiting -= 1
            if not locked:
                self._locked_since = None
