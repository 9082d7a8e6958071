"""Rows of signed-in browsers."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from web.accounts.models import Role, Session
from web.accounts.schema import session


def find(connection: sa.Connection, id_hash: str) -> Session | None:
    row = connection.execute(sa.select(session).where(session.c.id_hash == id_hash)).one_or_none()
    return None if row is None else _session(row)


def list_of(connection: sa.Connection, staff_id: int) -> tuple[Session, ...]:
    rows = connection.execute(
        sa.select(session)
        .where(session.c.staff_id == staff_id)
        .order_by(session.c.last_seen_at.desc(), session.c.id_hash)
    )
    return tuple(_session(row) for row in rows)


def insert(connection: sa.Connection, row: Session) -> None:
    connection.execute(
        sa.insert(session).values(
            id_hash=row.id_hash,
            staff_id=row.staff_id,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            user_agent=row.user_agent,
            roles=sorted(row.roles),
        )
    )


def touch(connection: sa.Connection, id_hash: str, at: datetime) -> None:
    connection.execute(
        sa.update(session).where(session.c.id_hash == id_hash).values(last_seen_at=at)
    )


def delete(connection: sa.Connection, id_hash: str) -> int:
    """Number of sessions that ended, 0 or 1."""
    return connection.execute(sa.delete(session).where(session.c.id_hash == id_hash)).rowcount


def delete_of(connection: sa.Connection, staff_id: int, *, keep: str | None = None) -> None:
    """End every session of a person but `keep`."""
    connection.execute(
        sa.delete(session).where(session.c.staff_id == staff_id, session.c.id_hash != (keep or ""))
    )


def delete_dead(
    connection: sa.Connection, *, seen_before: datetime, created_before: datetime
) -> None:
    connection.execute(
        sa.delete(session).where(
            (session.c.last_seen_at < seen_before) | (session.c.created_at < created_before)
        )
    )


def _session(row: Any) -> Session:
    return Session(
        id_hash=row.id_hash,
        staff_id=row.staff_id,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        user_agent=row.user_agent,
        roles=frozenset(Role(role) for role in row.roles),
    )
