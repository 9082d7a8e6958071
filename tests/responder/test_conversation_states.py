"""Conversation and ticket through any order of events: what must always hold."""

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.database import Database
from responder.bootstrap import Services, build_services
from responder.errors import IllegalTicketMove, TicketTaken
from responder.exchange import Incoming, Outcome
from responder.models import (
    Author,
    Conversation,
    ConversationState,
    Reason,
    ReplyKind,
    Ticket,
    TicketState,
)
from tests.conftest import StillClock
from tests.responder.builders import BUDI, DEWI, Script, some_settings

WORDS = ("paket saya mana", "mungkin yang itu", "ada gajah", "halo", "makasih", "ORANG", "2", "!!")


class Story:
    """One customer's conversation, driven by a list of events."""

    def __init__(self, services: Services, clock: StillClock) -> None:
        self.services = services
        self.clock = clock
        self.public_id = services.conversations.open().public_id
        self.last: Outcome | None = None

    def customer(self, text: str) -> None:
        before = self.conversation()
        self.last = self.services.responder.reply(Incoming(text, conversation=self.public_id))
        assert self.last.conversation.id == before.id
        if before.state is ConversationState.PEOPLE:
            assert self.last.kind is ReplyKind.SILENCE
        if self.last.kind is ReplyKind.HANDOFF:
            assert self.conversation().state is ConversationState.PEOPLE
            assert self.ticket() is not None

    def vote_no(self, _: str) -> None:
        if self.last is not None and self.last.kind is ReplyKind.ANSWER:
            self.services.feedback.record(self.last.decision.public_id, False)

    def staff(self, deed: str) -> None:
        ticket = self.ticket()
        if ticket is None:
            return
        inbox = self.services.inbox
        deeds: dict[str, Callable[[], object]] = {
            "take": lambda: inbox.take(ticket.public_id, DEWI),
            "steal": lambda: inbox.take(ticket.public_id, BUDI),
            "take over": lambda: inbox.take(ticket.public_id, BUDI, take_over=True),
            "release": lambda: inbox.release(ticket.public_id, DEWI),
            "reply": lambda: inbox.reply(ticket.public_id, DEWI, "Kami cek, ya."),
            "note": lambda: inbox.note(ticket.public_id, BUDI, "cek gudang"),
            "solve": lambda: inbox.solve(ticket.public_id, DEWI),
            "reopen": lambda: inbox.reopen(ticket.public_id, DEWI),
        }
        try:
            deeds[deed]()
        except (TicketTaken, IllegalTicketMove):
            assert self.ticket() == ticket

    def conversation(self) -> Conversation:
        return self.services.conversations.get(self.public_id)

    def ticket(self) -> Ticket | None:
        return self.services.conversations.find_ticket(self.public_id)

    def check(self) -> None:
        conversation, ticket = self.conversation(), self.ticket()
        said = self.services.conversations.transcript(self.public_id)
        if conversation.state is ConversationState.PEOPLE:
            assert ticket is not None
            assert ticket.state is not TicketState.SOLVED
        elif ticket is not None:
            assert ticket.state is TicketState.SOLVED
        if ticket is not None:
            assert (ticket.state is TicketState.NEW) <= (ticket.assignee is None)
            assert (ticket.state is TicketState.TAKEN) <= (ticket.assignee is not None)
            assert (ticket.state is TicketState.SOLVED) == (ticket.closed_at is not None)
            assert ticket.reason in Reason
        assert all(m.author is not Author.NOTE for m in said)
        assert len(self.services.inbox.list_tickets()) <= 1


EVENTS = st.one_of(
    st.tuples(st.just("customer"), st.sampled_from(WORDS)),
    st.tuples(st.just("vote_no"), st.just("")),
    st.tuples(
        st.just("staff"),
        st.sampled_from(
            ["take", "steal", "take over", "release", "reply", "note", "solve", "reopen"]
        ),
    ),
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(events=st.lists(EVENTS, max_size=14))
def test_whatever_happens_in_any_order(
    sqlite_database: Database, clock: StillClock, events: list[tuple[str, str]]
) -> None:
    services = build_services(sqlite_database, some_settings(), Script(), clock)
    with sqlite_database.write() as connection:
        for table in ("feedback", "verdict", "outbound", "ticket", "message", "decision"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
        connection.exec_driver_sql("DELETE FROM conversation")
    story = Story(services, clock)
    clarified = False
    for who, what in events:
        getattr(story, who)(what)
        clock.move(seconds=30)
        story.check()
        if who == "customer" and story.last is not None:
            is_clarify = story.last.kind is ReplyKind.CLARIFY
            assert not (clarified and is_clarify and story.last.choices)
            if story.last.kind not in (ReplyKind.SMALLTALK, ReplyKind.SILENCE):
                clarified = is_clarify and bool(story.last.choices)
