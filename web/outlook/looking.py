"""Looking at a change from a page: its outlook, or why there is none, in the reader's language."""

from kb.errors import EmbedderUnavailable, InvalidArticle, UnknownArticle
from responder.errors import InvalidChange, InvalidThreshold, UnknownChannel
from responder.whatif import Outlook
from web.article_problems import problem_on_line
from web.i18n import gettext as _
from web.outlook.forms import AnyTry
from web.outlook.page import OutlookPage, outlook_page
from web.services import services

REFUSALS = (
    UnknownArticle,
    InvalidArticle,
    InvalidChange,
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


def explained(error: Exception) -> str:
    match error:
        case UnknownArticle():
            return _("There is no such live article.")
        case InvalidArticle():
            return problem_on_line(error)
        case InvalidChange():
            return error.problem
        case _:
            return str(error)
