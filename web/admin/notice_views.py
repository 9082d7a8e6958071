"""The notice above the help centre: written, scheduled, taken down."""

from datetime import datetime
from http import HTTPStatus
from types import MappingProxyType
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from pydantic import Field
from werkzeug.wrappers import Response

from responder.notices import LONGEST, Notice
from web.accounts.gate import current_staff
from web.admin.blueprint import bp
from web.forms import Form, FormProblems, read_form
from web.i18n import gettext as _
from web.services import current_firm, services

MOMENT = "%Y-%m-%dT%H:%M"


class NoticeForm(Form):
    """Moments are in the firm's time zone, as browsers send them."""

    text_id: str = Field("", max_length=LONGEST)
    text_en: str = Field("", max_length=LONGEST)
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@bp.get("/notice")
def notice() -> str:
    return _page(_shown(services().responder.notices.get()), {})


@bp.post("/notice")
def save_notice() -> Response | tuple[str, int]:
    form = read_form(NoticeForm, request.form)
    problems = _problems(form)
    if isinstance(form, FormProblems) or problems:
        return _page(request.form, problems), HTTPStatus.UNPROCESSABLE_ENTITY
    notices = services().responder.notices
    before = notices.get()
    after = notices.save(_notice(form, current_firm().hours.zone))
    services().accounts.audit.record(
        current_staff().email,
        "notice.change",
        current_firm().name,
        before=_shown(before),
        after=_shown(after),
    )
    flash(_("Saved.") if after.texts else _("The notice was taken down."), "success")
    return redirect(url_for("admin.notice"), HTTPStatus.SEE_OTHER)


def _problems(form: NoticeForm | FormProblems) -> dict[str, str]:
    if isinstance(form, FormProblems):
        return dict(form.problems)
    if form.starts_at and form.ends_at and form.ends_at <= form.starts_at:
        return {"ends_at": _("Choose an end after the beginning.")}
    return {}


def _notice(form: NoticeForm, zone: ZoneInfo) -> Notice:
    texts = {"id": form.text_id, "en": form.text_en}
    return Notice(
        texts=MappingProxyType({lang: text for lang, text in texts.items() if text}),
        starts_at=_in_zone(form.starts_at, zone),
        ends_at=_in_zone(form.ends_at, zone),
    )


def _in_zone(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=zone)


def _shown(found: Notice) -> dict[str, str]:
    """As the form's fields show it."""
    zone = current_firm().hours.zone
    return {
        "text_id": found.texts.get("id", ""),
        "text_en": found.texts.get("en", ""),
        "starts_at": f"{found.starts_at.astimezone(zone):{MOMENT}}" if found.starts_at else "",
        "ends_at": f"{found.ends_at.astimezone(zone):{MOMENT}}" if found.ends_at else "",
    }


def _page(values: object, problems: dict[str, str]) -> str:
    present = services().responder.notices.get()
    now = services().responder.clock()
    return render_template(
        "admin/notice.html",
        values=values,
        problems=problems,
        zone=current_firm().hours.time_zone,
        longest=LONGEST,
        is_shown=bool(present.texts) and present.is_due(now),
        is_planned=bool(present.texts and present.starts_at and present.starts_at > now),
    )
