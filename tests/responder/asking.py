"""Customers who ask."""

from responder.bootstrap import Services
from responder.exchange import Incoming, Outcome


def ask(services: Services, text: str, before: Outcome | None = None, **more: object) -> Outcome:
    conversation = before.conversation.public_id if before else None
    return services.responder.reply(Incoming(text, conversation=conversation, **more))  # type: ignore[arg-type]
