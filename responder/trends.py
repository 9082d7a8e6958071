"""The nightly look at what customers ask: a reading a day, golden runs, cautions for the admin."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from kb.database import Database
from responder.cautions import GOLDEN, Caution, from_entry, merged, to_entry
from responder.clock import Clock
from responder.drift import BEFORE_DAYS, RECENT_DAYS, DayReading, Window, find_shifts, read_day
from responder.errors import InvalidGolden, UnknownGoldenRun, UnknownGoldenSet
from responder.firm import FirmService
from responder.golden import GoldenSets
from responder.goldenruns import Figures, GoldenRun, GoldenRuns, is_worse
from responder.store import drift as store
from responder.store import firm as settings
from responder.thresholds import Thresholds

log = logging.getLogger(__name__)

KEY = "trends"
NIGHTLY = "nightly"
# a reply begun before midnight is written down by then
GRACE = timedelta(minutes=5)
MOST_DAYS = 70
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TrendTools:
    """What a night is made with."""

    database: Database
    golden: GoldenSets
    runs: GoldenRuns
    thresholds: Thresholds
    firm: FirmService
    clock: Clock


class Trends:
    def __init__(self, tools: TrendTools) -> None:
        self._tools = tools

    def today(self) -> date:
        """The day in the firm's time zone."""
        zone = self._tools.firm.get().hours.zone
        return (self._tools.clock() - GRACE).astimezone(zone).date()

    def is_due(self) -> bool:
        """Whether this night's look is still to come."""
        with self._tools.database.read() as connection:
            return _state(connection).get("checked") != self.today().isoformat()

    def look(self) -> tuple[Caution, ...]:
        """Read the days that nobody read yet, run the golden sets, and say what is new.

        Once a day is enough, but any number of times, in any number of processes, does no harm.
        """
        today = self.today()
        self._read_days(today)
        fallen = tuple(self._golden_falls())
        found = (*self._drifts(today), *fallen)
        with self._tools.database.write() as connection:
            before = _cautions(connection)
            now = merged(before, found, today)
            entries = [to_entry(caution) for caution in now]
            state = {"checked": today.isoformat(), "cautions": entries}
            settings.put(connection, KEY, state, self._tools.clock())
        known = {caution.key for caution in before if caution.is_open}
        fresh = tuple(c for c in now if c.is_open and c.key not in known)
        for caution in fresh:
            log.warning("caution_raised", extra={"key": caution.key})
        return fresh

    def list_cautions(self) -> tuple[Caution, ...]:
        """Those that are open."""
        with self._tools.database.read() as connection:
            known = _cautions(connection)
        sets = {found.id for found in self._tools.golden.list_sets()}
        return tuple(c for c in known if c.is_open and c.facts.get("set") in {*sets, None})

    def dismiss(self, key: str, staff: str) -> Caution | None:
        """Close it; None when it is not open."""
        with self._tools.database.write() as connection:
            known = _cautions(connection)
            found = next((c for c in known if c.key == key and c.is_open), None)
            if found is None:
                return None
            closed = replace(found, dismissed_by=staff, dismissed_on=self.today())
            entries = [to_entry(closed if caution is found else caution) for caution in known]
            state = {**_state(connection), "cautions": entries}
            settings.put(connection, KEY, state, self._tools.clock())
        return closed

    def list_readings(self, days: int) -> tuple[DayReading, ...]:
        """Of the last so many days, oldest first."""
        since = self.today() - timedelta(days=days)
        with self._tools.database.read() as connection:
            return tuple(_reading(row) for row in store.list_since(connection, since.isoformat()))

    def window(self) -> Window:
        """The days that are held against each other tonight."""
        readings = self.list_readings(RECENT_DAYS + BEFORE_DAYS + 1)
        return Window.of(readings, self.today() - ONE_DAY)

    def _read_days(self, today: date) -> None:
        with self._tools.database.read() as connection:
            first = store.find_first_moment(connection)
            if first is None:
                return
            zone = self._tools.firm.get().hours.zone
            start = max(first.astimezone(zone).date(), today - timedelta(days=MOST_DAYS))
            known = {row["day"] for row in store.list_since(connection, start.isoformat())}
        for number in range((today - start).days):
            day = start + timedelta(days=number)
            if day.isoformat() not in known:
                self._read(day)

    def _read(self, day: date) -> None:
        since, until = self._midnight(day), self._midnight(day + ONE_DAY)
        with self._tools.database.read() as connection:
            reading = read_day(day, store.list_decisions(connection, since, until))
        values = {
            "day": day.isoformat(),
            "questions": reading.questions,
            "readings": {
                "sure": reading.sure,
                "languages": dict(reading.languages or {}),
                "distances": list(reading.distances),
            },
            "created_at": self._tools.clock(),
        }
        with self._tools.database.write() as connection:
            store.put(connection, values)

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._tools.firm.get().hours.zone).astimezone(UTC)

    def _drifts(self, today: date) -> Iterator[Caution]:
        start = self._midnight(today - timedelta(days=RECENT_DAYS + BEFORE_DAYS))
        history = self._tools.thresholds.history()
        changed = any(change.created_at and change.created_at >= start for change in history)
        for shift in find_shifts(self.window()):
            facts = asdict(shift)
            yield Caution(
                key=shift.measure.value,
                since=today,
                facts={**facts, "measure": shift.measure.value, "threshold_changed": changed},
            )

    def _golden_falls(self) -> Iterator[Caution]:
        """Sets that are worse than at the run before."""
        midnight = self._midnight(self.today())
        with self._tools.database.read() as connection:
            known = {caution.key: caution for caution in _cautions(connection)}
        last = self._tools.runs.last_runs()
        for found in self._tools.golden.list_sets():
            run = last.get(found.id)
            if run is None or run.staff != NIGHTLY or run.created_at < midnight:
                run = self._run(found.id)
            before = self._before(run, known.get(f"{GOLDEN}:{found.id}")) if run else None
            if run and before and is_worse(before.figures, run.figures):
                facts = {"set": found.id, "name": found.name, "run": run.id, "against": before.id}
                figures = {"before": asdict(before.figures), "now": asdict(run.figures)}
                yield Caution(f"{GOLDEN}:{found.id}", self.today(), {**facts, **figures})

    def _run(self, set_id: int) -> GoldenRun | None:
        try:
            run = self._tools.runs.run(set_id, NIGHTLY)
        except (InvalidGolden, UnknownGoldenSet):  # nothing in it, or deleted meanwhile
            return None
        log.info("golden_run", extra={"set": set_id, "questions": run.figures.questions})
        return run

    def _before(self, run: GoldenRun, known: Caution | None) -> GoldenRun | None:
        """The run to hold it against: while a caution is open, the one from before the fall."""
        if known is not None and known.is_open:
            try:
                return self._tools.runs.get_run(known.facts["against"])
            except UnknownGoldenRun:
                return None
        return self._tools.runs.find_before(run)


def _state(connection: sa.Connection) -> dict[str, Any]:
    return dict(settings.find(connection, KEY) or {})


def _cautions(connection: sa.Connection) -> tuple[Caution, ...]:
    return tuple(from_entry(entry) for entry in _state(connection).get("cautions", ()))


def _reading(row: Mapping[Any, Any]) -> DayReading:
    readings = row["readings"]
    return DayReading(
        day=date.fromisoformat(row["day"]),
        questions=row["questions"],
        sure=readings["sure"],
        languages=readings["languages"],
        distances=tuple(readings["distances"]),
    )


def figures_of(facts: Mapping[str, Any], name: str) -> Figures:
    """Of a caution about a golden set: `before` or `now`."""
    return Figures(**facts[name])
