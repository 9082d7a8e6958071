"""The notice above every page of the help centre: what is up right now, said before it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from kb.database import Database
from responder.cache import Cached
from responder.clock import Clock
from responder.errors import InvalidNotice
from responder.store import firm as store

NOTICE_KEY = "notice"
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Notice:
    """Shown from `starts_at` (None: at once) until `ends_at` (None: until it is taken down)."""

    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    def is_due(self, at: datetime) -> bool:
        has_begun = self.starts_at is None or self.starts_at <= at
        return has_begun and (self.ends_at is None or at < self.ends_at)


class Notices:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._notice = Cached(self._load)

    def get(self) -> Notice:
        """As it was saved, due or not; without texts there is none."""
        return self._load()

    def find_text(self, lang: str) -> str | None:
        """What customers are told now, in that language."""
        notice = self._notice.get()
        return notice.texts.get(lang) if notice.is_due(self._clock()) else None

    def save(self, notice: Notice) -> Notice:
        """Seen by every process within a second. Raises InvalidNotice."""
        _check(notice)
        with self._database.write() as connection:
            store.put(connection, NOTICE_KEY, _entry(notice), self._clock())
        self._notice.forget()
        return notice

    def _load(self) -> Notice:
        with self._database.read() as connection:
            entry = store.find(connection, NOTICE_KEY)
        return _notice(entry) if entry else Notice()


def _check(notice: Notice) -> None:
    for lang, text in notice.texts.items():
        if not 1 <= len(text.strip()) <= LONGEST:
            raise InvalidNotice(f"text_{lang}", f"write 1 to {LONGEST} characters")
    if notice.starts_at and notice.ends_at and notice.ends_at <= notice.starts_at:
        raise InvalidNotice("ends_at", "choose an end after the beginning")


def _entry(notice: Notice) -> dict[str, Any]:
    return {
        "texts": {lang: text.strip() for lang, text in notice.texts.items()},
        "starts_at": notice.starts_at.isoformat() if notice.starts_at else None,
        "ends_at": notice.ends_at.isoformat() if notice.ends_at else None,
    }


def _notice(entry: Mapping[str, Any]) -> Notice:
    return Notice(
        texts=MappingProxyType(dict(entry["texts"])),
        starts_at=_moment(entry["starts_at"]),
        ends_at=_moment(entry["ends_at"]),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
