"""Beginning a new article, or the translation of one."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.errors import ArticleExists
from kb.frontmatter import new_source
from kb.models import Article, ArticleKey, Status
from kb.slugs import FreeKeys, slug_of
from web.accounts.gate import current_staff
from web.accounts.models import Staff
from web.editor.blueprint import bp
from web.editor.forms import LONGEST_BEGINNING, NewForm
from web.editor.shelf import list_categories
from web.forms import FormProblems, read_form
from web.i18n import gettext as _
from web.i18n import language_name
from web.services import current_firm, services


@bp.get("/new")
def new() -> str:
    sent = {name: request.args.get(name, "")[:LONGEST_BEGINNING] for name in NewForm.model_fields}
    return _page(sent, {})


@bp.post("/new")
def create() -> Response | tuple[str, int]:
    form = read_form(NewForm, request.form)
    if isinstance(form, FormProblems):
        return _refused(form.problems)
    key = ArticleKey(form.lang, form.slug or _proposal(form.lang, form.title))
    staff = current_staff()
    try:
        services().library.create(key, _source(form, staff), staff.email)
    except ArticleExists:
        return _refused({"slug": _("This address is taken already: choose another one.")})
    services().accounts.audit.record(staff.email, "article.create", str(key))
    return redirect(url_for("edit.article", lang=key.lang, slug=key.slug), HTTPStatus.SEE_OTHER)


def _source(form: NewForm, staff: Staff) -> str:
    """A translation begins with the original's words."""
    original = _original(form)
    return new_source(
        form.title,
        original.body if original else "",
        answer=original.answer if original else None,
        questions=[q for line in form.questions.splitlines() if (q := line.strip())] or None,
        category=form.category or (original.category if original else None),
        tags=list(original.tags) if original and original.tags else None,
        status=str(Status.DRAFT),
        owner=staff.email.partition("@")[0],
        translation_of=form.translation_of or None,
    )


def _original(form: NewForm) -> Article | None:
    if not form.translation_of:
        return None
    found = services().library.find_article(ArticleKey.parse(form.translation_of))
    return found.article if found else None


@bp.get("/slug")
def slug() -> dict[str, str]:
    """A free address for a title, while it is typed."""
    lang, title = request.args.get("lang", ""), request.args.get("title", "")[:300]
    languages = current_firm().languages
    return {"slug": _proposal(lang if lang in languages else languages[0], title) if title else ""}


def _proposal(lang: str, title: str) -> str:
    """The slug that the title gives, numbered when it is taken."""
    taken = [summary.key for summary in services().library.list_articles(lang)]
    return FreeKeys(taken).claim(lang, slug_of(title)).slug


def _refused(problems: Mapping[str, str]) -> tuple[str, int]:
    return _page(request.form.to_dict(), problems), HTTPStatus.UNPROCESSABLE_ENTITY


def _page(sent: Mapping[str, str], problems: Mapping[str, str]) -> str:
    firm = current_firm()
    return render_template(
        "editor/new.html",
        sent={**sent, "lang": sent.get("lang") or firm.default_lang},
        problems=problems,
        languages=firm.languages,
        language_choices=[(lang, language_name(lang)) for lang in firm.languages],
        categories=list_categories(sent.get("category", "")),
    )
