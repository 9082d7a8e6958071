"""The agents' queue and the page of one conversation."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.models import HitKind
from responder.compose import short_answer
from responder.errors import ResponderError, TicketTaken
from responder.models import StaffName, TicketState
from web.accounts.gate import current_staff
from web.desk import decision_views, review_views, words
from web.desk.blueprint import bp
from web.desk.forms import NoteForm, ReplyForm, TakeForm, VerdictForm
from web.desk.part import Part, render_part
from web.desk.queue import Queue, View, read_queue, view_named
from web.desk.ticket import ArticleChoice, article_choices, ticket_page
from web.forms import FormProblems, read_form
from web.i18n import gettext as _
from web.services import services

MOST_PICKED = 6
LONGEST_SEARCH = 300
desk_pages = bp
__all__ = ["decision_views", "desk_pages", "review_views"]


@bp.get("/")
def index() -> str:
    queue = _queue()
    return render_template(
        "desk/index.html", queue=queue, views=_view_names(), listed=_listed(queue)
    )


@bp.get("/part")
def queue_part() -> Response:
    return _listed(_queue()).response()


@bp.get("/tickets/<public_id>")
def ticket(public_id: str) -> str:
    return _ticket_html(public_id)


@bp.get("/tickets/<public_id>/part")
def ticket_part(public_id: str) -> Response:
    return _transcript(public_id).response()


@bp.get("/articles")
def pick_article() -> str:
    """Articles for the reply, found by the matcher itself."""
    text = request.args.get("q", "")[:LONGEST_SEARCH].strip()
    channel = request.args.get("channel", "web")
    return render_template("desk/picked.html", picked=_picked(text, channel), text=text)


@bp.post("/tickets/<public_id>/take")
def take(public_id: str) -> Response:
    form = read_form(TakeForm, request.form)
    take_over = not isinstance(form, FormProblems) and form.take_over
    try:
        services().responder.inbox.take(public_id, _me(), take_over)
        flash(_("The conversation is yours."), "success")
    except TicketTaken as taken:
        flash(_("%(who)s was faster.", who=_name(taken.assignee)), "warning")
    return _to_ticket(public_id)


@bp.post("/tickets/<public_id>/release")
def release(public_id: str) -> Response:
    services().responder.inbox.release(public_id, _me())
    flash(_("The conversation is back in the queue."), "success")
    return redirect(url_for("desk.index"), HTTPStatus.SEE_OTHER)


@bp.post("/tickets/<public_id>/reply")
def reply(public_id: str) -> Response | tuple[str, int]:
    form = read_form(ReplyForm, request.form)
    if isinstance(form, FormProblems):
        problem = form.problems.get("text", _("Please write a reply."))
        return _refused(public_id, problem)
    inbox = services().responder.inbox
    try:
        inbox.reply(public_id, _me(), form.text, form.article_key)
    except TicketTaken as taken:
        return _refused(public_id, _("%(who)s has this now.", who=_name(taken.assignee)))
    except ResponderError as error:
        return _refused(public_id, str(error))
    if form.solve:
        inbox.solve(public_id, _me())
        flash(_("Sent, and solved."), "success")
        return redirect(url_for("desk.index", view=View.MINE), HTTPStatus.SEE_OTHER)
    flash(_("Sent."), "success")
    return _to_ticket(public_id)


@bp.post("/tickets/<public_id>/note")
def note(public_id: str) -> Response | tuple[str, int]:
    form = read_form(NoteForm, request.form)
    if isinstance(form, FormProblems):
        flash(_("A note needs some words."), "warning")
        return _to_ticket(public_id)
    services().responder.inbox.note(public_id, _me(), form.text)
    flash(_("Noted. Customers do not see it."), "success")
    return _to_ticket(public_id)


@bp.post("/tickets/<public_id>/solve")
def solve(public_id: str) -> Response:
    services().responder.inbox.solve(public_id, _me())
    flash(_("Solved. If the customer writes again, it comes back."), "success")
    return redirect(url_for("desk.index"), HTTPStatus.SEE_OTHER)


@bp.post("/tickets/<public_id>/reopen")
def reopen(public_id: str) -> Response:
    services().responder.inbox.reopen(public_id, _me())
    flash(_("The conversation is open again, and yours."), "success")
    return _to_ticket(public_id)


@bp.post("/tickets/<public_id>/decisions/<decision_id>/verdict")
def verdict(public_id: str, decision_id: str) -> Response:
    form = read_form(VerdictForm, request.form)
    if isinstance(form, FormProblems):
        flash(form.problems.get("right", _("Choose right or wrong.")), "danger")
        return _to_ticket(public_id)
    services().responder.inbox.record_verdict(decision_id, form.verdict, _me(), form.right_key)
    services().accounts.audit.record(
        current_staff().email,
        "ticket.verdict",
        public_id,
        after={"verdict": str(form.verdict), "right": str(form.right_key or "")},
    )
    flash(_("Thank you: this is how the bot gets better."), "success")
    return _to_ticket(public_id)


def _queue() -> Queue:
    web = services().responder
    return read_queue(
        web.inbox,
        view=view_named(request.args.get("view", "")),
        text=request.args.get("q", "")[:LONGEST_SEARCH].strip(),
        email=current_staff().email,
        now=web.clock(),
    )


def _listed(queue: Queue) -> Part:
    return render_part(
        "desk/queue.html", queue=queue, names=_names(), words=words, solved=TicketState.SOLVED
    )


def _ticket_html(public_id: str, *, problem: str = "", text: str = "", article: str = "") -> str:
    view = services().responder.inbox.get_ticket(public_id)
    return render_template(
        "desk/ticket.html",
        page=ticket_page(view, current_staff().email),
        transcript=_transcript(public_id),
        now=services().responder.clock(),
        names=_names(),
        words=words,
        problem=problem,
        text=text,
        article=article,
        choices=article_choices(services().library.list_published()),
    )


def _transcript(public_id: str) -> Part:
    view = services().responder.inbox.get_ticket(public_id)
    return render_part(
        "desk/transcript.html", page=ticket_page(view, current_staff().email), names=_names()
    )


def _refused(public_id: str, problem: str) -> tuple[str, int]:
    html = _ticket_html(
        public_id,
        problem=problem,
        text=request.form.get("text", ""),
        article=request.form.get("article", ""),
    )
    return html, HTTPStatus.UNPROCESSABLE_ENTITY


def _picked(text: str, channel: str) -> tuple[ArticleChoice, ...]:
    if not text:
        return ()
    web = services()
    live = {published.key: published.article for published in web.library.list_published()}
    hits = (hit for hit in web.searcher.search(text) if hit.kind is HitKind.ARTICLE)
    found = [live[hit.key] for hit in hits if hit.key in live][:MOST_PICKED]
    return tuple(
        ArticleChoice(
            key=article.key,
            title=article.title,
            answer=short_answer(article, channel),
            link=web.responder.links.article(article.key),
        )
        for article in found
    )


def _me() -> StaffName:
    staff = current_staff()
    return StaffName(staff.email, staff.name)


def _names() -> dict[str, str]:
    return {person.email: person.name for person in services().accounts.list_staff()}


def _name(email: str) -> str:
    return _names().get(email, email)


def _view_names() -> tuple[tuple[View, str], ...]:
    return (
        (View.NEW, _("New")),
        (View.MINE, _("Mine")),
        (View.ALL, _("All open")),
        (View.SOLVED, _("Solved")),
    )


def _to_ticket(public_id: str) -> Response:
    return redirect(url_for("desk.ticket", public_id=public_id), HTTPStatus.SEE_OTHER)
