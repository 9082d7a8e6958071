"""Names of roles and browsers as staff read them."""

from collections.abc import Mapping

from web.accounts.models import Role
from web.i18n import N_
from web.i18n import gettext as _

ROLES: Mapping[Role, str] = {
    Role.WRITER: N_("Writer"),
    Role.REVIEWER: N_("Reviewer"),
    Role.AGENT: N_("Agent"),
    Role.ADMIN: N_("Admin"),
}
DUTIES: Mapping[Role, str] = {
    Role.WRITER: N_("writes and publishes articles, or asks for a review"),
    Role.REVIEWER: N_("also publishes what waits for a review"),
    Role.AGENT: N_("answers customers"),
    Role.ADMIN: N_("may do everything, and looks after staff and settings"),
}
# the first that occurs in the user agent names it: Edge also says Chrome, Chrome also says Safari
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def role_name(role: Role) -> str:
    return _(ROLES[role])


def role_duty(role: Role) -> str:
    return _(DUTIES[role])


def browser_name(user_agent: str) -> str:
    """'Firefox, Windows' for what a browser says of itself."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return ", ".join(part for part in (browser, system) if part) or _("Unknown browser")
