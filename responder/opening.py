"""When people answer, in words."""

from datetime import datetime

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from responder.firm import FirmProfile
from responder.hours import WorkingHours
from responder.models import Priority
from responder.wording import Wording


def opening_text(
    wording: Wording, profile: FirmProfile, lang: str, at: datetime, priority: Priority
) -> str:
    """A sentence for customers: on duty till when, or back when."""
    hours = profile.hours
    closes = hours.closes_at(at)
    if closes is not None:
        within = _duration(wording, lang, profile.reply_minutes[priority])
        return wording.text(lang, "open_now", end=_clock_time(closes, hours, lang), within=within)
    opens = hours.next_opening(at)
    if opens is None:
        return wording.text(lang, "no_hours")
    day = _day(wording, lang, opens.astimezone(hours.zone), at.astimezone(hours.zone))
    return wording.text(lang, "opens_later", day=day, start=_clock_time(opens, hours, lang))


def _clock_time(at: datetime, hours: WorkingHours, lang: str) -> str:
    local = at.astimezone(hours.zone)
    return f"{local:%H.%M} {local:%Z}" if lang == "id" else f"{local:%H:%M} {local:%Z}"


def _day(wording: Wording, lang: str, opens: datetime, now: datetime) -> str:
    ahead = (opens.date() - now.date()).days
    if ahead < 2:
        return wording.text(lang, ("today", "tomorrow")[ahead])
    try:
        return format_date(opens.date(), "EEEE, d MMMM", locale=Locale.parse(lang))
    except UnknownLocaleError:
        return opens.date().isoformat()


def _duration(wording: Wording, lang: str, minutes: int) -> str:
    if minutes < 120:
        return wording.text(lang, "minutes", count=minutes)
    return wording.text(lang, "hours", count=round(minutes / 60))
