"""Whatever customers send: an answer or a clear refusal, never a crash."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.models import ArticleKey
from responder.bootstrap import Services
from responder.errors import MessageTooLong, UnknownConversation, UnknownDecision, UnknownTicket
from responder.exchange import Incoming
from responder.intake import clean
from responder.models import Verdict
from tests.responder.builders import DEWI

ANYTHING = st.text(st.characters(), max_size=300)
NASTY = [
    "\x00",
    "\ud800",
    "a\x00b",
    "' OR 1=1 --",
    "\u202e",
    "%00",
    "{text}",
    "x" * 10_000,
    "",
    "0" * 26,
]


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=ANYTHING, sender=st.none() | ANYTHING, conversation=st.none() | ANYTHING)
def test_any_text_gets_an_outcome(
    sqlite_services: Services, text: str, sender: str | None, conversation: str | None
) -> None:
    outcome = sqlite_services.responder.reply(
        Incoming(text, "telegram", conversation=conversation, external_id=sender)
    )
    assert outcome.text


@given(text=st.text(st.characters(), max_size=500))
def test_a_cleaned_text_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "\x00" not in once
    once.encode("utf-8")


@pytest.mark.parametrize("nasty", NASTY)
def test_no_field_breaks_either_database(services: Services, nasty: str) -> None:
    if len(nasty) < 4000:
        services.responder.reply(Incoming(nasty, "telegram", nasty, nasty, external_id=nasty))
    else:
        with pytest.raises(MessageTooLong):
            services.responder.reply(Incoming(nasty))
    with pytest.raises(UnknownConversation):
        services.conversations.get(nasty)
    with pytest.raises(UnknownTicket):
        services.inbox.get_ticket(nasty)
    with pytest.raises(UnknownTicket):
        services.inbox.take(nasty, DEWI)
    with pytest.raises(UnknownDecision):
        services.inbox.record_verdict(nasty, Verdict.RIGHT, DEWI)
    with pytest.raises(UnknownConversation):
        services.conversations.by_token(nasty)
    services.inbox.list_tickets(text=nasty)
    services.feedback.record(ArticleKey("id", "x"), False, nasty)
    conversation = services.conversations.open(lang=nasty)
    services.conversations.leave_contact(
        conversation.public_id, name=nasty[:100], phone="081234567890"
    )
