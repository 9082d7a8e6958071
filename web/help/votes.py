"""'Did this help?' on articles and answers; "no" asks why."""

from flask import Response, current_app, redirect, render_template, request, url_for
from itsdangerous import BadData, URLSafeTimedSerializer
from pydantic import Field
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from kb.errors import UnknownArticle
from kb.models import ArticleKey
from web.forms import Form, FormProblems, read_form
from web.help.addresses import current_shelf
from web.help.blueprint import help_pages
from web.help.pages import Vote
from web.i18n import N_
from web.i18n import gettext as _
from web.limits import hold
from web.services import services

BALLOT_SECONDS = 3600
REASONS = {
    "other_topic": N_("It is about something else"),
    "unclear": N_("I do not understand it"),
    "did_not_work": N_("I tried it and it did not work"),
    "outdated": N_("It is out of date or wrong"),
}


class VoteForm(Form):
    helped: str = Field(pattern="^(yes|no)$")
    reason: str = Field("", max_length=20)
    words: str = Field("", max_length=1000)
    ballot: str = Field("", max_length=200)

    @property
    def why(self) -> str:
        """The chosen reason's code, then the visitor's own words."""
        known = self.reason if self.reason in REASONS else ""
        return ": ".join(part for part in (known, self.words) if part)


def article_vote(key: ArticleKey, said: str, ballot: str = "") -> Vote:
    return Vote(
        anchor="helpful",
        url=url_for("help.vote_on_article", lang=key.lang, slug=key.slug),
        contact_url=url_for("help.contact", lang=key.lang),
        said=said if said in ("yes", "no", "why") else "",
        ballot=ballot or request.args.get("ballot", "")[:200],
        reasons=_reasons(),
    )


def answer_vote(decision: str, lang: str, said: str) -> Vote:
    return Vote(
        anchor=f"helpful-{decision}",
        url=url_for("help.vote_on_answer", lang=lang, decision=decision),
        contact_url=url_for("help.contact", lang=lang),
        said=said,
        reasons=_reasons(),
    )


def _reasons() -> tuple[tuple[str, str], ...]:
    return tuple((code, _(label)) for code, label in REASONS.items())


@help_pages.post("/<lang:lang>/articles/<slug:slug>/vote")
def vote_on_article(lang: str, slug: str) -> AnyResponse:
    key = ArticleKey(lang, slug)
    if current_shelf().find(key) is None:
        raise UnknownArticle(key)
    form = _read()
    said, ballot = _count(form, key)
    if _is_part():
        return _part(article_vote(key, said, ballot))
    page = url_for("help.article", lang=lang, slug=slug, helped=said, ballot=ballot or None)
    return redirect(f"{page}#helpful", code=303)


def _count(form: VoteForm, key: ArticleKey) -> tuple[str, str]:
    """What to say next, and the ballot that an explanation belongs to."""
    feedback = services().responder.feedback
    earlier = _find_ballot(form.ballot, key)
    if form.why and earlier is not None:
        feedback.explain(earlier, form.why)
        return "why", ""
    vote_id = feedback.record(key, form.helped == "yes", form.why)
    if form.helped == "yes":
        return "yes", ""
    return ("why", "") if form.why else ("no", _ballots().dumps([str(key), vote_id]))


def _find_ballot(ballot: str, key: ArticleKey) -> int | None:
    try:
        article, vote_id = _ballots().loads(ballot, max_age=BALLOT_SECONDS)
    except (BadData, ValueError):
        return None
    return vote_id if article == str(key) and isinstance(vote_id, int) else None


def _ballots() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="ballot")


@help_pages.post("/<lang:lang>/answers/<decision>/vote")
def vote_on_answer(lang: str, decision: str) -> AnyResponse:
    form = _read()
    services().responder.feedback.record(decision, form.helped == "yes", form.why)
    said = "yes" if form.helped == "yes" else "why" if form.why else "no"
    if _is_part():
        return _part(answer_vote(decision, lang, said))
    return redirect(f"{url_for('help.ask', lang=lang)}#helpful-{decision}", code=303)


def _read() -> VoteForm:
    hold("vote")
    form = read_form(VoteForm, request.form)
    if isinstance(form, FormProblems):
        raise BadRequest
    return form


def _is_part() -> bool:
    return request.headers.get("HX-Request") == "true"


def _part(vote: Vote) -> Response:
    return Response(render_template("help/helpful.html", vote=vote))
