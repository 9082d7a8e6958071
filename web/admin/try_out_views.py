"""What the bot would say to a text, and why: nothing is recorded and nobody gets it."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import render_template, request

from responder.channels.formats import FORMATS
from responder.exchange import Trace
from web.admin.blueprint import bp
from web.admin.forms import TryForm
from web.desk.words import (
    channel_name,
    feature_text,
    kind_name,
    reason_name,
    rule_text,
)
from web.forms import FormProblems, read_form
from web.services import services


@bp.get("/try")
def try_out() -> str:
    return _page(None)


@bp.post("/try")
def try_text() -> str | tuple[str, int]:
    form = read_form(TryForm, request.form)
    if isinstance(form, FormProblems):
        return _page(None, form.problems), HTTPStatus.UNPROCESSABLE_ENTITY
    channel = form.channel if form.channel in FORMATS else "web"
    responder = services().responder.responder
    return _page(responder.preview(form.text, channel, form.lang or None, before=form.before))


def _page(trace: Trace | None, problems: Mapping[str, str] | None = None) -> str:
    return render_template(
        "admin/try_out.html",
        trace=trace,
        text=request.form.get("text", ""),
        before=request.form.get("before", ""),
        channel=request.form.get("channel", "web"),
        chosen_lang=request.form.get("lang", ""),
        channels=[(key, channel_name(key)) for key in FORMATS if key != "outbox"],
        languages=services().responder.firm.get().languages,
        problems=problems or {},
        channel_name=channel_name,
        feature_text=feature_text,
        kind_name=kind_name,
        reason_name=reason_name,
        rule_text=rule_text,
    )
