"""How sure the bot must be, per channel and language; every change is a version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import sqlalchemy as sa

from kb.database import Database
from responder.cache import Cached
from responder.channels.formats import get_format
from responder.clock import Clock
from responder.errors import InvalidThreshold
from responder.store import thresholds as store

ANY = "*"
PUBLIC = "public"
DEFAULT_PRIVATE = 0.90
DEFAULT_PUBLIC = 0.95
LOWEST = 0.5
HIGHEST = 1.0


@dataclass(frozen=True, slots=True)
class Threshold:
    """The least confidence (0 to 1) that answers by itself; version 0 is the built-in default.

    `channel` "*" stands for every private channel, "public" for every public one; `lang` "*" for
    every language.
    """

    value: float
    version: int = 0
    channel: str = ANY
    lang: str = ANY
    staff: str = ""
    created_at: datetime | None = None


class ThresholdSource(Protocol):
    def value(self, channel: str, lang: str, public: bool = False) -> Threshold: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds by channel and language, in force or imagined: the most exact one counts."""

    by_place: Mapping[tuple[str, str], Threshold]

    def value(self, channel: str, lang: str, public: bool = False) -> Threshold:
        fallback = PUBLIC if public else ANY
        for key in ((channel, lang), (channel, ANY), (fallback, lang), (fallback, ANY)):
            if key in self.by_place:
                return self.by_place[key]
        return Threshold(DEFAULT_PUBLIC if public else DEFAULT_PRIVATE, channel=fallback)


class Thresholds:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._in_force = Cached(self._load)

    def value(self, channel: str, lang: str, public: bool = False) -> Threshold:
        return Rules(self._in_force.get()).value(channel, lang, public)

    def imagined(self, channel: str, lang: str, value: float) -> "Rules":
        """As if that had been changed; raises InvalidThreshold and UnknownChannel."""
        _check(channel, value)
        changed = Threshold(value, channel=channel, lang=lang)
        return Rules({**self._load(), (channel, lang): changed})

    def list_thresholds(self) -> tuple[Threshold, ...]:
        """What is in force, the defaults included where nobody changed them."""
        found = dict(self._load())
        found.setdefault((ANY, ANY), Threshold(DEFAULT_PRIVATE))
        found.setdefault((PUBLIC, ANY), Threshold(DEFAULT_PUBLIC, channel=PUBLIC))
        return tuple(found[key] for key in sorted(found))

    def history(self) -> tuple[Threshold, ...]:
        """Every change, newest first."""
        with self._database.read() as connection:
            return tuple(_threshold(row) for row in store.list_all(connection))

    def change(self, channel: str, lang: str, value: float, staff: str) -> Threshold:
        with self._database.write() as connection:
            changed = self.change_in(connection, Threshold(value, 0, channel, lang, staff))
        self.forget()
        return changed

    def change_in(self, connection: sa.Connection, wanted: Threshold) -> Threshold:
        """Inside the transaction of what leads to it; `forget` is to be called after it."""
        _check(wanted.channel, wanted.value)
        values = {"channel": wanted.channel, "lang": wanted.lang, "value": wanted.value}
        stamp = {"staff": wanted.staff, "created_at": self._clock()}
        return _threshold(store.insert(connection, {**values, **stamp}))

    def forget(self) -> None:
        """What other processes see within a second is seen here at once."""
        self._in_force.forget()

    def find_exact(self, connection: sa.Connection, channel: str, lang: str) -> Threshold | None:
        """What exactly this pair has of its own."""
        row = store.find_in_force(connection, channel, lang)
        return _threshold(row) if row else None

    def rules(self) -> Rules:
        """All that is in force this moment."""
        return Rules(self._load())

    def _load(self) -> dict[tuple[str, str], Threshold]:
        with self._database.read() as connection:
            found = [_threshold(row) for row in store.list_in_force(connection)]
        return {(threshold.channel, threshold.lang): threshold for threshold in found}


def _check(channel: str, value: float) -> None:
    if not LOWEST <= value <= HIGHEST:
        raise InvalidThreshold(value, LOWEST, HIGHEST)
    if channel not in (ANY, PUBLIC):
        get_format(channel)


def _threshold(row: sa.RowMapping) -> Threshold:
    return Threshold(
        value=row["value"],
        version=row["version"],
        channel=row["channel"],
        lang=row["lang"],
        staff=row["staff"],
        created_at=row["created_at"],
    )
