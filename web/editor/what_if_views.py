"""What an edit of one article would do to past questions, before it is published."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Response, render_template, request

from kb.models import ArticleKey
from kb.revisions import StoredArticle
from web.editor.blueprint import bp
from web.forms import FormProblems, read_form
from web.outlook.forms import OF_AN_ARTICLE, TRIES, Kind, kind_named
from web.outlook.looking import look
from web.outlook.page import CHOICES, OutlookPage, outlook_page
from web.outlook.requests import ArticleWhatIf
from web.outlook.serving import serve_json, serve_lines, wants_lines
from web.services import services


@bp.get("/<lang:lang>/<slug:slug>/what-if")
def what_if(lang: str, slug: str) -> str:
    return _page(services().library.get_article(ArticleKey(lang, slug)))


@bp.post("/<lang:lang>/<slug:slug>/what-if")
def try_edit(lang: str, slug: str) -> Response | str | tuple[str, int]:
    stored = services().library.get_article(ArticleKey(lang, slug))
    sent = request.form.copy()
    sent["article"] = str(stored.key)
    tried = read_form(TRIES[_kind()], sent)
    if isinstance(tried, FormProblems):
        return _page(stored, problems=tried.problems), HTTPStatus.UNPROCESSABLE_ENTITY
    if wants_lines():
        return serve_lines(
            tried.change(),
            tried.scope(),
            lambda outlook: {
                "html": render_template("outlook/part.html", seen=outlook_page(outlook))
            },
        )
    seen = look(tried)
    if isinstance(seen, str):
        return _page(stored, problems={"form": seen}), HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(stored, seen)


@bp.post("/what-if.json")
def what_if_json() -> Response:
    return serve_json(ArticleWhatIf)


def _kind() -> Kind:
    kind = kind_named(request.values.get("kind", ""), Kind.EXAMPLE)
    return kind if kind in OF_AN_ARTICLE else Kind.EXAMPLE


def _page(
    stored: StoredArticle,
    seen: OutlookPage | None = None,
    problems: Mapping[str, str] | None = None,
) -> str:
    return render_template(
        "editor/what_if.html",
        stored=stored,
        kind=_kind(),
        seen=seen,
        sent=request.values,
        problems=problems or {},
        choices=CHOICES,
    )
