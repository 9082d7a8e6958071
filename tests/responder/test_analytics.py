"""Numbers that add up."""

import pytest

from responder.analytics import Fate
from responder.bootstrap import Services
from responder.models import Reason, ReplyKind, Verdict
from tests.conftest import StillClock
from tests.responder.asking import ask
from tests.responder.builders import DEWI, PARCEL


def test_every_question_is_counted_once(services: Services) -> None:
    for text in ("paket saya mana ya", "voucher saya gagal", "ada gajah", "halo", "slot gacor"):
        ask(services, text)
    numbers = services.analytics.numbers()
    assert numbers.questions == 5 == sum(numbers.replies.values())
    assert numbers.replies[ReplyKind.ANSWER] == 2 == sum(numbers.fates.values())
    assert numbers.answered_share == pytest.approx(2 / 3)
    assert numbers.reasons == {Reason.NO_CANDIDATE: 1}
    assert numbers.channels == {"web": 5}
    assert sum(numbers.by_hour) == numbers.by_hour[10] == 5
    assert sum(numbers.by_day.values()) == 5
    assert dict(numbers.top_articles)[PARCEL] == 1


def test_an_answer_has_one_fate_and_silence_is_only_assumed(
    services: Services, clock: StillClock
) -> None:
    assumed, confirmed, refused, wrong, came_back = (
        ask(services, "paket saya belum sampai") for _ in range(5)
    )
    services.feedback.record(confirmed.decision.public_id, True)
    services.feedback.record(refused.decision.public_id, False)
    services.feedback.record(wrong.decision.public_id, True)
    services.inbox.record_verdict(wrong.decision.public_id, Verdict.WRONG, DEWI)
    clock.move(days=2)
    ask(services, "ORANG", came_back)
    fates = services.analytics.numbers().fates
    assert fates == {
        Fate.WRONG: 1,
        Fate.REFUSED: 1,
        Fate.CAME_BACK: 1,
        Fate.CONFIRMED: 1,
        Fate.ASSUMED: 1,
    }
    assert assumed.kind is ReplyKind.ANSWER


def test_coming_back_counts_over_all_conversations_of_a_contact(
    services: Services, clock: StillClock
) -> None:
    first = ask(services, "paket saya belum sampai")
    other = ask(services, "voucher saya ditolak")
    clock.move(hours=1)
    again = ask(services, "ada gajah tidak")
    for outcome in (first, again):
        services.conversations.leave_contact(outcome.conversation.public_id, email="siti@contoh.id")
    fates = services.analytics.numbers().fates
    assert fates[Fate.CAME_BACK] == 1
    assert fates[Fate.ASSUMED] == 1
    assert other.kind is ReplyKind.ANSWER


def test_whoever_fills_in_the_contact_form_after_an_answer_came_back(
    services: Services, clock: StillClock
) -> None:
    answered = ask(services, "paket saya belum sampai")
    clock.move(minutes=1)
    services.conversations.leave_contact(
        answered.conversation.public_id, phone="081234567890", text="masih belum sampai"
    )
    assert services.analytics.numbers().fates[Fate.CAME_BACK] == 1


def test_waiting_is_measured_until_a_persons_first_reply(
    services: Services, clock: StillClock
) -> None:
    first, _ = ask(services, "ada gajah"), ask(services, "ada harimau")
    assert first.ticket is not None
    clock.move(minutes=12)
    services.inbox.reply(first.ticket.public_id, DEWI, "Tidak ada.")
    clock.move(minutes=30)
    services.inbox.reply(first.ticket.public_id, DEWI, "Sungguh.")
    waiting = services.analytics.numbers().waiting
    assert (waiting.tickets, waiting.replied, waiting.median_minutes) == (2, 1, 12.0)


def test_an_empty_site_has_no_shares(services: Services) -> None:
    numbers = services.analytics.numbers()
    assert numbers.questions == 0
    assert numbers.answered_share is None
    assert numbers.waiting.median_minutes is None
