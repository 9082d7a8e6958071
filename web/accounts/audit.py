"""The audit log: who changed what, when, from what to what."""

from collections.abc import Callable, Mapping
from datetime import datetime

import sqlalchemy as sa

from kb.database import Database
from web.accounts.models import AuditEntry
from web.accounts.store import audit

PAGE = 50
AREAS = (
    *("staff", "threshold", "promise", "calibration", "posture", "article", "notice"),
    *("firm", "wording", "api_key", "ticket", "golden", "drift"),
)


class AuditLog:
    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def record(
        self,
        by: str,
        action: str,
        subject: str,
        *,
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
    ) -> None:
        with self._database.write() as connection:
            self.record_in(connection, by, action, subject, before=before, after=after)

    def record_in(
        self,
        connection: sa.Connection,
        by: str,
        action: str,
        subject: str,
        *,
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
    ) -> None:
        """Inside the transaction of the change itself; only what differs is kept."""
        old, new = _differences(before or {}, after or {})
        audit.insert(
            connection,
            at=self._clock(),
            staff=by,
            action=action,
            subject=subject,
            before=old,
            after=new,
        )

    def list_entries(
        self, *, staff: str | None = None, area: str | None = None, before_id: int | None = None
    ) -> tuple[AuditEntry, ...]:
        """One page, newest first, older than `before_id`."""
        with self._database.read() as connection:
            return audit.list_page(
                connection, staff=staff, area=area, before_id=before_id, limit=PAGE
            )

    def list_people(self) -> tuple[str, ...]:
        with self._database.read() as connection:
            return audit.list_people(connection)


def _differences(
    before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, object]]:
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return (
        {key: before[key] for key in changed if key in before},
        {key: after[key] for key in changed if key in after},
    )
