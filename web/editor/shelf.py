"""What the editor's forms offer to choose from: categories, owners, languages, articles."""

from collections.abc import Iterable
from datetime import date

from kb.revisions import ArticleSummary
from responder.calibrations import ITSELF
from web.help.addresses import current_shelf
from web.i18n import current_lang, current_zone
from web.i18n import gettext as _
from web.services import services


def today() -> date:
    """In the firm's time zone."""
    return services().responder.clock().astimezone(current_zone()).date()


def list_categories(present: str = "") -> list[tuple[str, str]]:
    """Key and title, in the firm's order; `present` is offered even if the firm did not list it."""
    shelf, lang = current_shelf(), current_lang()
    found = sorted(shelf.categories.values(), key=lambda c: (c.order, c.key))
    choices = [(category.key, category.title(lang)) for category in found]
    if present and present not in shelf.categories:
        choices.append((present, shelf.category(present).title(lang)))
    return choices


def category_title(key: str | None) -> str:
    return current_shelf().category(key).title(current_lang()) if key else ""


def list_owners(summaries: Iterable[ArticleSummary]) -> list[str]:
    """Who owns articles already."""
    return sorted({s.article.owner for s in summaries if s.article.owner})


def staff_names() -> dict[str, str]:
    """Name by e-mail address, which is how authors are kept."""
    found = {person.email: person.name for person in services().accounts.list_staff()}
    return {ITSELF: _("the learning rule"), **found}
