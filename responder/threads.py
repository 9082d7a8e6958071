"""Which conversation an incoming message belongs to."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from responder.exchange import Incoming
from responder.intake import one_line
from responder.models import Conversation, ConversationState, Decision, Identity
from responder.store import contacts, conversations, decisions

REMEMBERED_DECISIONS = 8
LONGEST_SENDER = 320


@dataclass(frozen=True, slots=True)
class Thread:
    """The conversation so far; None when it is yet to be made. Decisions are newest first."""

    conversation: Conversation | None = None
    recent: tuple[tuple[Decision, bool], ...] = ()


def find_thread(connection: sa.Connection, incoming: Incoming) -> Thread:
    conversation = _find_named(connection, incoming) or _find_of_sender(connection, incoming)
    if conversation is None:
        return Thread()
    recent = decisions.list_recent(connection, conversation.id, REMEMBERED_DECISIONS)
    return Thread(conversation, recent)


def _find_named(connection: sa.Connection, incoming: Incoming) -> Conversation | None:
    """None also for a foreign one: another channel's, another sender's, or the other of public
    and private."""
    if not incoming.conversation:
        return None
    found = conversations.find(connection, incoming.conversation)
    if found is None or (found.channel, found.public) != (incoming.channel, incoming.public):
        return None
    if found.state is ConversationState.CLOSED:
        return None
    if incoming.external_id is not None and found.contact_id is not None:
        sender = contacts.find_by_identity(connection, sender_of(incoming))
        return found if sender == found.contact_id else None
    return found


def _find_of_sender(connection: sa.Connection, incoming: Incoming) -> Conversation | None:
    if incoming.external_id is None:
        return None
    contact_id = contacts.find_by_identity(connection, sender_of(incoming))
    if contact_id is None:
        return None
    return conversations.find_latest_of_contact(
        connection, contact_id, incoming.channel, public=incoming.public
    )


def sender_of(incoming: Incoming) -> Identity:
    return Identity(incoming.channel, one_line(incoming.external_id or "", LONGEST_SENDER))


def hold(
    connection: sa.Connection, thread: Thread, incoming: Incoming, *, new: Conversation
) -> Conversation:
    """The conversation, locked as it is now; made after the pattern of `new` if there is none."""
    if thread.conversation is not None:
        return conversations.lock(connection, thread.conversation.id)
    contact_id = None
    if incoming.external_id is not None:
        contact_id = _hold_sender(connection, sender_of(incoming), new.created_at)
        meanwhile = conversations.find_latest_of_contact(
            connection, contact_id, incoming.channel, public=incoming.public
        )
        if meanwhile is not None:
            return conversations.lock(connection, meanwhile.id)
    return insert(connection, new, contact_id)


def insert(
    connection: sa.Connection, new: Conversation, contact_id: int | None = None
) -> Conversation:
    return conversations.insert(
        connection,
        {
            "public_id": new.public_id,
            "contact_id": contact_id,
            "channel": new.channel,
            "lang": new.lang,
            "public": new.public,
            "state": new.state.value,
            "created_at": new.created_at,
            "updated_at": new.created_at,
        },
    )


def _hold_sender(connection: sa.Connection, sender: Identity, at: datetime) -> int:
    found = contacts.find_by_identity(connection, sender)
    if found is None:
        made = contacts.insert(connection, "", at)
        contacts.add_identity(connection, made, sender)
        found = contacts.find_by_identity(connection, sender)
        assert found is not None
        if found != made:
            contacts.delete(connection, made)
    contacts.lock(connection, found)
    return found
