"""What the audit log keeps of promises and refits, in the transaction of the change itself."""

import sqlalchemy as sa

from responder.calibrations import Also as AlsoCalibration
from responder.calibrations import StoredCalibration
from responder.promises import Also as AlsoPromise
from responder.promises import MadePromise, Standing
from web.accounts.audit import AuditLog


def note_promise(audit: AuditLog, by: str) -> AlsoPromise:
    def note(connection: sa.Connection, now: MadePromise, before: MadePromise | None) -> None:
        subject = f"{now.channel}/{now.lang}"
        told = _told(now)
        audit.record_in(
            connection,
            by,
            _action(now, before),
            subject,
            before=_told(before) if before else {},
            after=told,
        )

    return note


def note_calibration(audit: AuditLog, by: str, action: str) -> AlsoCalibration:
    def note(connection: sa.Connection, stored: StoredCalibration) -> None:
        after = {"version": stored.version, "labels": stored.labels}
        audit.record_in(connection, by, action, f"version {stored.version}", after=after)

    return note


def _action(now: MadePromise, before: MadePromise | None) -> str:
    if now.standing is Standing.WITHDRAWN:
        return "promise.withdraw"
    if not now.is_automatic or before is None:
        return "promise.make"
    if before.standing is now.standing:
        return "promise.change"
    return "promise.keep" if now.standing is Standing.KEPT else "promise.break"


def _told(made: MadePromise) -> dict[str, object]:
    evidence = made.evidence
    return {
        "allowed": made.allowed,
        "value": made.threshold,
        "standing": str(made.standing),
        "reviewed": made.reviewed,
        "wrong": evidence.wrong if evidence else None,
        "wrong_bound": evidence.wrong_bound if evidence else None,
    }
