"""The audit log: who changed what."""

from flask import render_template, request

from web.accounts.audit import AREAS, PAGE
from web.accounts.models import AuditEntry
from web.admin.audit_words import (
    AREA_NAMES,
    action_name,
    fact_name,
    person_name,
    subject_text,
    told,
)
from web.admin.blueprint import bp
from web.i18n import gettext as _
from web.services import services


@bp.get("/audit")
def audit() -> str:
    area = request.args.get("area", "")
    person = request.args.get("staff", "")
    log = services().accounts.audit
    entries = log.list_entries(
        staff=person or None,
        area=area if area in AREAS else None,
        before_id=request.args.get("before", type=int),
    )
    return render_template(
        "admin/audit.html",
        entries=entries,
        older=_last_id(entries) if len(entries) == PAGE else None,
        people=log.list_people(),
        kinds=[(key, _(AREA_NAMES[key])) for key in AREAS],
        area=area,
        person=person,
        action_name=action_name,
        fact_name=fact_name,
        person_name=person_name,
        subject_text=subject_text,
        told=told,
    )


def _last_id(entries: tuple[AuditEntry, ...]) -> int | None:
    return entries[-1].id if entries else None
