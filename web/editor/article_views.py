"""The page on which an article is written, previewed and saved."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from kb.errors import EditConflict, InvalidArticle
from kb.models import ArticleKey
from kb.parsing import parse_stored
from kb.revisions import StoredArticle
from web.accounts.gate import current_staff
from web.accounts.rights import PUBLISHING
from web.article_problems import problem_on_line
from web.desk.words import channel_name
from web.editor.blueprint import bp
from web.editor.channel_words import room_on, rooms_for
from web.editor.fields import apply, channel_texts, sent_values
from web.editor.forms import ArticleForm, BasedOnForm, SourceForm
from web.editor.lint_words import lint_text
from web.editor.move_views import ask_for_review, go_live
from web.editor.page import EditorPage, editor_page
from web.editor.publishing import may_publish
from web.editor.shelf import category_title, list_categories, list_owners, staff_names, today
from web.forms import FormProblems, read_form
from web.i18n import current_zone
from web.i18n import gettext as _
from web.services import services

FRAGMENT_HEADER = "X-Fragment"


@bp.get("/<lang:lang>/<slug:slug>")
def article(lang: str, slug: str) -> Response | str:
    key = ArticleKey(lang, slug)
    stored = services().library.find_article(key)
    moved = services().library.find_redirect(lang, slug) if stored is None else None
    if moved is not None:
        return redirect(url_for("edit.article", lang=moved.lang, slug=moved.slug))
    return shown(editor_page(stored or services().library.get_article(key)))


@bp.post("/<lang:lang>/<slug:slug>")
def save(lang: str, slug: str) -> Response | str | tuple[str, int]:
    """Save the fields or the source; `do` says what comes after."""
    stored = services().library.get_article(ArticleKey(lang, slug))
    written = _written(stored, request.form)
    if isinstance(written, EditorPage):
        return shown(written), HTTPStatus.UNPROCESSABLE_ENTITY
    source, based_on = written
    staff = current_staff()
    allowed = may_publish(staff, stored)
    try:
        saved = services().library.save(stored.key, source, by=staff.email, based_on=based_on)
    except EditConflict as conflict:
        target = url_for("edit.clash", lang=lang, slug=slug, mine=conflict.kept_as, base=based_on)
        return redirect(target, HTTPStatus.SEE_OTHER)
    if saved.number != stored.latest.number:
        services().accounts.audit.record(
            staff.email, "article.save", str(stored.key), after={"version": saved.number}
        )
    return _after_saving(stored, saved.number, may_go_live=allowed)


@bp.post("/<lang:lang>/<slug:slug>/preview")
def preview(lang: str, slug: str) -> str | tuple[str, int]:
    """What was typed, as customers would get it, with what the checks say. Saves nothing."""
    stored = services().library.get_article(ArticleKey(lang, slug))
    page = unsaved(stored, request.form)
    if FRAGMENT_HEADER in request.headers:
        return render_template("editor/check.html", page=page, lint_text=lint_text)
    return shown(page, is_unsaved=True)


def unsaved(stored: StoredArticle, sent: MultiDict[str, str]) -> EditorPage:
    """The editor with what was sent."""
    written = _written(stored, sent)
    if isinstance(written, EditorPage):
        return written
    source, based_on = written
    values = None if is_source() else sent_values(sent)
    return editor_page(stored, source=source, values=values, based_on=based_on)


def _written(stored: StoredArticle, sent: MultiDict[str, str]) -> tuple[str, int] | EditorPage:
    """The text sent and the revision it was based on, or the page that says what is wrong."""
    if is_source():
        return _written_source(stored, sent)
    form = read_form(ArticleForm, sent)
    if isinstance(form, FormProblems):
        return editor_page(
            stored, values=sent_values(sent), based_on=_based_on(), problems=form.problems
        )
    base = services().library.get_revision(stored.key, form.based_on or stored.latest.number)
    try:
        original = parse_stored(base.source, stored.key)
        channels = channel_texts(sent)
        text = apply(base.source, original, form, channels, current_zone())
        return _checked(text, stored), base.number
    except InvalidArticle as invalid:
        return editor_page(
            stored,
            values=sent_values(sent),
            based_on=base.number,
            problems={"form": problem_on_line(invalid)},
        )


def _written_source(
    stored: StoredArticle, sent: MultiDict[str, str]
) -> tuple[str, int] | EditorPage:
    form = read_form(SourceForm, sent)
    source = sent.get("source", "").replace("\r\n", "\n")
    if isinstance(form, FormProblems):
        return editor_page(stored, source=source, based_on=_based_on(), problems=form.problems)
    try:
        base = services().library.get_revision(stored.key, form.based_on or stored.latest.number)
        text = form.source.replace("\n", "\r\n") if "\r\n" in base.source else form.source
        return _checked(text, stored), base.number
    except InvalidArticle as invalid:
        problems = {"source": problem_on_line(invalid)}
        return editor_page(stored, source=source, based_on=form.based_on, problems=problems)


def _checked(source: str, stored: StoredArticle) -> str:
    """Raises InvalidArticle for a text that could not be read again."""
    parse_stored(source, stored.key)
    return source


def is_source() -> bool:
    return request.form.get("mode") == "source"


def _based_on() -> int | None:
    form = read_form(BasedOnForm, request.form)
    return form.based_on if isinstance(form, BasedOnForm) else None


def _after_saving(stored: StoredArticle, number: int, *, may_go_live: bool) -> Response | str:
    match request.form.get("do"):
        case "publish" if may_go_live:
            return go_live(stored.key, number)
        case "publish":
            flash(_("Saved. It waits for a review, so a reviewer publishes it."), "warning")
        case "review":
            return ask_for_review(stored.key)
        case _ if number == stored.latest.number:
            flash(_("Nothing was changed."), "info")
        case _ if stored.is_live:
            flash(_("Draft saved. Customers still see the live text."), "success")
        case _:
            flash(_("Draft saved. Customers do not see it yet."), "success")
    tab = "source" if is_source() else None
    target = url_for("edit.article", lang=stored.key.lang, slug=stored.key.slug, tab=tab)
    return redirect(target, HTTPStatus.SEE_OTHER)


def shown(page: EditorPage, *, is_unsaved: bool = False) -> str:
    summaries = services().library.list_articles()
    staff = current_staff()
    values = page.values
    return render_template(
        "editor/article.html",
        page=page,
        stored=page.stored,
        tab=_tab(page),
        may_publish=may_publish(staff, page.stored),
        is_reviewer=staff.has(*PUBLISHING),
        categories=list_categories(values.get("category", "")),
        category_title=category_title,
        owners=list_owners(summaries),
        names=staff_names(),
        rooms=rooms_for(values.get("answer", "")),
        room_on=room_on,
        channel_name=channel_name,
        lint_text=lint_text,
        keys=[s.key for s in summaries if s.key.lang != page.key.lang],
        today=today(),
        is_unsaved=is_unsaved,
    )


def _tab(page: EditorPage) -> str:
    wants_source = is_source() or request.args.get("tab") == "source"
    return "source" if page.unreadable or wants_source or not page.values else "fields"
