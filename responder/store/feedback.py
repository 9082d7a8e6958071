"""Rows of `feedback`."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from responder.schema import feedback


def replace_of_decision(connection: sa.Connection, decision_id: int) -> None:
    """A customer who changes their mind counts once."""
    connection.execute(feedback.delete().where(feedback.c.decision_id == decision_id))


def insert(connection: sa.Connection, values: dict[str, Any]) -> None:
    connection.execute(feedback.insert().values(**values))


def list_since(connection: sa.Connection, since: datetime) -> list[sa.RowMapping]:
    found = connection.execute(
        sa.select(feedback).where(feedback.c.created_at >= since).order_by(feedback.c.id.desc())
    )
    return list(found.mappings())
