"""Answers drawn at random, one after the other, to be judged right or wrong."""

from http import HTTPStatus
from typing import Annotated

from flask import flash, redirect, render_template, request, url_for
from pydantic import Field
from werkzeug.wrappers import Response

from kb.models import HitKind
from responder.channels.formats import FORMATS
from responder.compose import short_answer
from responder.models import StaffName, Verdict
from responder.promise import least_reviews
from responder.review import Drawn, Scope
from responder.thresholds import ANY, PUBLIC
from web.accounts.gate import current_staff
from web.desk import words
from web.desk.blueprint import bp
from web.desk.forms import VerdictForm
from web.desk.ticket import ArticleChoice, article_choices
from web.forms import FormProblems, read_form
from web.i18n import gettext as _
from web.services import current_firm, services

MOST_OTHERS = 5
USUAL_SHARE = 0.02


class ReviewForm(VerdictForm):
    channel: Annotated[str, Field(max_length=20)] = ""
    lang: Annotated[str, Field(max_length=3)] = ""


@bp.get("/review")
def review() -> str:
    scope = _scope(request.args.get("channel", ""), request.args.get("lang", ""))
    return _page(scope, request.args.get("after", "")[:26])


@bp.post("/review/<decision_id>")
def record_review(decision_id: str) -> Response | tuple[str, int]:
    form = read_form(ReviewForm, request.form)
    if isinstance(form, FormProblems):
        flash(form.problems.get("right", _("Choose right or wrong.")), "danger")
        return redirect(url_for("desk.review"), HTTPStatus.SEE_OTHER)
    scope = _scope(form.channel, form.lang)
    person = current_staff()
    staff = StaffName(person.email, person.name)
    right = form.right_key if form.verdict is Verdict.WRONG else None
    services().responder.review.record(decision_id, form.verdict, staff, right)
    address = url_for("desk.review", channel=scope.channel or None, lang=scope.lang or None)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _page(scope: Scope, after: str) -> str:
    web = services()
    drawn = web.responder.review.draw(scope, after)
    published = drawn.published if drawn else None
    return render_template(
        "desk/review.html",
        scope=scope,
        drawn=drawn,
        answer=short_answer(published.article, drawn.decision.channel)
        if published and drawn
        else "",
        progress=web.responder.review.progress(scope),
        others=_others(drawn),
        choices=article_choices(web.library.list_published()),
        channels=[(key, words.channel_name(key)) for key in (ANY, PUBLIC, *FORMATS)],
        languages=current_firm().languages,
        words=words,
        least=least_reviews(USUAL_SHARE),
    )


def _others(drawn: Drawn | None) -> tuple[ArticleChoice, ...]:
    """What else the bot thought of: the right one is often among them."""
    if drawn is None:
        return ()
    found = (
        ArticleChoice(candidate.key, candidate.title)
        for candidate in drawn.decision.candidates
        if candidate.kind is HitKind.ARTICLE and candidate.key != drawn.decision.article
    )
    return tuple(found)[:MOST_OTHERS]


def _scope(channel: str, lang: str) -> Scope:
    known = channel in (ANY, PUBLIC, *FORMATS)
    return Scope(channel if known else "", lang if lang in current_firm().languages else "")
