"""What must leave the house: rows for the sender, written in the transaction of their message."""

from collections.abc import Mapping

import sqlalchemy as sa

from responder.firm import FirmService
from responder.links import Links
from responder.models import Contact, Conversation, Message, StaffName
from responder.store import contacts, outbound
from responder.wording import Wording

EMAIL = "email"


class Outgoing:
    """`senders` are the channels this site can send on beside the web page."""

    def __init__(
        self, senders: frozenset[str], firm: FirmService, wording: Wording, links: Links
    ) -> None:
        self._senders = senders - {"web"}
        self._firm = firm
        self._wording = wording
        self._links = links

    def queue_reply(
        self, connection: sa.Connection, conversation: Conversation, message: Message, text: str
    ) -> None:
        """On the conversation's own channel; web, widget and api need nothing sent."""
        if conversation.channel not in self._senders or conversation.contact_id is None:
            return
        contact = contacts.get(connection, conversation.contact_id)
        recipient = contact.find_identity(conversation.channel)
        if recipient is None:
            return
        subject = self._subject(conversation) if conversation.channel == EMAIL else ""
        row = {"channel": conversation.channel, "recipient": recipient, "text": text}
        self._insert(connection, conversation, message, {**row, "subject": subject})

    def queue_staff_reply(
        self,
        connection: sa.Connection,
        conversation: Conversation,
        message: Message,
        staff: StaffName,
    ) -> None:
        """On its channel, else by e-mail to whoever left an address."""
        if conversation.channel in self._senders:
            self.queue_reply(connection, conversation, message, message.text)
            return
        contact = self._contact(connection, conversation)
        if EMAIL not in self._senders or contact is None or contact.email is None:
            return
        text = self._wording.text(
            conversation.lang,
            "email_reply",
            text=message.text,
            name=staff.name,
            firm=self._firm.get().name,
            link=self._links.status(conversation.public_id),
        )
        row = {"channel": EMAIL, "recipient": contact.email, "text": text}
        row["subject"] = self._subject(conversation)
        self._insert(connection, conversation, message, row)

    def _subject(self, conversation: Conversation) -> str:
        firm = self._firm.get().name
        return self._wording.text(conversation.lang, "email_subject", firm=firm)

    def _contact(self, connection: sa.Connection, conversation: Conversation) -> Contact | None:
        if conversation.contact_id is None:
            return None
        return contacts.get(connection, conversation.contact_id)

    def _insert(
        self,
        connection: sa.Connection,
        conversation: Conversation,
        message: Message,
        row: Mapping[str, str],
    ) -> None:
        key = f"{row['channel']}:{conversation.public_id}:{message.id}:reply"
        values = {"dedupe_key": key, "conversation_id": conversation.id, "message_id": message.id}
        values |= {"state": "queued", "attempts": 0, "not_before": message.created_at}
        values |= {"created_at": message.created_at}
        outbound.insert_once(connection, {**values, **row})
