"""Runs of large golden sets, asked for in the portal and made by the worker."""

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import sqlalchemy as sa

from kb.database import Database
from responder.clock import Clock
from responder.errors import InvalidGolden, UnknownGoldenSet
from responder.goldenruns import GoldenRun, GoldenRuns
from responder.store import firm as store

KEY = "golden_requests"
# larger sets are left to the worker
AT_ONCE = 300
TELL_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Request:
    """A run that is waited for; `done` of `total` questions are looked up."""

    set_id: int
    staff: str
    done: int = 0
    total: int = 0


class GoldenQueue:
    def __init__(self, database: Database, runs: GoldenRuns, clock: Clock) -> None:
        self._database = database
        self._runs = runs
        self._clock = clock

    def request(self, set_id: int, staff: str) -> None:
        """Asking again while one is waited for changes nothing."""
        with self._database.write() as connection:
            waiting = _load(connection)
            if set_id not in waiting:
                self._keep(connection, {**waiting, set_id: Request(set_id, staff)})

    def find(self, set_id: int) -> Request | None:
        with self._database.read() as connection:
            return _load(connection).get(set_id)

    def work_off(self) -> tuple[GoldenRun, ...]:
        """Make every run that is waited for; one cut short by a crash is made again."""
        with self._database.read() as connection:
            waiting = _load(connection)
        made = (self._make(request) for request in waiting.values())
        return tuple(run for run in made if run is not None)

    def _make(self, request: Request) -> GoldenRun | None:
        try:
            return self._runs.run(request.set_id, request.staff, Teller(self, request))
        except (UnknownGoldenSet, InvalidGolden):  # deleted or emptied since
            return None
        finally:
            with self._database.write() as connection:
                left = {k: v for k, v in _load(connection).items() if k != request.set_id}
                self._keep(connection, left)

    def tell(self, request: Request) -> None:
        with self._database.write() as connection:
            self._keep(connection, {**_load(connection), request.set_id: request})

    def _keep(self, connection: sa.Connection, waiting: Mapping[int, Request]) -> None:
        entry = [asdict(request) for request in waiting.values()]
        store.put(connection, KEY, entry, self._clock())


class Teller:
    """Notes how far a run is, at most once a second."""

    def __init__(self, queue: GoldenQueue, request: Request) -> None:
        self._queue = queue
        self._request = request
        self._next_at = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() < self._next_at:
            return
        self._next_at = time.monotonic() + TELL_SECONDS
        self._queue.tell(replace(self._request, done=done, total=total))


def _load(connection: sa.Connection) -> dict[int, Request]:
    entries: list[dict[str, Any]] = store.find(connection, KEY) or []
    return {entry["set_id"]: Request(**entry) for entry in entries}
