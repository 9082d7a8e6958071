"""Rows of `feedback`."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from responder.schema import feedback


def replace_of_decision(connection: sa.Connection, decision_id: int) -> None:
    """A customer who changes their mind counts once."""
    connection.execute(feedback.delete().where(feedback.c.decision_id == decision_id))


def insert(connection: sa.Connection, values: dict[str, Any]) -> int:
    statement = feedback.insert().values(**values).returning(feedback.c.id)
    return int(connection.execute(statement).scalar_one())


def update_why(connection: sa.Connection, feedback_id: int, why: str) -> None:
    connection.execute(feedback.update().where(feedback.c.id == feedback_id).values(why=why))


def list_since(connection: sa.Connection, since: datetime) -> list[sa.RowMapping]:
    found = connection.execute(
        sa.select(feedback).where(feedback.c.created_at >= since).order_by(feedback.c.id.desc())
    )
    return list(found.mappings())
