"""Rows of the audit log: written and read, never changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from web.accounts.models import AuditEntry
from web.accounts.schema import audit


def insert(
    connection: sa.Connection,
    *,
    at: datetime,
    staff: str,
    action: str,
    subject: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> None:
    connection.execute(
        sa.insert(audit).values(
            at=at,
            staff=staff,
            action=action,
            subject=subject[:200],
            detail={"before": dict(before), "after": dict(after)},
        )
    )


def list_page(
    connection: sa.Connection,
    *,
    staff: str | None,
    area: str | None,
    before_id: int | None,
    limit: int,
) -> tuple[AuditEntry, ...]:
    """Newest first; `area` is the part of the action before its dot."""
    query = sa.select(audit).order_by(audit.c.id.desc()).limit(limit)
    if staff:
        query = query.where(audit.c.staff == staff)
    if area:
        query = query.where(audit.c.action.startswith(f"{area}.", autoescape=True))
    if before_id is not None:
        query = query.where(audit.c.id < before_id)
    return tuple(_entry(row) for row in connection.execute(query))


def list_people(connection: sa.Connection) -> tuple[str, ...]:
    rows = connection.execute(sa.select(audit.c.staff).distinct().order_by(audit.c.staff))
    return tuple(row.staff for row in rows)


def _entry(row: Any) -> AuditEntry:
    return AuditEntry(
        id=row.id,
        at=row.at,
        staff=row.staff,
        action=row.action,
        subject=row.subject,
        before=row.detail.get("before", {}),
        after=row.detail.get("after", {}),
    )
