"""Rows of `drift_reading`, and the decisions they are read from."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kb.database import upsert
from responder.models import Decision
from responder.schema import decision, drift_reading
from responder.store import rows


def put(connection: sa.Connection, values: dict[str, Any]) -> None:
    """The first reading of a day stays."""
    statement = upsert(connection, drift_reading).values(**values)
    connection.execute(statement.on_conflict_do_nothing(index_elements=["day"]))


def list_since(connection: sa.Connection, day: str) -> list[sa.RowMapping]:
    found = connection.execute(
        sa.select(drift_reading).where(drift_reading.c.day >= day).order_by(drift_reading.c.day)
    )
    return list(found.mappings())


def list_decisions(
    connection: sa.Connection, since: datetime, until: datetime
) -> tuple[Decision, ...]:
    found = connection.execute(
        sa.select(decision)
        .where(decision.c.created_at >= since, decision.c.created_at < until)
        .order_by(decision.c.id)
    )
    return tuple(rows.decision(row) for row in found.mappings())


def find_first_moment(connection: sa.Connection) -> datetime | None:
    """When the oldest decision was made."""
    found: datetime | None = connection.execute(
        sa.select(sa.func.min(decision.c.created_at))
    ).scalar_one()
    return found
