"""Which language a request is answered in."""

from zoneinfo import ZoneInfo

from flask import g, request

from web.accounts.gate import find_staff
from web.i18n import UI_LANGUAGES
from web.services import current_firm

LANGUAGE_COOKIE = "jawab_lang"


def language_of_request() -> str:
    """The address says it; else the person signed in; else the visitor's choice or browser."""
    if "lang" not in g:
        g.lang = _from_address() or _from_staff() or preferred_language()
    lang: str = g.lang
    return lang


def _from_address() -> str | None:
    lang = _named_in_address()
    in_site = request.blueprint in ("help", None) and lang in current_firm().languages
    return lang if in_site else None


def _named_in_address() -> str:
    """The first part of the path, which an address that leads nowhere has too."""
    return request.path.strip("/").partition("/")[0]


def _from_staff() -> str | None:
    staff = find_staff()
    return staff.lang if staff and staff.lang in UI_LANGUAGES else None


def preferred_language() -> str:
    """One of the site's languages for a visitor whose address names none."""
    firm = current_firm()
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in firm.languages:
        return str(chosen)
    return request.accept_languages.best_match(firm.languages) or firm.default_lang


def language_without_services() -> str:
    """For pages that must come out when the firm's profile cannot be read."""
    lang = _named_in_address()
    if lang in UI_LANGUAGES:
        return lang
    return request.accept_languages.best_match(UI_LANGUAGES) or UI_LANGUAGES[0]


def zone_of_request() -> ZoneInfo:
    return current_firm().hours.zone


def site_lang() -> str:
    """The request's language where the site has it, else the site's own."""
    firm = current_firm()
    lang = language_of_request()
    return lang if lang in firm.languages else firm.default_lang
