"""The people's queue."""

import pytest

from kb.database import Database
from responder import schema
from responder.bootstrap import Services, build_services
from responder.errors import (
    EmptyMessage,
    IllegalTicketMove,
    InvalidContact,
    PersonalDataInPublic,
    TicketTaken,
    UnknownConversation,
    UnknownDecision,
    UnknownTicket,
)
from responder.exchange import Incoming, Outcome
from responder.models import Author, ConversationState, Reason, ReplyKind, TicketState, Verdict
from tests.conftest import StillClock
from tests.responder.builders import (
    BUDI,
    DEWI,
    PARCEL,
    REFUND,
    SITE,
    Script,
    some_mail,
    some_settings,
)
from tests.responder.tables import rows


@pytest.fixture
def mailing(database: Database, script: Script, clock: StillClock) -> Services:
    return build_services(database, some_settings(mail=some_mail()), script, clock)


def handed_over(services: Services, text: str = "ada gajah tidak", **more: object) -> Outcome:
    outcome = services.responder.reply(Incoming(text, **more))  # type: ignore[arg-type]
    assert outcome.ticket is not None
    return outcome


def ticket_of(outcome: Outcome) -> str:
    assert outcome.ticket is not None
    return outcome.ticket.public_id


def test_an_agent_sees_the_whole_story(services: Services) -> None:
    first = services.responder.reply(Incoming("mungkin yang itu ya kak"))
    again = Incoming("mungkin lagi deh", conversation=first.conversation.public_id)
    outcome = services.responder.reply(again)
    view = services.inbox.get_ticket(ticket_of(outcome))
    assert [m.author for m in view.messages] == [Author.CUSTOMER, Author.BOT] * 2
    assert [d.reply for d in view.decisions] == [ReplyKind.CLARIFY, ReplyKind.HANDOFF]
    assert view.decisions[-1].candidates[0].key == PARCEL
    assert view.ticket.reason is Reason.ASKED_TWICE
    assert view.draft == "Jawaban paket-belum-sampai."


def test_notes_are_seen_by_agents_only(services: Services) -> None:
    outcome = handed_over(services)
    services.inbox.note(ticket_of(outcome), DEWI, "sudah ditelepon")
    view = services.inbox.get_ticket(ticket_of(outcome))
    assert view.messages[-1].text == "sudah ditelepon"
    shown = services.conversations.transcript(outcome.conversation.public_id)
    assert all(m.author is not Author.NOTE for m in shown)


def test_the_queue_is_ordered_by_due_time_and_counts_what_is_late(
    services: Services, clock: StillClock
) -> None:
    calm = handed_over(services, "ada gajah tidak")
    angry = handed_over(services, "saya kecewa sekali")
    listed = services.inbox.list_tickets()
    assert [s.ticket.public_id for s in listed] == [ticket_of(angry), ticket_of(calm)]
    assert listed[0].last_author is Author.CUSTOMER
    clock.move(hours=2)
    counts = services.inbox.counts()
    assert (counts.new, counts.taken, counts.solved, counts.overdue) == (2, 0, 0, 1)


def test_tickets_are_found_by_state_assignee_words_and_address(services: Services) -> None:
    elephant = handed_over(services, "ada gajah tidak")
    tiger = handed_over(services, "ada harimau tidak")
    services.inbox.take(ticket_of(tiger), DEWI)
    services.conversations.leave_contact(
        elephant.conversation.public_id, name="Siti", email="Siti@Contoh.id"
    )

    def found(**by: object) -> list[str]:
        return [s.ticket.public_id for s in services.inbox.list_tickets(**by)]  # type: ignore[arg-type]

    assert found(state=TicketState.TAKEN) == [ticket_of(tiger)]
    assert found(assignee=DEWI.email) == [ticket_of(tiger)]
    assert found(text="GAJAH") == [ticket_of(elephant)]
    assert found(text="siti@contoh") == [ticket_of(elephant)]
    assert found(text="100%") == []


def test_two_agents_cannot_both_have_it(services: Services) -> None:
    public_id = ticket_of(handed_over(services))
    assert services.inbox.take(public_id, DEWI).assignee == DEWI.email
    assert services.inbox.take(public_id, DEWI).state is TicketState.TAKEN
    with pytest.raises(TicketTaken, match="dewi"):
        services.inbox.take(public_id, BUDI)
    with pytest.raises(TicketTaken):
        services.inbox.reply(public_id, BUDI, "halo")
    assert services.inbox.take(public_id, BUDI, take_over=True).assignee == BUDI.email
    services.inbox.release(public_id, BUDI)
    assert services.inbox.take(public_id, DEWI).assignee == DEWI.email


def test_a_reply_is_on_the_customers_page_at_once_and_takes_the_ticket(
    services: Services, clock: StillClock
) -> None:
    outcome = handed_over(services)
    clock.move(minutes=5)
    services.inbox.reply(ticket_of(outcome), DEWI, "Maaf, kami tidak menjual gajah.", PARCEL)
    last = services.conversations.transcript(outcome.conversation.public_id)[-1]
    assert (last.author, last.author_name, last.article) == (Author.STAFF, "Dewi", PARCEL)
    assert last.text.endswith(f"{SITE}/id/articles/paket-belum-sampai")
    ticket = services.inbox.get_ticket(ticket_of(outcome)).ticket
    assert (ticket.state, ticket.assignee) == (TicketState.TAKEN, DEWI.email)
    assert ticket.first_reply_at == clock.now
    assert ticket.waiting_since is None


def test_a_customer_who_writes_again_waits_again(services: Services, clock: StillClock) -> None:
    outcome = handed_over(services)
    services.inbox.reply(ticket_of(outcome), DEWI, "Sebentar ya.")
    clock.move(minutes=10)
    services.conversations.add_customer_message(outcome.conversation.public_id, "baik kak")
    ticket = services.inbox.get_ticket(ticket_of(outcome)).ticket
    assert ticket.waiting_since == clock.now
    assert ticket.due_at > clock.now


def test_an_empty_reply_is_refused(services: Services) -> None:
    outcome = handed_over(services)
    with pytest.raises(EmptyMessage):
        services.inbox.reply(ticket_of(outcome), DEWI, " \n ")


def test_personal_data_is_kept_out_of_a_public_reply(services: Services) -> None:
    outcome = handed_over(services, channel="x", public=True)
    with pytest.raises(PersonalDataInPublic, match="phone"):
        services.inbox.reply(ticket_of(outcome), DEWI, "Kami telepon 081234567890 ya")
    shown = services.conversations.transcript(outcome.conversation.public_id)
    assert all(m.author is not Author.STAFF for m in shown)


def test_solving_thanks_the_customer_once_and_gives_the_bot_back(services: Services) -> None:
    outcome = handed_over(services)
    solved = services.inbox.solve(ticket_of(outcome), DEWI)
    assert (solved.state, solved.waiting_since) == (TicketState.SOLVED, None)
    with pytest.raises(IllegalTicketMove):
        services.inbox.solve(ticket_of(outcome), DEWI)
    shown = services.conversations.transcript(outcome.conversation.public_id)
    assert sum("tandai selesai" in m.text for m in shown) == 1
    conversation = services.conversations.get(outcome.conversation.public_id)
    assert conversation.state is ConversationState.BOT


def test_a_solved_ticket_is_not_taken_but_reopened(services: Services) -> None:
    public_id = ticket_of(handed_over(services))
    services.inbox.solve(public_id, DEWI)
    with pytest.raises(IllegalTicketMove):
        services.inbox.take(public_id, BUDI)
    reopened = services.inbox.reopen(public_id, BUDI)
    assert (reopened.state, reopened.assignee) == (TicketState.TAKEN, BUDI.email)
    with pytest.raises(IllegalTicketMove):
        services.inbox.reopen(public_id, BUDI)


def test_thanks_after_solving_does_not_reopen_anything(services: Services) -> None:
    outcome = handed_over(services)
    services.inbox.solve(ticket_of(outcome), DEWI)
    after = services.conversations.add_customer_message(
        outcome.conversation.public_id, "makasih banyak ya kak"
    )
    assert after.kind is ReplyKind.SMALLTALK
    assert services.inbox.counts().solved == 1


def test_a_verdict_is_kept_and_can_be_changed(services: Services) -> None:
    outcome = handed_over(services)
    decision = outcome.decision
    services.inbox.record_verdict(decision.public_id, Verdict.RIGHT, DEWI)
    services.inbox.record_verdict(decision.public_id, Verdict.WRONG, BUDI, REFUND)
    given = services.inbox.get_ticket(ticket_of(outcome)).verdicts[decision.id]
    assert (given.verdict, given.right, given.staff) == (Verdict.WRONG, REFUND, BUDI.email)


def test_whoever_leaves_the_same_address_is_one_contact_with_one_history(
    services: Services,
) -> None:
    first, second = handed_over(services), handed_over(services, "ada harimau tidak")
    for outcome, details in (
        (first, {"name": "Siti", "email": "siti@contoh.id"}),
        (second, {"email": "SITI@contoh.id", "phone": "0812-3456-7890"}),
    ):
        services.conversations.leave_contact(outcome.conversation.public_id, **details)
    view = services.inbox.get_ticket(ticket_of(second))
    assert view.contact is not None
    assert (view.contact.name, view.contact.phone) == ("Siti", "+6281234567890")
    assert [s.ticket.public_id for s in view.history] == [ticket_of(first)]


def test_two_contacts_become_one_when_a_third_form_names_both(services: Services) -> None:
    by_mail, by_phone, both = (handed_over(services, f"ada {n} gajah") for n in (1, 2, 3))
    leave = services.conversations.leave_contact
    leave(by_mail.conversation.public_id, email="siti@contoh.id")
    leave(by_phone.conversation.public_id, phone="+62 812 3456 7890")
    leave(both.conversation.public_id, email="siti@contoh.id", phone="081234567890")
    view = services.inbox.get_ticket(ticket_of(both))
    assert len(view.history) == 2


def test_leaving_contact_opens_a_ticket_and_thanks(services: Services) -> None:
    conversation = services.conversations.open(lang="en")
    ticket = services.conversations.leave_contact(
        conversation.public_id, email="siti@example.com", text="My order 12345678 is broken"
    )
    assert (ticket.state, ticket.reason) == (TicketState.NEW, Reason.ASKED_PERSON)
    said = services.conversations.transcript(conversation.public_id)
    assert [m.author for m in said] == [Author.CUSTOMER, Author.BOT]
    assert said[0].masked == "My order [order] is broken"
    assert said[1].text.startswith("Thank you, we have saved how to reach you.")


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({}, "email"),
        ({"email": "siti@"}, "email"),
        ({"email": "a@b.id\r\nBcc: all@b.id"}, "email"),
        ({"phone": "12"}, "phone"),
        ({"name": "x" * 121, "email": "a@b.id"}, "name"),
    ],
)
def test_details_that_reach_nobody_are_refused(
    services: Services, details: dict[str, str], field: str
) -> None:
    conversation = services.conversations.open()
    with pytest.raises(InvalidContact) as caught:
        services.conversations.leave_contact(conversation.public_id, **details)
    assert caught.value.field == field


def test_a_reply_also_leaves_by_mail_if_an_address_is_known(
    mailing: Services, database: Database
) -> None:
    outcome = handed_over(mailing)
    mailing.conversations.leave_contact(outcome.conversation.public_id, email="siti@contoh.id")
    mailing.inbox.reply(ticket_of(outcome), DEWI, "Kami cek dulu, ya.")
    (row,) = rows(database, schema.outbound)
    assert (row["channel"], row["recipient"], row["state"]) == ("email", "siti@contoh.id", "queued")
    assert "Kami cek dulu, ya." in row["text"]
    assert f"{SITE}/s/" in row["text"]


def test_without_a_mail_server_or_an_address_nothing_is_queued(
    services: Services, mailing: Services, database: Database
) -> None:
    unknown = handed_over(mailing)
    mailing.inbox.reply(ticket_of(unknown), DEWI, "Halo")
    known = handed_over(services)
    services.conversations.leave_contact(known.conversation.public_id, email="siti@contoh.id")
    services.inbox.reply(ticket_of(known), DEWI, "Halo")
    assert rows(database, schema.outbound) == []


def test_what_is_not_there_is_said_to_be_missing(services: Services) -> None:
    with pytest.raises(UnknownTicket):
        services.inbox.get_ticket("x")
    with pytest.raises(UnknownConversation):
        services.conversations.get("x")
    with pytest.raises(UnknownConversation):
        services.conversations.by_token("forged.token")
    with pytest.raises(UnknownDecision):
        services.inbox.record_verdict("x", Verdict.RIGHT, DEWI)
    with pytest.raises(UnknownDecision):
        services.feedback.record("x", True)
