"""The page on which an article is written, saved and previewed."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.errors import EditConflict, InvalidArticle, TextTooLong
from kb.frontmatter import edit, edit_body
from kb.markdown import render
from kb.models import ArticleKey, Status
from kb.parsing import parse_stored
from web.accounts.gate import current_staff
from web.accounts.rights import PUBLISHING
from web.editor.blueprint import bp
from web.editor.forms import (
    ArticleForm,
    BasedOnForm,
    SourceForm,
    changes_of,
    channel_texts,
    sent_values,
)
from web.editor.list_views import category_choices
from web.editor.lint_words import lint_text
from web.editor.page import EditorPage, answer_limits, editor_page
from web.editor.publishing import publish_latest
from web.forms import FormProblems, read_form
from web.i18n import gettext as _
from web.services import services


@bp.get("/<lang:lang>/<slug:slug>")
def article(lang: str, slug: str) -> str:
    stored = services().library.get_article(ArticleKey(lang, slug))
    number = request.args.get("text", type=int)
    if number is not None:
        chosen = services().library.get_revision(stored.key, number).source
        return _page(editor_page(stored, source=chosen))
    return _page(editor_page(stored))


@bp.post("/<lang:lang>/<slug:slug>")
def save(lang: str, slug: str) -> Response | tuple[str, int]:
    """Save the fields or the source; `do` says what comes after."""
    key = ArticleKey(lang, slug)
    written = _written(key)
    if not isinstance(written, tuple):
        return _page(written), HTTPStatus.UNPROCESSABLE_ENTITY
    source, based_on = written
    by = current_staff()
    try:
        saved = services().library.save(key, source, by=by.email, based_on=based_on)
    except EditConflict as conflict:
        return _conflict_page(key, source, conflict), HTTPStatus.CONFLICT
    except InvalidArticle as invalid:
        stored = services().library.get_article(key)
        problems = {"source": _("Line %(line)s: %(problem)s", line=invalid.line, problem=invalid.problem)}
        page = editor_page(stored, source=source, based_on=based_on, problems=problems)
        return _page(page), HTTPStatus.UNPROCESSABLE_ENTITY
    return _after_saving(key, saved.number)


@bp.post("/preview")
def preview() -> str:
    """The text as customers will see it, by the renderer of the help centre."""
    body = request.form.get("body", "").replace("\r\n", "\n")
    try:
        html = render(body)
    except TextTooLong as error:
        return render_template("editor/preview.html", problem=str(error))
    is_part = "HX-Request" in request.headers
    return render_template(
        "editor/preview.html" if is_part else "editor/preview_page.html",
        title=request.form.get("title", ""),
        answer=" ".join(request.form.get("answer", "").split()),
        html=html,
    )


def _written(key: ArticleKey) -> tuple[str, int] | EditorPage:
    """The text to save and the revision it was based on, or the page that says what is wrong."""
    stored = services().library.get_article(key)
    if request.form.get("mode") == "source":
        raw = read_form(SourceForm, request.form)
        if isinstance(raw, FormProblems):
            problems = {"source": next(iter(raw.problems.values()))}
            sent = request.form.get("source", "")
            return editor_page(stored, source=sent, based_on=_based_on(), problems=problems)
        return raw.source, raw.based_on
    form = read_form(ArticleForm, request.form)
    if isinstance(form, FormProblems):
        values = sent_values(request.form)
        return editor_page(
            stored, values=values, based_on=_based_on(), problems=form.problems
        )
    base = services().library.get_revision(key, form.based_on or stored.latest.number)
    original = parse_stored(base.source, key)
    source = edit(base.source, changes_of(original, form, channel_texts(request.form)))
    if form.body.rstrip("\n") != original.body.replace("\r\n", "\n").rstrip("\n"):
        source = edit_body(source, form.body if form.body.endswith("\n") else form.body + "\n")
    return source, base.number


def _based_on() -> int | None:
    form = read_form(BasedOnForm, request.form)
    return None if isinstance(form, FormProblems) else form.based_on


def _after_saving(key: ArticleKey, number: int) -> Response:
    staff = current_staff()
    wanted = request.form.get("do", "save")
    if wanted == "publish" and staff.has(*PUBLISHING):
        publish_latest(key, staff, based_on=number)
    elif wanted == "review":
        services().library.request_review(key, staff.email)
        flash(_("Saved. A reviewer can publish it now."), "success")
    else:
        flash(_("Saved as a draft. Customers still see the live text."), "success")
    target = url_for(
        "edit.article",
        lang=key.lang,
        slug=key.slug,
        tab="source" if request.form.get("mode") == "source" else None,
    )
    return redirect(target, HTTPStatus.SEE_OTHER)


def _page(page: EditorPage) -> str:
    staff = current_staff()
    return render_template(
        "editor/article.html",
        page=page,
        stored=page.stored,
        tab=_tab(page),
        may_publish=staff.has(*PUBLISHING),
        is_archived=page.stored.status is Status.ARCHIVED,
        categories=category_choices(),
        owners=_owners(),
        names={person.email: person.name for person in services().accounts.list_staff()},
        limits=answer_limits(),
        lint_text=lint_text,
        channels=_channels(page),
        may_review=not staff.has(*PUBLISHING),
        keys=[summary.key for summary in services().library.list_articles()],
        site_url=services().settings.site.url,
    )


def _tab(page: EditorPage) -> str:
    if page.unreadable or request.form.get("mode") == "source":
        return "source"
    return "source" if request.args.get("tab") == "source" else "fields"


def _owners() -> list[str]:
    return [person.email.partition("@")[0] for person in services().accounts.list_staff()]


def _channels(page: EditorPage) -> list[str]:
    """Those with little room, and those that have a text of their own already."""
    own = list(page.values.get("channels", {}))
    return list(dict.fromkeys([*own, "x", "instagram_comment"]))


def _conflict_page(key: ArticleKey, source: str, conflict: EditConflict) -> str:
    library = services().library
    latest = library.get_revision(key, conflict.latest)
    return render_template(
        "editor/conflict.html",
        key=key,
        mine=source,
        kept_as=conflict.kept_as,
        latest=latest,
        lines=library.diff(key, conflict.latest, conflict.kept_as) if conflict.kept_as else (),
        names={person.email: person.name for person in services().accounts.list_staff()},
    )
