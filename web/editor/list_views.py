"""The list of articles, and beginning a new one."""

from datetime import datetime
from http import HTTPStatus

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.errors import ArticleExists
from kb.frontmatter import new_source
from kb.models import ArticleKey, Status
from kb.revisions import ArticleSummary
from web.accounts.gate import current_staff
from web.editor.blueprint import bp
from web.editor.forms import NewForm
from web.editor.listing import Show, Wanted, is_overdue, read_listing, show_named
from web.editor.slugs import slug_of
from web.forms import FormProblems, read_form
from web.help.addresses import current_shelf
from web.i18n import current_lang, current_zone
from web.i18n import gettext as _
from web.services import services


@bp.get("/")
def index() -> str:
    wanted = Wanted(
        show=show_named(request.args.get("show", "")),
        lang=request.args.get("lang", ""),
        category=request.args.get("category", ""),
        text=request.args.get("q", "").strip()[:200],
    )
    today = datetime.now(current_zone()).date()
    listing = read_listing(services().library.list_articles(), wanted, today)
    return render_template(
        "editor/index.html",
        listing=listing,
        shows=_show_names(),
        categories=category_choices(),
        languages=services().responder.firm.get().languages,
        category_title=category_title,
        is_overdue=lambda summary: is_overdue(summary, today),
        badge=_badge,
        conflicts=len(services().working_copy.list_conflicts()),
    )


@bp.get("/new")
def new() -> str:
    sent = {name: request.args.get(name, "")[:300] for name in NewForm.model_fields}
    return _new_page(sent, {})


@bp.post("/new")
def create() -> Response | tuple[str, int]:
    form = read_form(NewForm, request.form)
    if isinstance(form, FormProblems):
        page = _new_page(request.form.to_dict(), dict(form.problems))
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    slug = form.slug or slug_of(form.title)
    if not slug:
        problems = {"slug": _("Give the address a name in a-z and 0-9.")}
        return _new_page(request.form.to_dict(), problems), HTTPStatus.UNPROCESSABLE_ENTITY
    key = ArticleKey(form.lang, slug)
    source = new_source(
        form.title,
        questions=(form.question,) if form.question else None,
        lang=form.lang,
        category=form.category or None,
        status=str(Status.DRAFT),
        translation_of=form.translation_of or None,
    )
    try:
        services().library.create(key, source, current_staff().email)
    except ArticleExists:
        problems = {"slug": _("This address is taken already: choose another one.")}
        return _new_page(request.form.to_dict(), problems), HTTPStatus.UNPROCESSABLE_ENTITY
    services().accounts.audit.record(current_staff().email, "article.create", str(key))
    return redirect(
        url_for("edit.article", lang=key.lang, slug=key.slug), HTTPStatus.SEE_OTHER
    )


def category_choices() -> list[tuple[str, str]]:
    """Key and title of every category of the firm, in its order."""
    lang = current_lang()
    found = sorted(current_shelf().categories.values(), key=lambda c: (c.order, c.key))
    return [(category.key, category.title(lang)) for category in found]


def category_title(key: str | None) -> str:
    return current_shelf().category(key).title(current_lang()) if key else ""


def _new_page(sent: dict[str, str], problems: dict[str, str]) -> str:
    firm = services().responder.firm.get()
    return render_template(
        "editor/new.html",
        sent={**sent, "lang": sent.get("lang") or firm.default_lang},
        problems=problems,
        languages=firm.languages,
        categories=category_choices(),
    )


def _show_names() -> tuple[tuple[Show, str], ...]:
    return (
        (Show.ALL, _("All")),
        (Show.LIVE, _("Live")),
        (Show.DRAFT, _("Unpublished changes")),
        (Show.REVIEW, _("In review")),
        (Show.OVERDUE, _("Overdue")),
        (Show.ARCHIVED, _("Archived")),
    )


def _badge(summary: ArticleSummary) -> tuple[str, str]:
    """What a reader must know first: text and kind of the badge."""
    if summary.status is Status.ARCHIVED:
        return _("archived"), "muted"
    if summary.scheduled_at is not None:
        return _("scheduled"), "info"
    if summary.status is Status.REVIEW:
        return _("in review"), "info"
    if not summary.is_live:
        return _("draft"), "muted"
    return (_("live, with changes"), "info") if summary.has_draft else (_("live"), "good")
