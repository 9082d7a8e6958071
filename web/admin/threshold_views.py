"""How sure the bot must be before it answers, per channel and language."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from responder.channels.formats import FORMATS
from responder.errors import InvalidThreshold
from responder.models import Posture
from responder.thresholds import ANY, PUBLIC
from web.accounts.gate import current_staff
from web.admin.audit_words import person_name
from web.admin.blueprint import bp
from web.admin.forms import ThresholdForm
from web.admin.posture_views import list_postures, place_name
from web.admin.promise_words import promise_text
from web.desk.words import channel_name, posture_name
from web.forms import FormProblems, read_form
from web.i18n import gettext as _
from web.outlook.looking import look
from web.outlook.page import CHOICES, OutlookPage, outlook_page
from web.outlook.serving import serve_lines, wants_lines
from web.services import services


@bp.get("/thresholds")
def thresholds() -> str:
    return _page()


@bp.post("/thresholds")
def change_threshold() -> Response | str | tuple[str, int]:
    form = read_form(ThresholdForm, request.form)
    if isinstance(form, FormProblems):
        return _page(form.problems), HTTPStatus.UNPROCESSABLE_ENTITY
    if form.channel not in (ANY, PUBLIC, *FORMATS):
        problems = {"channel": _("Choose one of the list.")}
        return _page(problems), HTTPStatus.UNPROCESSABLE_ENTITY
    if not form.confirmed and services().what_if.has_questions():
        return _looked_at(form)
    by = current_staff().email
    rules = services().responder.thresholds
    before = _in_force(form.channel, form.lang)
    try:
        changed = rules.change(form.channel, form.lang, round(form.percent / 100, 4), by)
    except InvalidThreshold as invalid:
        return _page({"percent": str(invalid)}), HTTPStatus.UNPROCESSABLE_ENTITY
    services().accounts.audit.record(
        by,
        "threshold.change",
        f"{form.channel}/{form.lang}",
        before={"value": before},
        after={"value": changed.value, "version": changed.version, "reason": form.reason},
    )
    flash(_("From now on the bot goes by version %(number)s.", number=changed.version), "success")
    return redirect(url_for("admin.thresholds"), HTTPStatus.SEE_OTHER)


def _looked_at(form: ThresholdForm) -> Response | str | tuple[str, int]:
    """What the change would do, with a button that makes it."""
    tried = form.tried
    if wants_lines():
        return serve_lines(
            tried.change(),
            tried.scope(),
            lambda outlook: {
                "html": render_template(
                    "admin/threshold_outlook.html", form=form, seen=outlook_page(outlook)
                )
            },
        )
    seen = look(tried)
    if isinstance(seen, str):
        return _page({"percent": seen}), HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(seen=seen, form=form)


def _in_force(channel: str, lang: str) -> float | None:
    """What exactly this pair has of its own."""
    found = services().responder.thresholds.list_thresholds()
    return next((t.value for t in found if (t.channel, t.lang) == (channel, lang)), None)


def _page(
    problems: Mapping[str, str] | None = None,
    *,
    seen: OutlookPage | None = None,
    form: ThresholdForm | None = None,
) -> str:
    rules = services().responder.thresholds
    audit = services().accounts.audit.list_entries(area="threshold")
    reasons = {entry.after.get("version"): entry.after.get("reason", "") for entry in audit}
    promised = {made.rule: promise_text(made) for made in services().responder.promises.history()}
    return render_template(
        "admin/thresholds.html",
        in_force=rules.list_thresholds(),
        history=rules.history()[:30],
        reasons={**promised, **reasons},
        person_name=person_name,
        channels=[(key, channel_name(key)) for key in (ANY, PUBLIC, *FORMATS)],
        languages=services().responder.firm.get().languages,
        channel_name=channel_name,
        postures=list_postures(services().responder.firm.get()),
        posture_choices=tuple(Posture),
        posture_name=posture_name,
        place_name=place_name,
        problems=problems or {},
        sent=request.form if problems or seen else {},
        seen=seen,
        form=form,
        choices=CHOICES,
        is_tried=services().what_if.has_questions(),
    )
