"""What customers' questions do to others once they are example questions of an article."""

from collections.abc import Callable, Sequence
from functools import partial

from kb.additions import with_questions
from kb.models import ArticleKey
from kb.text import spelling
from responder.changes import ArticleEdit
from responder.pleasantries import Pleasantries
from web.outlook.looking import look_ahead
from web.outlook.page import OutlookPage
from web.services import services


def look_at_adding(article: ArticleKey, questions: Sequence[str]) -> OutlookPage | None:
    """What it would change beside the article answering these questions; None where nothing is,
    or where they wait in a draft."""
    stored = services().library.get_article(article)
    if stored.published_revision != stored.latest.number:
        return None
    source = with_questions(stored.latest.source, article, questions)
    seen = look_ahead(ArticleEdit(article, source))
    if seen is None:
        return None
    heard, added = _hearing(), {spelling(question) for question in questions}
    others = [
        effect
        for effect in seen.outlook.effects.effects
        if effect.is_harm
        or effect.after.answers != (article,)
        or spelling(heard(effect.asked.question.text)) not in added
    ]
    return seen if others else None


def _hearing() -> Callable[[str], str]:
    """What is looked up of a question, by the routes and the wording of the moment."""
    pleasantries = Pleasantries.of(services().library.list_routes())
    return partial(pleasantries.taken_off, speech=services().responder.wording.speech())
