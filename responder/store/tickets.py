"""Rows of `ticket`."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from responder.ids import is_id
from responder.models import Author, Ticket, TicketState
from responder.schema import contact, conversation, identity, message, ticket
from responder.store import rows

MOST_LISTED = 500


def insert(connection: sa.Connection, values: dict[str, Any]) -> Ticket:
    row = connection.execute(ticket.insert().values(**values).returning(ticket))
    return rows.ticket(row.mappings().one())


def find(connection: sa.Connection, public_id: str) -> Ticket | None:
    if not is_id(public_id):
        return None
    row = connection.execute(sa.select(ticket).where(ticket.c.public_id == public_id))
    found = row.mappings().one_or_none()
    return rows.ticket(found) if found else None


def find_of_conversation(connection: sa.Connection, conversation_id: int) -> Ticket | None:
    row = connection.execute(sa.select(ticket).where(ticket.c.conversation_id == conversation_id))
    found = row.mappings().one_or_none()
    return rows.ticket(found) if found else None


def update(connection: sa.Connection, ticket_id: int, **values: object) -> Ticket:
    row = connection.execute(
        ticket.update().where(ticket.c.id == ticket_id).values(**values).returning(ticket)
    )
    return rows.ticket(row.mappings().one())


def take(
    connection: sa.Connection, public_id: str, email: str, *, from_others: bool
) -> Ticket | None:
    """Make `email` the assignee; None when solved or, unless `from_others`, in other hands."""
    if not is_id(public_id):
        return None
    free = sa.or_(ticket.c.assignee.is_(None), ticket.c.assignee == email)
    row = connection.execute(
        ticket.update()
        .where(
            ticket.c.public_id == public_id,
            ticket.c.state != TicketState.SOLVED.value,
            sa.true() if from_others else free,
        )
        .values(state=TicketState.TAKEN.value, assignee=email)
        .returning(ticket)
    )
    found = row.mappings().one_or_none()
    return rows.ticket(found) if found else None


def list_summaries(
    connection: sa.Connection,
    *,
    state: TicketState | None = None,
    assignee: str | None = None,
    text: str | None = None,
    contact_id: int | None = None,
) -> list[sa.RowMapping]:
    """Tickets with conversation, contact and what people said last; open ones by due time first."""
    newest = (
        sa.select(sa.func.max(message.c.id))
        .where(
            message.c.conversation_id == conversation.c.id,
            message.c.author.in_((Author.CUSTOMER.value, Author.STAFF.value)),
        )
        .correlate(conversation)
        .scalar_subquery()
    )
    query = (
        sa.select(
            *(column.label(f"ticket_{column.name}") for column in ticket.c),
            *(column.label(f"conversation_{column.name}") for column in conversation.c),
            contact.c.name.label("contact_name"),
            message.c.text.label("last_text"),
            message.c.author.label("last_author"),
            message.c.created_at.label("last_at"),
        )
        .join(conversation, conversation.c.id == ticket.c.conversation_id)
        .outerjoin(contact, contact.c.id == conversation.c.contact_id)
        .outerjoin(message, message.c.id == newest)
    )
    if state is not None:
        query = query.where(ticket.c.state == state.value)
    if assignee is not None:
        query = query.where(ticket.c.assignee == assignee)
    if contact_id is not None:
        query = query.where(conversation.c.contact_id == contact_id)
    if text:
        query = query.where(_mentions(text))
    solved_last = sa.case((ticket.c.state == TicketState.SOLVED.value, 1), else_=0)
    query = query.order_by(solved_last, ticket.c.due_at, ticket.c.id).limit(MOST_LISTED)
    return list(connection.execute(query).mappings())


def _mentions(text: str) -> sa.ColumnElement[bool]:
    """Somebody in the conversation wrote it, or the contact is called or reached so."""
    said = (
        sa.select(message.c.id)
        .where(
            message.c.conversation_id == conversation.c.id,
            message.c.text.icontains(text, autoescape=True),
        )
        .correlate(conversation)
        .exists()
    )
    reached = (
        sa.select(identity.c.id)
        .where(
            identity.c.contact_id == conversation.c.contact_id,
            identity.c.external_id.icontains(text, autoescape=True),
        )
        .correlate(conversation)
        .exists()
    )
    return sa.or_(
        said,
        reached,
        contact.c.name.icontains(text, autoescape=True),
        ticket.c.public_id == text.upper(),
    )


def count_by_state(connection: sa.Connection) -> dict[TicketState, int]:
    found = connection.execute(sa.select(ticket.c.state, sa.func.count()).group_by(ticket.c.state))
    return {TicketState(state): count for state, count in found}


def count_overdue(connection: sa.Connection, at: datetime) -> int:
    return connection.execute(
        sa.select(sa.func.count()).where(
            ticket.c.state != TicketState.SOLVED.value,
            ticket.c.waiting_since.is_not(None),
            ticket.c.due_at < at,
        )
    ).scalar_one()


def list_opened(connection: sa.Connection, since: datetime) -> list[sa.RowMapping]:
    found = connection.execute(
        sa.select(
            ticket.c.opened_at,
            ticket.c.first_reply_at,
            ticket.c.conversation_id,
            conversation.c.contact_id,
        )
        .join(conversation, conversation.c.id == ticket.c.conversation_id)
        .where(ticket.c.opened_at >= since)
    )
    return list(found.mappings())
