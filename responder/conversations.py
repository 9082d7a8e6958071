"""Who said what: conversations as the customer sees them, and how to reach the customer."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from kb.database import Database
from responder.channels.formats import get_format
from responder.clock import Clock
from responder.contact_details import ContactDetails, parse_details
from responder.errors import InvalidContact, UnknownConversation
from responder.exchange import Incoming, Outcome
from responder.firm import FirmService
from responder.handover import Cause, Handover
from responder.ids import new_id
from responder.intake import clean
from responder.links import Links
from responder.models import (
    Author,
    Conversation,
    ConversationState,
    Decision,
    Message,
    Reason,
    Ticket,
)
from responder.privacy import mask
from responder.service import Responder
from responder.store import contacts, conversations, decisions, messages, tickets
from responder.threads import insert
from responder.voice import Voice
from responder.wording import Wording


@dataclass(frozen=True, slots=True)
class ConversationTools:
    database: Database
    responder: Responder
    handover: Handover
    firm: FirmService
    wording: Wording
    voice: Voice
    links: Links
    clock: Clock


class Conversations:
    def __init__(self, tools: ConversationTools) -> None:
        self._tools = tools
        self._database = tools.database

    def open(self, channel: str = "web", lang: str | None = None) -> Conversation:
        """An empty conversation, for a contact form that comes without a question before it."""
        get_format(channel)
        profile = self._tools.firm.get()
        now = self._tools.clock()
        new = Conversation(
            id=0,
            public_id=new_id(now),
            channel=channel,
            lang=lang if lang in profile.languages else profile.default_lang,
            public=False,
            state=ConversationState.BOT,
            contact_id=None,
            created_at=now,
        )
        with self._database.write() as connection:
            return insert(connection, new)

    def find(self, public_id: str) -> Conversation | None:
        with self._database.read() as connection:
            return conversations.find(connection, public_id)

    def get(self, public_id: str) -> Conversation:
        found = self.find(public_id)
        if found is None:
            raise UnknownConversation(public_id)
        return found

    def transcript(self, public_id: str) -> tuple[Message, ...]:
        """What the customer may see: everything but the agents' notes."""
        with self._database.read() as connection:
            conversation = _get(connection, public_id)
            return messages.list_of_conversation(connection, conversation.id, with_notes=False)

    def list_replies(self, public_id: str) -> tuple[tuple[Decision, bool | None, str], ...]:
        """The decisions in their order, each with whether it helped (None: not said) and why."""
        with self._database.read() as connection:
            conversation = _get(connection, public_id)
            return decisions.list_with_votes(connection, conversation.id)

    def find_ticket(self, public_id: str) -> Ticket | None:
        with self._database.read() as connection:
            conversation = _get(connection, public_id)
            return tickets.find_of_conversation(connection, conversation.id)

    def add_customer_message(self, public_id: str, text: str) -> Outcome:
        """From the customer's own page: answered like any message of this conversation."""
        known = self.get(public_id)
        return self._tools.responder.reply(
            Incoming(text, known.channel, known.lang, known.public_id, known.public)
        )

    def leave_contact(
        self, public_id: str, *, name: str = "", email: str = "", phone: str = "", text: str = ""
    ) -> Ticket:
        """Remember how to reach the customer and give the conversation to people."""
        details = parse_details(name, email, phone)
        words = clean(text)
        if not (details.identities or words):
            raise InvalidContact("email", "leave an e-mail address or a phone number")
        now = self._tools.clock()
        with self._database.write() as connection:
            conversation = conversations.lock(connection, _get(connection, public_id).id)
            if details.identities or details.name:
                self._remember(connection, conversation, details, now)
            ticket = self._give_to_people(connection, conversation, words, now)
            self._confirm(connection, conversation, words, now)
        return ticket

    def status_token(self, conversation: Conversation) -> str:
        return self._tools.links.status_token(conversation.public_id)

    def status_url(self, conversation: Conversation) -> str:
        return self._tools.links.status(conversation.public_id)

    def by_token(self, token: str) -> Conversation:
        public_id = self._tools.links.find_conversation(token)
        if public_id is None:
            raise UnknownConversation(token)
        return self.get(public_id)

    def _remember(
        self,
        connection: sa.Connection,
        conversation: Conversation,
        details: ContactDetails,
        at: datetime,
    ) -> None:
        """Whoever is known by one of the identities already is the same contact."""
        known = [
            found
            for identity in details.identities
            if (found := contacts.find_by_identity(connection, identity)) is not None
        ]
        here = conversation.contact_id
        for contact in sorted({*known, *([here] if here else [])}):
            contacts.lock(connection, contact)
        keep = known[0] if known else here or contacts.insert(connection, details.name, at)
        for identity in details.identities:
            contacts.add_identity(connection, keep, identity)
        if details.name and (keep == here or not contacts.get(connection, keep).name):
            contacts.rename(connection, keep, details.name)
        if conversation.contact_id != keep:
            conversations.update(connection, conversation.id, at, contact_id=keep)
        for other in {*known, *([here] if here else [])} - {keep}:
            _merge(connection, other, keep)

    def _give_to_people(
        self, connection: sa.Connection, conversation: Conversation, text: str, at: datetime
    ) -> Ticket:
        masked = mask(text, self._tools.firm.get().order_patterns).text
        ticket = tickets.find_of_conversation(connection, conversation.id)
        reason = ticket.reason if ticket else Reason.ASKED_PERSON
        self._tools.handover.give_to_people(connection, conversation, at)
        return self._tools.handover.open(connection, conversation, Cause(reason, masked, at))

    def _confirm(
        self, connection: sa.Connection, conversation: Conversation, text: str, at: datetime
    ) -> None:
        opening = self._tools.voice.opening(conversation.lang, at)
        thanks = self._tools.wording.text(conversation.lang, "contact_thanks", opening=opening)
        masked = mask(text, self._tools.firm.get().order_patterns).text
        said = [(Author.CUSTOMER, text, masked), (Author.BOT, thanks.strip(), thanks.strip())]
        messages.insert(
            connection,
            [
                {
                    "conversation_id": conversation.id,
                    "author": author.value,
                    "author_name": "",
                    "text": original,
                    "masked": seen,
                    "lang": conversation.lang,
                    "decision_id": None,
                    "created_at": at,
                }
                for author, original, seen in said
                if original
            ],
        )


def _get(connection: sa.Connection, public_id: str) -> Conversation:
    found = conversations.find(connection, public_id)
    if found is None:
        raise UnknownConversation(public_id)
    return found


def _merge(connection: sa.Connection, other: int, keep: int) -> None:
    contacts.move_identities(connection, other, keep)
    conversations.move_to_contact(connection, other, keep)
    contacts.delete(connection, other)
