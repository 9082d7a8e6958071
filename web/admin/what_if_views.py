"""What a change would do to past questions: any change, tried out before it is saved."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Response, render_template, request

from kb.embedders import EMBEDDERS
from responder.channels.formats import FORMATS
from responder.thresholds import ANY, PUBLIC
from web.admin.blueprint import bp
from web.desk.words import channel_name
from web.forms import FormProblems, read_form
from web.i18n import N_
from web.i18n import gettext as _
from web.outlook.forms import TRIES, AnyTry, Kind, kind_named
from web.outlook.looking import look
from web.outlook.page import CHOICES, OutlookPage, outlook_page
from web.outlook.requests import AnyWhatIf
from web.outlook.serving import serve_json, serve_lines, wants_lines
from web.services import services

KINDS: Mapping[Kind, tuple[str, str]] = {
    Kind.THRESHOLD: ("sliders", N_("Carefulness")),
    Kind.DRAFT: ("send", N_("Publish a draft")),
    Kind.GONE: ("eye-slash", N_("Take an article away")),
    Kind.EXAMPLE: ("chat-left-quote", N_("Example question")),
    Kind.SLANG: ("translate", N_("Slang")),
    Kind.EMBEDDER: ("cpu", N_("Another model")),
}


@bp.get("/what-if")
def what_if() -> str:
    return _page(None)


@bp.post("/what-if")
def try_change() -> Response | str | tuple[str, int]:
    tried = read_form(TRIES[_kind()], request.form)
    if isinstance(tried, FormProblems):
        return _page(None, tried.problems), HTTPStatus.UNPROCESSABLE_ENTITY
    if wants_lines():
        return _lines(tried)
    found = look(tried)
    if isinstance(found, str):
        return _page(None, {"form": found}), HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(found)


@bp.post("/what-if.json")
def what_if_json() -> Response:
    return serve_json(AnyWhatIf)


def _lines(tried: AnyTry) -> Response:
    return serve_lines(
        tried.change(),
        tried.scope(),
        lambda outlook: {"html": render_template("outlook/part.html", seen=outlook_page(outlook))},
    )


def _kind() -> Kind:
    return kind_named(request.values.get("kind", ""), Kind.THRESHOLD)


def _page(seen: OutlookPage | None, problems: Mapping[str, str] | None = None) -> str:
    articles = services().library.list_articles()
    return render_template(
        "admin/what_if.html",
        kind=_kind(),
        kinds=[(kind, icon, _(name)) for kind, (icon, name) in KINDS.items()],
        seen=seen,
        sent=request.values,
        problems=problems or {},
        choices=CHOICES,
        channels=[(key, channel_name(key)) for key in (ANY, PUBLIC, *FORMATS)],
        languages=services().responder.firm.get().languages,
        articles={str(summary.key): summary.title for summary in articles},
        embedders=[(name, name) for name in EMBEDDERS],
    )
