"""What the bot may do on each channel: answer, draft, only record, or nothing."""

from dataclasses import replace
from http import HTTPStatus
from types import MappingProxyType

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from responder.firm import ANY_CHANNEL, FirmProfile
from responder.models import Posture
from web.accounts.gate import current_staff
from web.admin.blueprint import bp
from web.admin.forms import PostureForm
from web.desk.words import channel_name
from web.forms import FormProblems, read_form
from web.i18n import gettext as _
from web.services import services

CHANNELS = (ANY_CHANNEL, "web", "widget", "email", "api")


def list_postures(profile: FirmProfile) -> tuple[tuple[str, Posture | None], ...]:
    """Every channel with what is set for it; None: as on all channels."""
    names = (*CHANNELS, *(name for name in profile.postures if name not in CHANNELS))
    everywhere = profile.posture(ANY_CHANNEL)
    return tuple(
        (name, everywhere if name == ANY_CHANNEL else profile.postures.get(name)) for name in names
    )


def place_name(channel: str) -> str:
    return _("all channels") if channel == ANY_CHANNEL else channel_name(channel)


@bp.post("/posture")
def change_posture() -> Response:
    """Counts within a second in every process."""
    form = read_form(PostureForm, request.form)
    back = redirect(url_for("admin.thresholds", _anchor="posture"), HTTPStatus.SEE_OTHER)
    if isinstance(form, FormProblems):
        flash(_("Choose a channel and what the bot may do there, and give a reason."), "danger")
        return back
    firm, by = services().responder.firm, current_staff().email
    present = firm.get()
    postures = {k: v for k, v in present.postures.items() if k != form.channel}
    if form.posture is not None:
        postures[form.channel] = form.posture
    firm.save(replace(present, postures=MappingProxyType(postures)), by)
    services().accounts.audit.record(
        by,
        "posture.change",
        form.channel,
        before={"posture": _told(present.postures.get(form.channel))},
        after={"posture": _told(form.posture), "reason": form.reason},
    )
    flash(_("Changed. It counts within a second, everywhere."), "success")
    return back


def _told(posture: Posture | None) -> str:
    return str(posture) if posture else ""
