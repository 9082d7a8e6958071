"""Putting a conversation into people's hands: one ticket each, opened, touched or reopened."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from responder.firm import FirmService
from responder.ids import new_id
from responder.models import (
    Author,
    Conversation,
    ConversationState,
    Priority,
    Reason,
    Ticket,
    TicketState,
)
from responder.priority import due_at, priority_of
from responder.store import conversations, messages, tickets
from responder.wording import Wording

URGENCY = (Priority.HIGH, Priority.NORMAL, Priority.LOW)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why people are needed, what the customer wrote (masked), and when."""

    reason: Reason
    text: str
    at: datetime


class Handover:
    def __init__(self, firm: FirmService, wording: Wording) -> None:
        self._firm = firm
        self._wording = wording

    def open(self, connection: sa.Connection, conversation: Conversation, cause: Cause) -> Ticket:
        """The conversation's one ticket, waiting for people since now at the latest."""
        ticket = tickets.find_of_conversation(connection, conversation.id)
        priority = priority_of(cause.reason, cause.text, self._urgent_words(conversation.lang))
        due = self._due(conversation, priority, cause.at)
        if ticket is None:
            values = {"conversation_id": conversation.id, "state": TicketState.NEW.value}
            values |= {"reason": cause.reason.value, "priority": priority.value, "due_at": due}
            values |= {"opened_at": cause.at, "waiting_since": cause.at}
            return tickets.insert(connection, {"public_id": new_id(cause.at), **values})
        if ticket.state is TicketState.SOLVED:
            return self._reopen(connection, ticket, cause, priority=priority, due=due)
        return self._touch(connection, ticket, cause.at, priority=priority, due=due)

    def customer_wrote(
        self, connection: sa.Connection, conversation: Conversation, text: str, at: datetime
    ) -> Ticket | None:
        """The customer added something while people have the conversation."""
        ticket = tickets.find_of_conversation(connection, conversation.id)
        if ticket is None or ticket.state is TicketState.SOLVED:
            return ticket
        said = priority_of(ticket.reason, text, self._urgent_words(conversation.lang))
        due = self._due(conversation, said, at)
        return self._touch(connection, ticket, at, priority=said, due=due)

    def sending_failed(
        self,
        connection: sa.Connection,
        conversation: Conversation,
        note: str,
        at: datetime,
        *,
        is_uncertain: bool,
    ) -> None:
        """A reply did not arrive, or perhaps did: a person has to look."""
        cause = Cause(Reason.SEND_UNCERTAIN, "", at)
        ticket = self.open(connection, conversation, cause)
        if is_uncertain and ticket.reason is not Reason.SEND_UNCERTAIN:
            tickets.update(connection, ticket.id, reason=Reason.SEND_UNCERTAIN.value)
        self.give_to_people(connection, conversation, at)
        self._note(connection, conversation, note, at)

    def _note(
        self, connection: sa.Connection, conversation: Conversation, text: str, at: datetime
    ) -> None:
        entry = {"conversation_id": conversation.id, "author": Author.NOTE.value}
        entry |= {"author_name": "", "text": text, "masked": text, "lang": conversation.lang}
        messages.insert(connection, [{**entry, "decision_id": None, "created_at": at}])

    def give_to_people(
        self, connection: sa.Connection, conversation: Conversation, at: datetime
    ) -> None:
        if conversation.state is not ConversationState.PEOPLE:
            state = ConversationState.PEOPLE.value
            conversations.update(connection, conversation.id, at, state=state)

    def _reopen(
        self,
        connection: sa.Connection,
        ticket: Ticket,
        cause: Cause,
        *,
        priority: Priority,
        due: datetime,
    ) -> Ticket:
        return tickets.update(
            connection,
            ticket.id,
            state=TicketState.NEW.value,
            reason=cause.reason.value,
            priority=priority.value,
            due_at=due,
            assignee=None,
            waiting_since=cause.at,
            closed_at=None,
        )

    def _touch(
        self,
        connection: sa.Connection,
        ticket: Ticket,
        at: datetime,
        *,
        priority: Priority,
        due: datetime,
    ) -> Ticket:
        """Already waiting: the earlier due time stays. More urgent than before: it moves up."""
        urgent = min(ticket.priority, priority, key=URGENCY.index)
        is_waiting = ticket.waiting_since is not None
        if is_waiting and urgent is ticket.priority:
            return ticket
        return tickets.update(
            connection,
            ticket.id,
            priority=urgent.value,
            due_at=min(due, ticket.due_at) if is_waiting else due,
            waiting_since=ticket.waiting_since or at,
        )

    def _due(self, conversation: Conversation, priority: Priority, at: datetime) -> datetime:
        profile = self._firm.get()
        minutes = profile.reply_minutes
        return due_at(at, priority, profile.hours, minutes, public=conversation.public)

    def _urgent_words(self, lang: str) -> str:
        return self._wording.text(lang, "urgent_words")
