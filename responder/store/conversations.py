"""Rows of `conversation`."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from responder.ids import is_id
from responder.models import Conversation, ConversationState
from responder.schema import conversation
from responder.store import rows


def insert(connection: sa.Connection, values: dict[str, Any]) -> Conversation:
    row = connection.execute(conversation.insert().values(**values).returning(conversation))
    return rows.conversation(row.mappings().one())


def find(connection: sa.Connection, public_id: str) -> Conversation | None:
    if not is_id(public_id):
        return None
    row = connection.execute(sa.select(conversation).where(conversation.c.public_id == public_id))
    found = row.mappings().one_or_none()
    return rows.conversation(found) if found else None


def get_by_id(connection: sa.Connection, conversation_id: int) -> Conversation:
    row = connection.execute(sa.select(conversation).where(conversation.c.id == conversation_id))
    return rows.conversation(row.mappings().one())


def lock(connection: sa.Connection, conversation_id: int) -> Conversation:
    """The conversation as it is now; on PostgreSQL nobody else changes it until we are done."""
    row = connection.execute(
        sa.select(conversation).where(conversation.c.id == conversation_id).with_for_update()
    )
    return rows.conversation(row.mappings().one())


def find_latest_of_contact(
    connection: sa.Connection, contact_id: int, channel: str, *, public: bool
) -> Conversation | None:
    row = connection.execute(
        sa.select(conversation)
        .where(
            conversation.c.contact_id == contact_id,
            conversation.c.channel == channel,
            conversation.c.public == public,
            conversation.c.state != ConversationState.CLOSED.value,
        )
        .order_by(conversation.c.id.desc())
        .limit(1)
    )
    found = row.mappings().one_or_none()
    return rows.conversation(found) if found else None


def update(connection: sa.Connection, conversation_id: int, at: datetime, **values: object) -> None:
    connection.execute(
        conversation.update()
        .where(conversation.c.id == conversation_id)
        .values(updated_at=at, **values)
    )


def move_to_contact(connection: sa.Connection, old_contact: int, new_contact: int) -> None:
    connection.execute(
        conversation.update()
        .where(conversation.c.contact_id == old_contact)
        .values(contact_id=new_contact)
    )
