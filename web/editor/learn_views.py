"""What to learn from customers: example questions to be, and topics that no article answers."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.models import ArticleKey
from responder.errors import SuggestionDecided, UnknownSuggestion
from responder.gaps import Gap
from responder.suggestions import Accepted
from responder.teachable import is_teachable
from web.accounts.gate import current_staff
from web.editor.blueprint import bp
from web.editor.forms import SuggestionsForm
from web.editor.gate import Move, gate
from web.editor.learning import look_at_adding
from web.forms import FormProblems, read_form
from web.i18n import gettext as _
from web.i18n import ngettext
from web.learned import record_accepted
from web.outlook.forms import Kind
from web.services import current_firm, services

DAYS = 30
MOST_GAPS = 50
# of a title that is only a beginning
LONGEST_PROPOSAL = 120


@bp.get("/learn")
def learn() -> str:
    web = services().responder
    suggested = web.suggestions.list_open()
    gaps = web.gaps.list_gaps(DAYS)
    return render_template(
        "editor/learn.html",
        suggested=suggested,
        count=sum(entry.count for entry in suggested),
        gaps=gaps[:MOST_GAPS],
        gap_count=len(gaps),
        days=DAYS,
        cases=current_firm().learn_after,
        example=Kind.EXAMPLE,
        begin=_beginning,
    )


@bp.post("/learn/accept")
def accept_suggestions() -> Response | str:
    form = read_form(SuggestionsForm, request.form)
    if isinstance(form, FormProblems):
        return _back(_("Choose a question."), "warning")
    by = current_staff().email
    suggestions = services().responder.suggestions
    try:
        (article, questions), *others = suggestions.list_questions(form.chosen).items()
        if others:
            return _back(_("Choose questions of one article."), "warning")
        page = None if form.confirmed else _gate(form.ids, article, questions)
        if page is not None:
            return page
        accepted = suggestions.accept(form.chosen, by)
    except (SuggestionDecided, UnknownSuggestion):
        return _back(_("Somebody was faster: this list is up to date now."), "warning")
    record_accepted(services(), accepted, by)
    for one in accepted:
        flash(_told(one), "success" if one.is_live else "info")
    return redirect(url_for("edit.learn"), HTTPStatus.SEE_OTHER)


@bp.post("/learn/decline")
def decline_suggestions() -> Response:
    form = read_form(SuggestionsForm, request.form)
    if isinstance(form, FormProblems):
        return _back(_("Choose a question."), "warning")
    by = current_staff().email
    try:
        services().responder.suggestions.decline(form.chosen, by)
    except UnknownSuggestion:
        return _back(_("Somebody was faster: this list is up to date now."), "warning")
    return _back(_("Declined: it is not suggested again."), "success")


def _gate(ids: str, article: ArticleKey, questions: Sequence[str]) -> str | None:
    """The page in between, where more would change than that these questions are answered."""
    seen = look_at_adding(article, questions)
    if seen is None:
        return None
    return gate(Move.LEARN, services().library.get_article(article), seen, ids=ids)


def _told(accepted: Accepted) -> str:
    number = len(accepted.questions)
    title = services().library.get_article(accepted.article).article.title
    if accepted.is_live:
        return ngettext(
            "Added to “%(title)s”: it answers with this question from now on.",
            "Added to “%(title)s”: it answers with these %(num)d questions from now on.",
            number,
            title=title,
        )
    return _(
        "Added to the draft of “%(title)s”: it counts once the draft is published.", title=title
    )


def _back(text: str, kind: str) -> Response:
    flash(text, kind)
    return redirect(url_for("edit.learn"), HTTPStatus.SEE_OTHER)


def _beginning(gap: Gap) -> str:
    """The address of a new article with what customers wrote, personal data left out."""
    questions = [text for text in (gap.typical, *gap.wordings) if is_teachable(text)]
    return url_for(
        "edit.new",
        lang=gap.lang,
        title=questions[0][:LONGEST_PROPOSAL] if questions else None,
        questions="\n".join(dict.fromkeys(questions)),
    )
