"""Rows of `inbound`: received → done or poison."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kb.database import upsert
from responder.schema import inbound


def insert_once(connection: sa.Connection, values: dict[str, Any]) -> bool:
    """False for a duplicate: this message of the channel is here already."""
    statement = (
        upsert(connection, inbound)
        .values(**values)
        .on_conflict_do_nothing(index_elements=["channel", "external_id"])
        .returning(inbound.c.id)
    )
    return connection.execute(statement).scalar_one_or_none() is not None


def find_due(connection: sa.Connection, at: datetime) -> sa.RowMapping | None:
    free = sa.or_(inbound.c.lease_until.is_(None), inbound.c.lease_until < at)
    found = connection.execute(
        sa.select(inbound)
        .where(inbound.c.state == "received", inbound.c.not_before <= at, free)
        .order_by(inbound.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return found.mappings().one_or_none()


def claim(connection: sa.Connection, inbound_id: int, token: str, lease_until: datetime) -> None:
    """Counts the try at once, so that a row that kills its worker is found out."""
    connection.execute(
        inbound.update()
        .where(inbound.c.id == inbound_id)
        .values(claim=token, lease_until=lease_until, attempts=inbound.c.attempts + 1)
    )


def change_claimed(
    connection: sa.Connection, inbound_id: int, token: str, **values: object
) -> bool:
    done = connection.execute(
        inbound.update()
        .where(inbound.c.id == inbound_id, inbound.c.claim == token)
        .values(**values)
    )
    return done.rowcount == 1
