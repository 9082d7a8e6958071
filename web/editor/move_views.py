"""Moves of an article: review, publish, archive, bring back, rename, throw a draft away."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.errors import ArticleExists, EditConflict, IllegalMove
from kb.models import ArticleKey
from kb.revisions import StoredArticle
from responder.changes import ArticleEdit
from web.accounts.gate import current_staff
from web.editor.blueprint import bp
from web.editor.forms import ArchiveForm, KnowinglyForm, PublishForm, RenameForm, SendBackForm
from web.editor.gate import Move, gate, look_at_absence
from web.editor.lint_words import lint_text
from web.editor.page import has_errors, problems_of
from web.editor.publishing import may_publish
from web.editor.publishing import publish as publish_article
from web.forms import FormProblems, read_form
from web.i18n import format_datetime
from web.i18n import gettext as _
from web.outlook.looking import look_ahead
from web.outlook.page import OutlookPage
from web.services import services


@bp.post("/<lang:lang>/<slug:slug>/publish")
def publish(lang: str, slug: str) -> Response | str:
    key = ArticleKey(lang, slug)
    stored = services().library.get_article(key)
    form = read_form(PublishForm, request.form)
    if isinstance(form, FormProblems):
        abort(400)
    if not may_publish(current_staff(), stored):
        abort(403)
    return go_live(key, form.based_on or stored.latest.number, confirmed=form.confirmed)


@bp.get("/<lang:lang>/<slug:slug>/publish")
def confirm_publish(lang: str, slug: str) -> str:
    """What the checks found, and what the text would do to questions of the past."""
    stored = services().library.get_article(ArticleKey(lang, slug))
    return _gate(stored, look_ahead(_going_live(stored)))


def go_live(key: ArticleKey, number: int, *, confirmed: bool = False) -> Response | str:
    """Publish that revision, unless there is something that nobody has looked at yet."""
    stored = services().library.get_article(key)
    if not confirmed and has_errors(problems_of(stored.article)):
        target = url_for("edit.confirm_publish", lang=key.lang, slug=key.slug)
        return redirect(target, HTTPStatus.SEE_OTHER)
    seen = None if confirmed else look_ahead(_going_live(stored))
    if seen is not None and seen.outlook.effects.effects:
        return _gate(stored, seen)
    return _publish(key, number, knowingly=confirmed)


def _going_live(stored: StoredArticle) -> ArticleEdit:
    return ArticleEdit(stored.key, stored.latest.source)


def _gate(stored: StoredArticle, seen: OutlookPage | None) -> str:
    problems = problems_of(stored.article)
    return render_template(
        "editor/confirm.html",
        stored=stored,
        problems=problems,
        misleads=has_errors(problems),
        lint_text=lint_text,
        seen=seen,
        may_publish=may_publish(current_staff(), stored),
    )


def _publish(key: ArticleKey, number: int, *, knowingly: bool) -> Response:
    try:
        published = publish_article(key, current_staff(), based_on=number, knowingly=knowingly)
    except EditConflict:
        flash(_("Somebody saved a newer text meanwhile: look at it before publishing."), "warning")
        return _to(key)
    except IllegalMove:
        flash(_("In this state it cannot be published: bring it back first."), "warning")
        return _to(key)
    if published.scheduled_at is not None:
        when = format_datetime(published.scheduled_at)
        flash(_("It goes live by itself on %(when)s.", when=when), "success")
    else:
        flash(_("Published: customers and the bot have it now."), "success")
    return _to(key)


@bp.post("/<lang:lang>/<slug:slug>/review")
def request_review(lang: str, slug: str) -> Response:
    return ask_for_review(ArticleKey(lang, slug))


def ask_for_review(key: ArticleKey) -> Response:
    try:
        services().library.request_review(key, current_staff().email)
    except IllegalMove:
        flash(_("There is no draft to look at: what is live is the latest text."), "info")
        return _to(key)
    _audit("article.review", key)
    flash(_("It waits for a reviewer now."), "success")
    return _to(key)


@bp.post("/<lang:lang>/<slug:slug>/send-back")
def send_back(lang: str, slug: str) -> Response:
    """A reviewer asks for changes, or the writer takes the text back."""
    key = ArticleKey(lang, slug)
    form = read_form(SendBackForm, request.form)
    reason = "" if isinstance(form, FormProblems) else " ".join(form.reason.split())
    try:
        services().library.send_back(key, current_staff().email, reason)
    except IllegalMove:
        flash(_("It does not wait for a review any more."), "info")
        return _to(key)
    _audit("article.send_back", key, reason=reason)
    flash(_("It is a draft again."), "success")
    return _to(key)


@bp.post("/<lang:lang>/<slug:slug>/withdraw")
def withdraw(lang: str, slug: str) -> Response | str:
    stored = services().library.get_article(ArticleKey(lang, slug))
    knowingly = _is_confirmed()
    seen = None if knowingly else look_at_absence(stored)
    if seen is not None:
        return gate(Move.WITHDRAW, stored, seen)
    try:
        services().library.withdraw(stored.key, current_staff().email)
    except IllegalMove:
        flash(_("It is not live."), "info")
        return _to(stored.key)
    _audit("article.withdraw", stored.key, **_known(knowingly))
    flash(_("Taken offline: it is a draft again."), "success")
    return _to(stored.key)


@bp.post("/<lang:lang>/<slug:slug>/archive")
def archive(lang: str, slug: str) -> Response | str:
    stored = services().library.get_article(ArticleKey(lang, slug))
    form = read_form(ArchiveForm, request.form)
    successor = form.replaced_by if isinstance(form, ArchiveForm) else None
    if successor is None or (successor and not _is_live(ArticleKey(lang, successor))):
        flash(_("There is no live article with that address in this language."), "danger")
        return _to(stored.key)
    knowingly = _is_confirmed()
    seen = None if knowingly else look_at_absence(stored)
    if seen is not None:
        return gate(Move.ARCHIVE, stored, seen, replaced_by=successor)
    services().library.archive(stored.key, current_staff().email, successor or None)
    _audit("article.archive", stored.key, replaced_by=successor, **_known(knowingly))
    flash(_("Archived: customers no longer see it. Its history is kept."), "success")
    return _to(stored.key)


@bp.post("/<lang:lang>/<slug:slug>/restore/<int:number>")
def restore(lang: str, slug: str, number: int) -> Response:
    key = ArticleKey(lang, slug)
    if number not in {revision.number for revision in services().library.list_revisions(key)}:
        abort(404)
    services().library.restore(key, number, current_staff().email)
    _audit("article.restore", key, version=number)
    text = _("Version %(number)s is the draft now. Publish it to make it live.", number=number)
    flash(text, "success")
    return _to(key)


@bp.post("/<lang:lang>/<slug:slug>/discard")
def discard(lang: str, slug: str) -> Response:
    key = ArticleKey(lang, slug)
    try:
        services().library.discard_draft(key)
    except IllegalMove:
        flash(_("There is no live text to go back to."), "warning")
        return _to(key)
    _audit("article.discard", key)
    flash(_("The draft is thrown away; it stays in the history."), "success")
    return _to(key)


@bp.post("/<lang:lang>/<slug:slug>/rename")
def rename(lang: str, slug: str) -> Response:
    key = ArticleKey(lang, slug)
    form = read_form(RenameForm, request.form)
    if isinstance(form, FormProblems):
        flash(form.problems["slug"], "danger")
        return _to(key)
    try:
        new = services().library.rename(key, form.slug, current_staff().email)
    except ArticleExists:
        flash(_("This address is taken already: choose another one."), "danger")
        return _to(key)
    if new != key:
        _audit("article.rename", new, old=str(key))
        flash(_("Renamed: the old address leads to the new one."), "success")
    return _to(new)


def _is_confirmed() -> bool:
    form = read_form(KnowinglyForm, request.form)
    return isinstance(form, KnowinglyForm) and form.confirmed


def _known(knowingly: bool) -> dict[str, bool]:
    return {"knowingly": True} if knowingly else {}


def _is_live(key: ArticleKey) -> bool:
    return services().library.find_published(key) is not None


def _audit(action: str, key: ArticleKey, **facts: object) -> None:
    services().accounts.audit.record(current_staff().email, action, str(key), after=facts)


def _to(key: ArticleKey) -> Response:
    return redirect(url_for("edit.article", lang=key.lang, slug=key.slug), HTTPStatus.SEE_OTHER)
