"""Moves of an article: review, publish, archive, bring back, rename, throw a draft away."""

from http import HTTPStatus

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from kb.errors import ArticleExists, IllegalMove, InvalidSlug
from kb.models import ArticleKey
from web.accounts.gate import current_staff
from web.editor.blueprint import bp
from web.editor.forms import BasedOnForm, RenameForm
from web.editor.publishing import publish_latest
from web.forms import FormProblems, read_form
from web.i18n import gettext as _
from web.services import services


@bp.post("/<lang:lang>/<slug:slug>/review")
def request_review(lang: str, slug: str) -> Response:
    key = ArticleKey(lang, slug)
    services().library.request_review(key, current_staff().email)
    flash(_("A reviewer can publish it now."), "success")
    return _to(key)


@bp.post("/<lang:lang>/<slug:slug>/publish")
def publish(lang: str, slug: str) -> Response:
    key = ArticleKey(lang, slug)
    form = read_form(BasedOnForm, request.form)
    based_on = 0 if isinstance(form, FormProblems) else form.based_on
    latest = services().library.get_article(key).latest.number
    publish_latest(key, current_staff(), based_on=based_on or latest)
    return _to(key)


@bp.post("/<lang:lang>/<slug:slug>/archive")
def archive(lang: str, slug: str) -> Response:
    key = ArticleKey(lang, slug)
    services().library.archive(key, current_staff().email)
    _audit("article.archive", key)
    flash(_("Archived: customers no longer see it. Its history is kept."), "success")
    return _to(key)


@bp.post("/<lang:lang>/<slug:slug>/restore/<int:number>")
def restore(lang: str, slug: str, number: int) -> Response:
    key = ArticleKey(lang, slug)
    services().library.restore(key, number, current_staff().email)
    _audit("article.restore", key, version=number)
    flash(_("Version %(number)s is the draft now. Publish it to make it live.", number=number), "success")
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
    except InvalidSlug:
        flash(_("Use a-z, 0-9 and hyphens only, such as parcel-not-arrived."), "danger")
        return _to(key)
    except ArticleExists:
        flash(_("This address is taken already: choose another one."), "danger")
        return _to(key)
    _audit("article.rename", new, old=str(key))
    flash(_("Renamed: the old address leads to the new one."), "success")
    return _to(new)


def _audit(action: str, key: ArticleKey, **facts: object) -> None:
    services().accounts.audit.record(current_staff().email, action, str(key), after=facts)


def _to(key: ArticleKey) -> Response:
    return redirect(url_for("edit.article", lang=key.lang, slug=key.slug), HTTPStatus.SEE_OTHER)
