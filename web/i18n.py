"""The language of a request: its texts, dates and numbers."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, has_request_context

TRANSLATIONS = Path(__file__).parent / "translations"
SOURCE_LANGUAGE = "en"
UI_LANGUAGES = ("id", "en")
LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "en": "English"}
LANGUAGE_SELECTOR = "jawab.language"
ZONE_SELECTOR = "jawab.zone"


def N_(message: str) -> str:  # noqa: N802 (the name the extractor knows)
    """Marks a text for translation that is printed elsewhere."""
    return message


@cache
def catalogue(lang: str) -> NullTranslations:
    """The translated texts of a language, read from its .po file once."""
    path = TRANSLATIONS / lang / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        messages = read_po(file, locale=lang)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(fp=compiled)


def current_lang() -> str:
    """The language this request is answered in; English outside a request."""
    if not has_request_context():
        return SOURCE_LANGUAGE
    select: Callable[[], str] = current_app.extensions[LANGUAGE_SELECTOR]
    return select()


def current_zone() -> ZoneInfo:
    """The firm's time zone; UTC outside a request."""
    if not has_request_context():
        return ZoneInfo("UTC")
    select: Callable[[], ZoneInfo] = current_app.extensions[ZONE_SELECTOR]
    return select()


def gettext(message: str, **values: object) -> str:
    text: str = catalogue(current_lang()).ugettext(message)
    return text % values if values else text


def ngettext(singular: str, plural: str, n: int, **values: object) -> str:
    text: str = catalogue(current_lang()).ungettext(singular, plural, n)
    return text % {"num": n, **values}


def language_name(lang: str) -> str:
    return LANGUAGE_NAMES.get(lang, lang)


def format_date(value: date | datetime, form: str = "long") -> str:
    day = value.astimezone(current_zone()).date() if isinstance(value, datetime) else value
    return dates.format_date(day, form, locale=_locale())


def format_time(value: datetime) -> str:
    return dates.format_time(value, "short", tzinfo=current_zone(), locale=_locale())


def format_datetime(value: datetime) -> str:
    return f"{format_date(value, 'medium')}, {format_time(value)}"


def format_ago(value: datetime) -> str:
    """'3 hours ago', or the date once it is more than two weeks away."""
    distance = value - datetime.now(UTC)
    if abs(distance) > timedelta(days=14):
        return format_date(value, "medium")
    return dates.format_timedelta(distance, add_direction=True, locale=_locale())


def format_number(value: float) -> str:
    return numbers.format_decimal(value, locale=_locale())


def format_percent(value: float, form: str | None = None) -> str:
    """A share of 0 to 1 as a percentage."""
    return numbers.format_percent(value, format=form, locale=_locale())


def iso(value: date | datetime) -> str:
    return value.isoformat()


FILTERS: dict[str, Callable[..., object]] = {
    "date": format_date,
    "time": format_time,
    "datetime": format_datetime,
    "ago": format_ago,
    "number": format_number,
    "percent": format_percent,
    "iso": iso,
    "language_name": language_name,
}


def init_i18n(
    app: Flask, select_language: Callable[[], str], select_zone: Callable[[], ZoneInfo]
) -> None:
    """Teach the templates `_`, `ngettext` and the filters for dates and numbers."""
    app.extensions[LANGUAGE_SELECTOR] = select_language
    app.extensions[ZONE_SELECTOR] = select_zone
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: catalogue(current_lang()).ugettext(message),
        lambda singular, plural, n: catalogue(current_lang()).ungettext(singular, plural, n),
        newstyle=True,
    )
    app.jinja_env.filters.update(FILTERS)


def _locale() -> str:
    lang = current_lang()
    return lang if lang in UI_LANGUAGES else SOURCE_LANGUAGE
