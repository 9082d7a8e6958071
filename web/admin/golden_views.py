"""Golden sets: reviewed questions, edited, read from files, written to files, run."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.utils import secure_filename
from werkzeug.wrappers import Response as AnyResponse

from responder.errors import InvalidGolden
from responder.golden import GoldenSet
from responder.goldenfile import UnusableGoldenFile
from responder.judgedgolden import judged_lines
from web.accounts.gate import current_staff
from web.accounts.rights import RIGHTS
from web.admin.blueprint import bp
from web.admin.forms import GoldenNameForm, GoldenQuestionForm
from web.admin.golden_listing import NAMES, Filters, listing_of
from web.admin.golden_words import (
    fault_text,
    outcome_name,
    outcome_tone,
    presence_name,
    who_ran,
)
from web.forms import FormProblems, read_form
from web.i18n import gettext as _
from web.i18n import ngettext
from web.services import services

MOST_MISSING = 5


@bp.get("/golden")
def golden() -> str:
    return _list_page()


@bp.post("/golden")
def create_golden() -> AnyResponse | tuple[str, int]:
    form = read_form(GoldenNameForm, request.form)
    if isinstance(form, FormProblems):
        return _list_page(form.problems), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        made = services().responder.golden.create(form.name, current_staff().email)
    except InvalidGolden:
        problems = {"name": _("There is a set of that name already.")}
        return _list_page(problems), HTTPStatus.UNPROCESSABLE_ENTITY
    _record("golden.create", made.name)
    return _to(made.id)


@bp.get("/golden/<int:set_id>")
def golden_set(set_id: int) -> str:
    return _set_page(set_id)


@bp.post("/golden/<int:set_id>/rename")
def rename_golden(set_id: int) -> AnyResponse | tuple[str, int]:
    form = read_form(GoldenNameForm, request.form)
    if isinstance(form, FormProblems):
        return _set_page(set_id, form.problems), HTTPStatus.UNPROCESSABLE_ENTITY
    before = services().responder.golden.get_set(set_id)
    try:
        made = services().responder.golden.rename(set_id, form.name)
    except InvalidGolden:
        problems = {"name": _("There is a set of that name already.")}
        return _set_page(set_id, problems), HTTPStatus.UNPROCESSABLE_ENTITY
    _record("golden.rename", before.name, after={"name": made.name})
    flash(_("Saved."), "success")
    return _to(set_id)


@bp.post("/golden/<int:set_id>/delete")
def delete_golden(set_id: int) -> AnyResponse:
    found = services().responder.golden.get_set(set_id)
    services().responder.golden.delete(set_id)
    _record("golden.delete", found.name, before={"questions": found.questions})
    flash(_("The set %(name)s is deleted.", name=found.name), "success")
    return redirect(url_for("admin.golden"), HTTPStatus.SEE_OTHER)


@bp.post("/golden/<int:set_id>/questions")
def add_golden_question(set_id: int) -> AnyResponse | tuple[str, int]:
    found = services().responder.golden.get_set(set_id)
    problems = _keep_question(found, None)
    if problems:
        return _set_page(set_id, problems), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("The question is added."), "success")
    return _to(set_id)


@bp.post("/golden/questions/<int:question_id>")
def edit_golden_question(question_id: int) -> AnyResponse | tuple[str, int]:
    question = services().responder.golden.get_question(question_id)
    found = services().responder.golden.get_set(question.set_id)
    problems = _keep_question(found, question_id)
    if problems:
        shown = _set_page(found.id, problems, editing=question_id)
        return shown, HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Saved."), "success")
    return _to(found.id, **_place())


@bp.post("/golden/questions/<int:question_id>/remove")
def remove_golden_question(question_id: int) -> AnyResponse:
    question = services().responder.golden.remove(question_id)
    found = services().responder.golden.get_set(question.set_id)
    gold = [str(key) for key in question.gold]
    _record("golden.edit", found.name, before={"text": question.text, "gold": gold})
    flash(_("The question is removed."), "success")
    return _to(found.id, **_place())


@bp.post("/golden/<int:set_id>/import")
def import_golden(set_id: int) -> AnyResponse | tuple[str, int]:
    found = services().responder.golden.get_set(set_id)
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return _set_page(set_id, {"file": _("Choose a file.")}), HTTPStatus.UNPROCESSABLE_ENTITY
    golden_sets = services().responder.golden
    try:
        done = golden_sets.take_in(set_id, upload.read(), current_staff().email)
    except UnusableGoldenFile as refused:
        lines = [(problem.line, fault_text(problem)) for problem in refused.problems]
        return _set_page(set_id, faults=lines), HTTPStatus.UNPROCESSABLE_ENTITY
    except InvalidGolden as refused:
        return _set_page(set_id, {"file": str(refused)}), HTTPStatus.UNPROCESSABLE_ENTITY
    counts = {"added": done.added, "changed": done.changed}
    _record("golden.import", found.name, after=counts)
    text = _("Taken in: %(added)s new, %(changed)s changed, %(unchanged)s as they were.",
             added=done.added, changed=done.changed, unchanged=done.unchanged)  # fmt: skip
    flash(text, "success")
    missing = golden_sets.missing(done)
    if missing:
        names = dict.fromkeys(str(place.named) for _line, place in missing)
        shown = ", ".join(list(names)[:MOST_MISSING])
        text = ngettext("%(num)d named article is not live: %(names)s",
                        "%(num)d named articles are not live: %(names)s",
                        len(names), names=shown)  # fmt: skip
        flash(text, "warning")
    return _to(set_id)


@bp.post("/golden/<int:set_id>/judged")
def take_in_judged(set_id: int) -> AnyResponse:
    """Questions whose right article colleagues named while judging answers."""
    found, by = services().responder, current_staff().email
    golden_set = found.golden.get_set(set_id)
    lines = judged_lines(found.labels.list_labels(), found.golden.list_questions(set_id))
    done = found.golden.take_in_lines(set_id, lines, by)
    if done.added:
        _record("golden.import", golden_set.name, after={"added": done.added})
    text = ngettext("%(num)d judged question is new here.",
                    "%(num)d judged questions are new here.", done.added)  # fmt: skip
    flash(text, "success")
    return _to(set_id)


@bp.get("/golden/<int:set_id>/export")
def export_golden(set_id: int) -> Response:
    found = services().responder.golden.get_set(set_id)
    name = secure_filename(found.name) or "golden"
    headers = {"Content-Disposition": f'attachment; filename="{name}.jsonl"'}
    text = services().responder.golden.write_out(set_id)
    return Response(text, mimetype="application/x-ndjson", headers=headers)


def _keep_question(found: GoldenSet, question_id: int | None) -> Mapping[str, str]:
    """Added, or changed where it is there; what is wrong with it, by field."""
    form = read_form(GoldenQuestionForm, request.form)
    if isinstance(form, FormProblems):
        return form.problems
    golden_sets, by = services().responder.golden, current_staff().email
    names = NAMES.findall(form.gold)
    try:
        if question_id is None:
            kept = golden_sets.add(found.id, form.text, names, staff=by, split=form.split)
        else:
            kept = golden_sets.edit(question_id, form.text, names, staff=by, split=form.split)
    except InvalidGolden as refused:
        return {refused.field: _question_problem(refused)}
    _record("golden.edit", found.name, after={"text": kept.text, "gold": list(map(str, kept.gold))})
    return {}


def _question_problem(refused: InvalidGolden) -> str:
    if refused.field == "gold":
        return _("Write names of articles such as id/paket-belum-sampai, or leave it empty.")
    return _("The set has this question already.")


def _record(action: str, subject: str, **changes: Mapping[str, object]) -> None:
    services().accounts.audit.record(current_staff().email, action, subject, **changes)


def _to(set_id: int, **query: Any) -> AnyResponse:
    return redirect(url_for("admin.golden_set", set_id=set_id, **query), HTTPStatus.SEE_OTHER)


def _place() -> dict[str, str]:
    """Where in the list one was."""
    return {key: request.args[key] for key in ("q", "show", "page") if request.args.get(key)}


def _list_page(problems: Mapping[str, str] | None = None) -> str:
    found = services().responder
    return render_template(
        "admin/golden.html",
        sets=found.golden.list_sets(),
        runs=found.golden_runs.last_runs(),
        problems=problems or {},
        sent=request.form,
        who_ran=who_ran,
    )


def _set_page(
    set_id: int,
    problems: Mapping[str, str] | None = None,
    *,
    editing: int | None = None,
    faults: list[tuple[int, str]] | None = None,
) -> str:
    found = services().responder
    filters = Filters.read(request.args)
    runs = found.golden_runs.list_runs(set_id)
    rows = found.golden_runs.list_rows(runs[0]) if runs else ()
    questions = found.golden.list_questions(set_id)
    places = found.golden.whereabouts(questions)
    shelf = services().knowledge.shelf()
    return render_template(
        "admin/golden_set.html",
        golden_set=found.golden.get_set(set_id),
        runs=runs,
        listing=listing_of(questions, places, rows, filters),
        filters=filters,
        places=places,
        waiting=found.golden_queue.find(set_id),
        articles={str(key): published.article.title for key, published in shelf.articles.items()},
        problems=problems or {},
        faults=faults or [],
        editing=editing,
        sent=request.form if problems else {},
        may_delete=current_staff().has(*RIGHTS["admin.delete_golden"]),
        presence_name=presence_name,
        outcome_name=outcome_name,
        outcome_tone=outcome_tone,
        who_ran=who_ran,
    )
