"""The confidence in force beside the one that labels would make of it."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from responder.calibrations import LEAST_HELD_BACK, LEAST_LABELS
from web.accounts.gate import current_staff
from web.admin.audit_words import person_name
from web.admin.blueprint import bp
from web.admin.promise_audit import note_calibration, note_promise
from web.charts import reliability
from web.forms import Form, FormProblems, read_form
from web.i18n import gettext as _
from web.services import services


class RefitForm(Form):
    automatic: bool = False


@bp.get("/confidence")
def confidence() -> str:
    web = services().responder
    proposal = web.calibrations.propose()
    return render_template(
        "admin/confidence.html",
        proposal=proposal,
        is_refitted=bool(proposal.present.corrected),
        picture=reliability(proposal.reviewed),
        effect=web.calibrations.effect(proposal, web.thresholds.rules()),
        stored=web.calibrations.list_newest(),
        is_automatic=web.calibrations.is_automatic,
        least_labels=LEAST_LABELS,
        least_held_back=LEAST_HELD_BACK,
        person_name=person_name,
    )


@bp.post("/confidence/accept")
def accept_refit() -> Response:
    by, web = current_staff().email, services()
    note = note_calibration(web.accounts.audit, by, "calibration.refit")
    web.responder.calibrations.accept(by, note)
    _hold_promises()
    flash(_("The refitted confidence is in force, everywhere within seconds."), "success")
    return _to_page()


@bp.post("/confidence/withdraw")
def withdraw_refit() -> Response:
    by, web = current_staff().email, services()
    note = note_calibration(web.accounts.audit, by, "calibration.withdraw")
    web.responder.calibrations.withdraw(by, note)
    _hold_promises()
    flash(_("Back to the confidence without labels; it stays so until you accept one."), "success")
    return _to_page()


@bp.post("/confidence/setting")
def set_refit() -> Response:
    form = read_form(RefitForm, request.form)
    calibrations = services().responder.calibrations
    before = calibrations.is_automatic
    after = not isinstance(form, FormProblems) and form.automatic
    calibrations.set_automatic(after)
    services().accounts.audit.record(
        current_staff().email,
        "calibration.automatic",
        "",
        before={"automatic": before},
        after={"automatic": after},
    )
    flash(_("Saved."), "success")
    return _to_page()


def _hold_promises() -> None:
    """Another confidence, another meaning of every threshold: promises are chosen anew."""
    web = services()
    note = note_promise(web.accounts.audit, current_staff().email)
    web.responder.promises.recheck(may_loosen=True, also=note)


def _to_page() -> Response:
    return redirect(url_for("admin.confidence"), HTTPStatus.SEE_OTHER)
