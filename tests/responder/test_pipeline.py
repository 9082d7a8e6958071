"""The tables between us and the platforms: nothing lost, nothing said twice."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Event, Thread

import pytest
import sqlalchemy as sa

from kb.database import Database
from responder import schema
from responder.bootstrap import Services, build_services
from responder.delivery import Delivery, Outbound, Postponed, Refused, Sent, Uncertain
from responder.models import Author, ConversationState, Reason, TicketState
from responder.pipeline import LEASE, Worker
from tests.conftest import StillClock
from tests.responder.builders import DEWI, Script, some_mail, some_settings
from tests.responder.tables import rows


class PowerCut(BaseException):
    """Kills whoever sends, in the middle."""


@dataclass
class ToldChannel:
    """Does as it is told, one word per message; then sends."""

    plan: list[Delivery | BaseException] = field(default_factory=list)
    name: str = "outbox"
    sent: list[Outbound] = field(default_factory=list)

    def send(self, outbound: Outbound) -> Delivery:
        self.sent.append(outbound)
        word = self.plan.pop(0) if self.plan else Sent(outbound.message_id)
        if isinstance(word, BaseException):
            raise word
        return word


MakeWorker = Callable[[ToldChannel], Worker]


@pytest.fixture
def make_worker(services: Services, database: Database, clock: StillClock) -> MakeWorker:
    def make(channel: ToldChannel) -> Worker:
        tools = services.pipeline.tools
        return Worker(
            replace(tools, channels={"outbox": channel, "email": channel}, chance=lambda: 0.0)
        )

    return make


def receive(services: Services, number: int = 1, text: str = "paket saya belum sampai") -> bool:
    raw = {"text": text, "sender": f"customer-{number}"}
    return services.pipeline.receive("outbox", f"message-{number}", raw)


def test_what_comes_in_is_answered_on_its_channel(
    services: Services, database: Database, make_worker: MakeWorker
) -> None:
    channel = ToldChannel()
    assert receive(services)
    make_worker(channel).run_once()
    (outbound,) = channel.sent
    assert outbound.recipient == "customer-1"
    assert outbound.text.startswith("Jawaban paket-belum-sampai.")
    assert [row["state"] for row in rows(database, schema.inbound)] == ["done"]
    assert [row["state"] for row in rows(database, schema.outbound)] == ["sent"]


def test_a_message_delivered_ten_times_is_answered_once(
    services: Services, make_worker: MakeWorker
) -> None:
    channel = ToldChannel()
    assert [receive(services) for _ in range(10)].count(True) == 1
    worker = make_worker(channel)
    worker.run_once()
    worker.run_once()
    assert len(channel.sent) == 1


def test_a_refusal_for_now_is_tried_again_later_and_later(
    services: Services, database: Database, make_worker: MakeWorker, clock: StillClock
) -> None:
    channel = ToldChannel([Postponed("busy"), Postponed("busy"), Postponed("busy")])
    receive(services)
    worker = make_worker(channel)
    tried = []
    for _ in range(100):
        worker.run_once()
        tried.append(len(channel.sent))
        clock.move(seconds=1)
    assert [tried.index(n) for n in (1, 2, 3, 4)] == [0, 5, 15, 35]
    assert rows(database, schema.outbound)[0]["state"] == "sent"
    assert len({outbound.message_id for outbound in channel.sent}) == 1


def test_after_a_day_a_person_is_told(
    services: Services, database: Database, make_worker: MakeWorker, clock: StillClock
) -> None:
    channel = ToldChannel([Postponed("busy")] * 500)
    receive(services)
    worker = make_worker(channel)
    for _ in range(30):
        worker.run_once()
        clock.move(hours=1)
    assert rows(database, schema.outbound)[0]["state"] == "failed"
    (summary,) = services.inbox.list_tickets()
    notes = services.inbox.get_ticket(summary.ticket.public_id).messages
    assert sum(m.author is Author.NOTE and "busy" in m.text for m in notes) == 1


def test_a_final_refusal_is_not_repeated_and_a_person_is_told(
    services: Services, database: Database, make_worker: MakeWorker, clock: StillClock
) -> None:
    channel = ToldChannel([Refused("550 no such user")])
    receive(services)
    worker = make_worker(channel)
    worker.run_once()
    clock.move(days=1)
    worker.run_once()
    assert len(channel.sent) == 1
    assert rows(database, schema.outbound)[0]["state"] == "failed"
    assert services.inbox.counts().new == 1


@pytest.mark.parametrize("word", [Uncertain("no word"), RuntimeError("a bug")])
def test_an_unknown_outcome_is_never_repeated_and_a_person_decides(
    services: Services,
    database: Database,
    make_worker: MakeWorker,
    clock: StillClock,
    word: Delivery | BaseException,
) -> None:
    channel = ToldChannel([word])
    receive(services)
    worker = make_worker(channel)
    worker.run_once()
    clock.move(days=1)
    worker.run_once()
    assert len(channel.sent) == 1
    assert rows(database, schema.outbound)[0]["state"] == "uncertain"
    (summary,) = services.inbox.list_tickets()
    assert summary.ticket.reason is Reason.SEND_UNCERTAIN
    assert summary.conversation.state is ConversationState.PEOPLE


def test_an_uncertain_reply_reopens_a_solved_ticket(
    services: Services, make_worker: MakeWorker
) -> None:
    channel = ToldChannel()
    receive(services, text="ada gajah tidak")
    worker = make_worker(channel)
    worker.run_once()
    (summary,) = services.inbox.list_tickets()
    channel.plan = [Uncertain("no word")]
    services.inbox.reply(summary.ticket.public_id, DEWI, "Tidak ada.")
    services.inbox.solve(summary.ticket.public_id, DEWI)
    worker.run_once()
    ticket = services.inbox.get_ticket(summary.ticket.public_id).ticket
    assert (ticket.state, ticket.reason) == (TicketState.NEW, Reason.SEND_UNCERTAIN)


def test_a_sender_that_dies_while_sending_leaves_it_uncertain(
    services: Services, database: Database, make_worker: MakeWorker, clock: StillClock
) -> None:
    channel = ToldChannel([PowerCut()])
    receive(services)
    with pytest.raises(PowerCut):
        make_worker(channel).run_once()
    fresh = make_worker(channel)
    fresh.run_once()
    assert rows(database, schema.outbound)[0]["state"] == "sending"
    clock.move(seconds=LEASE.total_seconds() + 1)
    fresh.run_once()
    assert rows(database, schema.outbound)[0]["state"] == "uncertain"
    assert len(channel.sent) == 1
    assert services.inbox.counts().new == 1


def test_killed_after_any_commit_nothing_is_lost_and_nothing_said_twice(
    services: Services, database: Database, make_worker: MakeWorker, clock: StillClock
) -> None:
    """Each round one commit further; the last rounds die nowhere."""
    channel = ToldChannel()
    for allowed in range(1, 8):
        receive(services, allowed)
        _run_until_commit(database, make_worker(channel), allowed)
        clock.move(seconds=LEASE.total_seconds() + 1)
        make_worker(channel).run_once()
    assert all(row["state"] == "done" for row in rows(database, schema.inbound))
    outgoing = rows(database, schema.outbound)
    assert len(outgoing) == 7
    assert {row["state"] for row in outgoing} <= {"sent", "uncertain"}
    recipients = [outbound.recipient for outbound in channel.sent]
    assert len(recipients) == len(set(recipients))
    unsure = sum(row["state"] == "uncertain" for row in outgoing)
    assert services.inbox.counts().new == unsure
    assert unsure <= 2


def _run_until_commit(database: Database, worker: Worker, allowed: int) -> None:
    left = allowed

    def count(_: sa.Connection) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise PowerCut

    sa.event.listen(database.engine, "commit", count)
    try:
        worker.run_once()
    except PowerCut:
        pass
    finally:
        sa.event.remove(database.engine, "commit", count)


def test_replies_of_one_conversation_leave_in_order(
    services: Services, make_worker: MakeWorker, clock: StillClock
) -> None:
    channel = ToldChannel()
    worker = make_worker(channel)
    receive(services, text="ada gajah tidak")
    worker.run_once()
    (summary,) = services.inbox.list_tickets()
    channel.plan = [Postponed("busy")]
    for text in ("satu", "dua"):
        services.inbox.reply(summary.ticket.public_id, DEWI, text)
    worker.run_once()
    clock.move(seconds=6)
    worker.run_once()
    assert [outbound.text for outbound in channel.sent[1:]] == ["satu", "satu", "dua"]


def test_one_stuck_conversation_does_not_hold_up_the_others(
    services: Services, make_worker: MakeWorker
) -> None:
    channel = ToldChannel([Postponed("busy")])
    for number in (1, 2, 3):
        receive(services, number)
    make_worker(channel).run_once()
    assert [outbound.recipient for outbound in channel.sent] == [
        "customer-1",
        "customer-2",
        "customer-3",
    ]


@pytest.mark.parametrize("raw", [{}, {"text": None}, {"text": "x" * 5000, "sender": "c"}])
def test_a_message_nobody_can_read_is_put_aside_and_the_queue_moves_on(
    services: Services, database: Database, make_worker: MakeWorker, raw: dict[str, object]
) -> None:
    channel = ToldChannel()
    services.pipeline.receive("outbox", "bad", raw)
    receive(services)
    make_worker(channel).run_once()
    states = [row["state"] for row in rows(database, schema.inbound)]
    assert states == ["poison", "done"]


def test_a_message_that_kills_its_worker_each_time_is_put_aside(
    services: Services,
    database: Database,
    make_worker: MakeWorker,
    clock: StillClock,
    script: Script,
) -> None:
    receive(services)
    script.breaks_with = PowerCut()
    for _ in range(5):
        with pytest.raises(PowerCut):
            make_worker(ToldChannel()).run_once()
        clock.move(minutes=2)
    make_worker(ToldChannel()).run_once()
    assert rows(database, schema.inbound)[0]["state"] == "poison"


def test_later_mails_of_a_conversation_refer_to_the_earlier_ones(
    database: Database, script: Script, clock: StillClock
) -> None:
    services = build_services(database, some_settings(mail=some_mail()), script, clock)
    channel = ToldChannel(name="email")
    worker = Worker(replace(services.pipeline.tools, channels={"email": channel}))
    conversation = services.conversations.open()
    ticket = services.conversations.leave_contact(
        conversation.public_id, email="siti@contoh.id", text="halo"
    )
    for text in ("satu", "dua"):
        services.inbox.reply(ticket.public_id, DEWI, text)
        worker.run_once()
    assert channel.sent[0].references == ()
    assert channel.sent[1].references == (channel.sent[0].message_id,)


def test_a_channel_that_is_not_set_up_waits_and_then_tells_a_person(
    services: Services, database: Database, clock: StillClock
) -> None:
    worker = Worker(replace(services.pipeline.tools, channels={}, chance=lambda: 0.0))
    receive(services)
    worker.run_once()
    assert rows(database, schema.outbound)[0]["state"] == "queued"
    clock.now += timedelta(hours=25)
    worker.run_once()
    assert rows(database, schema.outbound)[0]["state"] == "failed"


def test_two_workers_share_the_work_and_nothing_is_sent_twice(
    services: Services, database: Database, make_worker: MakeWorker
) -> None:
    channel = ToldChannel()
    for number in range(20):
        receive(services, number)
    workers = [Thread(target=make_worker(channel).run_once) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    make_worker(channel).run_once()
    recipients = sorted(outbound.recipient for outbound in channel.sent)
    assert recipients == sorted(f"customer-{number}" for number in range(20))
    assert [row["state"] for row in rows(database, schema.outbound)] == ["sent"] * 20


def test_a_worker_stops_when_told(services: Services, make_worker: MakeWorker) -> None:
    channel = ToldChannel()
    stop = Event()
    thread = Thread(target=make_worker(channel).run, args=(stop, 0.01))
    thread.start()
    receive(services)
    deadline = time.monotonic() + 10
    while not channel.sent and time.monotonic() < deadline:
        time.sleep(0.01)
    stop.set()
    thread.join(10)
    assert not thread.is_alive()
    assert len(channel.sent) == 1
