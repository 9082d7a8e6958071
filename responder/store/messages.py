"""Rows of `message`."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from responder.models import Author, Message
from responder.schema import message
from responder.store import rows


def insert(connection: sa.Connection, values: Sequence[dict[str, Any]]) -> tuple[Message, ...]:
    """Write several messages in order; every entry has the same keys."""
    statement = message.insert().returning(message, sort_by_parameter_order=True)
    return tuple(
        rows.message(row) for row in connection.execute(statement, list(values)).mappings()
    )


def list_of_conversation(
    connection: sa.Connection, conversation_id: int, *, with_notes: bool
) -> tuple[Message, ...]:
    query = sa.select(message).where(message.c.conversation_id == conversation_id)
    if not with_notes:
        query = query.where(message.c.author != Author.NOTE.value)
    found = connection.execute(query.order_by(message.c.id)).mappings()
    return tuple(rows.message(row) for row in found)
