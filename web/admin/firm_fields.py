"""The firm's profile as the values of a form, and as the audit log tells its changes."""

from typing import Any

from responder.firm import FirmProfile
from responder.models import Priority
from web.admin.weekly import write_day

TIME_ZONES = (
    ("Asia/Jakarta", "WIB (Jakarta)"),
    ("Asia/Makassar", "WITA (Makassar)"),
    ("Asia/Jayapura", "WIT (Jayapura)"),
    ("Asia/Singapore", "Singapore"),
    ("Asia/Kuala_Lumpur", "Kuala Lumpur"),
    ("Asia/Manila", "Manila"),
    ("Asia/Bangkok", "Bangkok"),
    ("Asia/Kolkata", "Kolkata"),
    ("Australia/Sydney", "Sydney"),
    ("Europe/London", "London"),
    ("Europe/Berlin", "Berlin"),
    ("America/New_York", "New York"),
    ("America/Los_Angeles", "Los Angeles"),
    ("UTC", "UTC"),
)


def firm_values(profile: FirmProfile) -> dict[str, Any]:
    """The fields of FirmForm and WelcomeForm, filled in."""
    hours = profile.hours
    days = [write_day(day) for day in hours.weekly]
    return {
        "name": profile.name,
        "colour": profile.colour,
        "languages": list(profile.languages),
        "default_lang": profile.default_lang,
        "contact_email": profile.contact_email,
        "contact_phone": profile.contact_phone,
        "contact_text_id": profile.contact_text.get("id", ""),
        "contact_text_en": profile.contact_text.get("en", ""),
        "time_zone": hours.time_zone,
        "holidays_country": hours.holidays_country,
        **{f"day_{number}": day for number, day in enumerate(days)},
        "workdays": days[0],
        "saturday": days[5],
        "sunday": days[6],
        "days_off": "\n".join(sorted(day.isoformat() for day in hours.days_off)),
        "order_patterns": "\n".join(profile.order_patterns),
        "reply_high": profile.reply_minutes[Priority.HIGH],
        "reply_normal": profile.reply_minutes[Priority.NORMAL],
        "reply_low": profile.reply_minutes[Priority.LOW],
        "learn_after": profile.learn_after,
    }


def readable_changes(
    before: FirmProfile, after: FirmProfile
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the audit log keeps of a change: the differing fields, old and new."""
    old, new = _told(before), _told(after)
    changed = [key for key in new if old[key] != new[key]]
    return {key: old[key] for key in changed}, {key: new[key] for key in changed}


def _told(profile: FirmProfile) -> dict[str, Any]:
    told = firm_values(profile)
    shown = {key: told[key] for key in told if key not in ("workdays", "saturday", "sunday")}
    return {**shown, "logo": profile.logo}
