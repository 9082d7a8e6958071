"""What customers ask, week by week, and what was noticed overnight."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from responder.drift import BEFORE_DAYS, FEWEST_BEFORE, FEWEST_DAYS_BEFORE, FEWEST_RECENT
from web.accounts.gate import current_staff
from web.admin.blueprint import bp
from web.admin.caution_words import caution_advice, caution_text, chance_text
from web.i18n import gettext as _
from web.services import services
from web.timelines import trend_of

SHOWN_DAYS = 56


@bp.get("/drift")
def drift() -> str:
    trends = services().responder.trends
    readings = trends.list_readings(SHOWN_DAYS)
    window = trends.window()
    return render_template(
        "admin/drift.html",
        cautions=trends.list_cautions(),
        readings=readings,
        trend=trend_of(readings),
        is_enough=window.is_enough,
        recent=sum(day.questions for day in window.recent),
        before=sum(day.questions for day in window.before),
        before_days=len(window.before),
        fewest_recent=FEWEST_RECENT,
        fewest_before=FEWEST_BEFORE,
        fewest_days=FEWEST_DAYS_BEFORE,
        most_days=BEFORE_DAYS,
        back="drift",
        caution_text=caution_text,
        caution_advice=caution_advice,
        chance_text=chance_text,
    )


@bp.post("/drift/dismiss")
def dismiss_caution() -> Response:
    by, key = current_staff().email, request.form.get("key", "")[:60]
    closed = services().responder.trends.dismiss(key, by)
    if closed is not None:
        services().accounts.audit.record(by, "drift.dismiss", caution_text(closed))
        flash(_("The warning is closed. It comes back if the change goes on after four weeks."))
    to = "admin.index" if request.form.get("back") == "index" else "admin.drift"
    return redirect(url_for(to), HTTPStatus.SEE_OTHER)
