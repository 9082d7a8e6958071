"""Articles that were changed in the folder and in the portal: both texts, and which one stays."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.conflicts import Conflict, Keep
from kb.diffs import diff_lines
from kb.errors import InvalidArticle
from kb.parsing import parse_stored
from web.accounts.gate import current_staff
from web.article_problems import problem_on_line
from web.editor.blueprint import bp
from web.editor.folding import fold
from web.editor.forms import ResolveForm
from web.editor.shelf import staff_names
from web.forms import FormProblems, read_form
from web.i18n import gettext as _
from web.services import services


@bp.get("/conflicts")
def conflicts() -> str:
    return render_template(
        "editor/conflicts.html", conflicts=services().working_copy.list_conflicts()
    )


@bp.get("/conflicts/<int:number>")
def conflict(number: int) -> str:
    return _page(services().working_copy.get_conflict(number))


@bp.post("/conflicts/<int:number>")
def resolve_conflict(number: int) -> Response | tuple[str, int]:
    found = services().working_copy.get_conflict(number)
    form = read_form(ResolveForm, request.form)
    if isinstance(form, FormProblems):
        return _page(found, "", next(iter(form.problems.values()))), HTTPStatus.UNPROCESSABLE_ENTITY
    if form.keep is Keep.TEXT:
        try:
            parse_stored(form.text, found.key)
        except InvalidArticle as invalid:
            return _page(
                found, form.text, problem_on_line(invalid)
            ), HTTPStatus.UNPROCESSABLE_ENTITY
    staff = current_staff()
    services().working_copy.resolve(number, form.keep, staff.email, form.text)
    services().accounts.audit.record(
        staff.email, "article.resolve", str(found.key), after={"keep": str(form.keep)}
    )
    told = _("Settled: folder and portal hold the same text. The other one is in the history.")
    flash(told, "success")
    return redirect(url_for("edit.conflicts"), HTTPStatus.SEE_OTHER)


def _page(found: Conflict, text: str = "", problem: str = "") -> str:
    file_source = found.file.source if found.file else ""
    return render_template(
        "editor/conflict.html",
        conflict=found,
        stretches=fold(diff_lines(file_source, found.portal.source)),
        names=staff_names(),
        text=text,
        problem=problem,
    )
