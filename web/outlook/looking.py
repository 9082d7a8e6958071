"""Looking at a change from a page: its outlook, or why there is none, in the reader's language."""

from kb.errors import EmbedderUnavailable, InvalidArticle, InvalidSlang, UnknownArticle
from responder.changes import Change
from responder.errors import InvalidChange, InvalidThreshold, UnknownChannel
from responder.whatif import Outlook
from web.article_problems import problem_on_line, problem_text
from web.i18n import gettext as _
from web.outlook.forms import AnyTry
from web.outlook.page import OutlookPage, outlook_page
from web.services import services

REFUSALS = (
    UnknownArticle,
    InvalidArticle,
    InvalidChange,
    InvalidSlang,
    InvalidThreshold,
    UnknownChannel,
    EmbedderUnavailable,
)


def look(tried: AnyTry) -> OutlookPage | str:
    """The page's outlook, or one line that says why it cannot be."""
    try:
        found: Outlook = services().what_if.look(tried.change(), tried.scope())
    except REFUSALS as error:
        return explained(error)
    return outlook_page(found)


def look_ahead(change: Change) -> OutlookPage | None:
    """What it would do to past questions; None where nobody asked any."""
    what_if = services().what_if
    return outlook_page(what_if.look(change)) if what_if.has_questions() else None


def explained(error: Exception) -> str:
    match error:
        case UnknownArticle():
            return _("There is no such live article.")
        case InvalidArticle():
            return problem_on_line(error)
        case InvalidSlang():
            return problem_text(error)
        case InvalidChange():
            return error.problem
        case _:
            return str(error)
