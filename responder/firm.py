"""What the firm says of itself in the portal: name, colours, languages, hours, contact."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from types import MappingProxyType
from typing import Any

from kb.database import Database
from responder.cache import Cached
from responder.channels.formats import FORMATS
from responder.clock import Clock
from responder.errors import InvalidProfile
from responder.hours import OFFICE_WEEK, Interval, WorkingHours
from responder.models import Posture, Priority
from responder.patterns import is_order_pattern
from responder.store import firm as store

PROFILE_KEY = "profile"
ANY_CHANNEL = "*"
REPLY_MINUTES = MappingProxyType({Priority.HIGH: 60, Priority.NORMAL: 240, Priority.LOW: 480})
LONGEST_MINUTES = 60 * 24 * 14
MOST_CASES = 50


@dataclass(frozen=True, slots=True)
class FirmProfile:
    """`reply_minutes` is working time; `order_patterns` use # for a digit, A for a letter."""

    name: str = "Jawab"
    logo: str = ""
    colour: str = "#0b5ed7"
    languages: tuple[str, ...] = ("id", "en")
    default_lang: str = "id"
    hours: WorkingHours = field(default_factory=WorkingHours)
    contact_email: str = ""
    contact_phone: str = ""
    contact_text: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    onboarded: bool = False
    order_patterns: tuple[str, ...] = ()
    postures: Mapping[str, Posture] = field(default_factory=lambda: MappingProxyType({}))
    reply_minutes: Mapping[Priority, int] = field(default_factory=lambda: REPLY_MINUTES)
    # so many customers' alike questions, answered by agents with one article, are added to it by
    # rule; 0: only a writer adds them
    learn_after: int = 3

    def posture(self, channel: str) -> Posture:
        """What the bot may do there; "*" is every channel without a word of its own."""
        return self.postures.get(channel, self.postures.get(ANY_CHANNEL, Posture.AUTO))


class FirmService:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._profile = Cached(self._load)

    def get(self) -> FirmProfile:
        return self._profile.get()

    def save(self, profile: FirmProfile, staff: str) -> FirmProfile:
        _check(profile)
        with self._database.write() as connection:
            entry = {**_entry(profile), "saved_by": staff}
            store.put(connection, PROFILE_KEY, entry, self._clock())
        self._profile.forget()
        return profile

    def _load(self) -> FirmProfile:
        with self._database.read() as connection:
            entry = store.find(connection, PROFILE_KEY)
        return _profile(entry) if entry else FirmProfile()


def _check(profile: FirmProfile) -> None:
    if not profile.name.strip():
        raise InvalidProfile("name", "give the name customers know you by")
    if profile.default_lang not in profile.languages:
        raise InvalidProfile("default_lang", "choose one of the firm's languages")
    if not _is_colour(profile.colour):
        raise InvalidProfile("colour", "give a colour such as #0b5ed7")
    for channel in profile.postures:
        if channel != ANY_CHANNEL and channel not in FORMATS:
            raise InvalidProfile("postures", f"there is no channel {channel!r}")
    for pattern in profile.order_patterns:
        if not is_order_pattern(pattern):
            raise InvalidProfile(
                "order_patterns",
                f"{pattern!r}: use # for a digit and A for a letter, 4 to 40 signs",
            )
    _check_numbers(profile)


def _check_numbers(profile: FirmProfile) -> None:
    for priority in Priority:
        if not 1 <= profile.reply_minutes.get(priority, 0) <= LONGEST_MINUTES:
            raise InvalidProfile("reply_minutes", f"{priority.value}: give minutes from 1 to 20160")
    if not 0 <= profile.learn_after <= MOST_CASES:
        raise InvalidProfile("learn_after", f"give a number from 0 (never) to {MOST_CASES}")


def _is_colour(text: str) -> bool:
    return re.fullmatch(r"#[0-9a-fA-F]{6}", text) is not None


def _entry(profile: FirmProfile) -> dict[str, Any]:
    return {
        "name": profile.name.strip(),
        "logo": profile.logo,
        "colour": profile.colour,
        "languages": list(profile.languages),
        "default_lang": profile.default_lang,
        "hours": _hours_entry(profile.hours),
        "contact_email": profile.contact_email,
        "contact_phone": profile.contact_phone,
        "contact_text": dict(profile.contact_text),
        "onboarded": profile.onboarded,
        "order_patterns": list(profile.order_patterns),
        "postures": {channel: posture.value for channel, posture in profile.postures.items()},
        "reply_minutes": {p.value: minutes for p, minutes in profile.reply_minutes.items()},
        "learn_after": profile.learn_after,
    }


def _hours_entry(hours: WorkingHours) -> dict[str, Any]:
    return {
        "time_zone": hours.time_zone,
        "weekly": [[[f"{i.start:%H:%M}", f"{i.end:%H:%M}"] for i in day] for day in hours.weekly],
        "holidays_country": hours.holidays_country,
        "days_off": sorted(day.isoformat() for day in hours.days_off),
    }


def _profile(entry: Mapping[str, Any]) -> FirmProfile:
    plain = FirmProfile()
    postures = {c: Posture(value) for c, value in entry.get("postures", {}).items()}
    minutes = {Priority(p): value for p, value in entry.get("reply_minutes", {}).items()}
    return FirmProfile(
        name=entry.get("name", plain.name),
        logo=entry.get("logo", plain.logo),
        colour=entry.get("colour", plain.colour),
        languages=tuple(entry.get("languages", plain.languages)),
        default_lang=entry.get("default_lang", plain.default_lang),
        hours=_hours(entry.get("hours", {})),
        contact_email=entry.get("contact_email", ""),
        contact_phone=entry.get("contact_phone", ""),
        contact_text=MappingProxyType(dict(entry.get("contact_text", {}))),
        onboarded=entry.get("onboarded", False),
        order_patterns=tuple(entry.get("order_patterns", ())),
        postures=MappingProxyType(postures),
        reply_minutes=MappingProxyType({**REPLY_MINUTES, **minutes}),
        learn_after=entry.get("learn_after", plain.learn_after),
    )


def _hours(entry: Mapping[str, Any]) -> WorkingHours:
    if not entry:
        return WorkingHours()
    weekly = tuple(
        tuple(Interval(time.fromisoformat(a), time.fromisoformat(b)) for a, b in day)
        for day in entry.get("weekly", ())
    )
    return WorkingHours(
        time_zone=entry["time_zone"],
        weekly=weekly or OFFICE_WEEK,
        holidays_country=entry["holidays_country"],
        days_off=frozenset(date.fromisoformat(day) for day in entry["days_off"]),
    )
