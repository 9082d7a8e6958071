"""One run of a golden set: its figures in words, what changed, and every question."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from responder.errors import InvalidGolden
from responder.evaluation.comparison import BETTER, WORSE, Turn
from responder.goldenqueue import AT_ONCE
from responder.goldenruns import GoldenRun, Outcome
from web.accounts.gate import current_staff
from web.accounts.rights import RIGHTS
from web.admin.blueprint import bp
from web.admin.golden_listing import ROWS
from web.admin.golden_words import outcome_name, outcome_tone, turn_name, turn_tone, who_ran
from web.desk.words import kind_name
from web.i18n import gettext as _
from web.paging import Leaf
from web.services import services


@bp.post("/golden/<int:set_id>/run")
def run_golden(set_id: int) -> Response:
    found = services().responder
    golden_set, by = found.golden.get_set(set_id), current_staff().email
    here = redirect(url_for("admin.golden_set", set_id=set_id), HTTPStatus.SEE_OTHER)
    if golden_set.questions > AT_ONCE:
        found.golden_queue.request(set_id, by)
        return here
    try:
        run = found.golden_runs.run(set_id, by)
    except InvalidGolden:
        flash(_("The set has no questions yet."), "warning")
        return here
    return redirect(url_for("admin.golden_run", run_id=run.id), HTTPStatus.SEE_OTHER)


@bp.get("/golden/<int:set_id>/waiting")
def golden_waiting(set_id: int) -> Response:
    """How far the worker is; once it is done, the page is loaded anew."""
    waiting = services().responder.golden_queue.find(set_id)
    response = make_response(render_template("admin/golden_waiting.html", waiting=waiting))
    if waiting is None:
        response.headers["HX-Refresh"] = "true"
    return response


@bp.get("/golden/runs/<int:run_id>")
def golden_run(run_id: int) -> str:
    found = services().responder
    run = found.golden_runs.get_run(run_id)
    earlier = [other for other in found.golden_runs.list_runs(run.set_id) if other.id < run.id]
    before = _chosen(earlier)
    rows = found.golden_runs.list_rows(run)
    wanted = request.args.get("outcome", "")
    shown = [row for row in rows if not wanted or row.outcome == wanted]
    leaf = Leaf.of(shown, request.args.get("page", 1, type=int), ROWS)
    return render_template(
        "admin/golden_run.html",
        run=run,
        golden_set=found.golden.get_set(run.set_id),
        before=before,
        earlier=earlier,
        compared=found.golden_runs.compare(before, run) if before else None,
        turns=tuple(Turn),
        better=BETTER,
        worse=WORSE,
        rows=leaf.rows,
        counts=[(kind, sum(row.outcome is kind for row in rows)) for kind in Outcome],
        wanted=wanted,
        page=leaf.page,
        pages=leaf.pages,
        rivals={row.graded.text: row.rivals for row in rows},
        kind_name=kind_name,
        outcome_name=outcome_name,
        outcome_tone=outcome_tone,
        turn_name=turn_name,
        turn_tone=turn_tone,
        who_ran=who_ran,
        may_try=current_staff().has(*RIGHTS["admin.try_text"]),
    )


def _chosen(earlier: Sequence[GoldenRun]) -> GoldenRun | None:
    """The run to compare with: the one asked for, else the last before."""
    wanted = request.args.get("against", type=int)
    asked = next((other for other in earlier if other.id == wanted), None)
    return asked or (earlier[0] if earlier else None)
