"""Votes of customers."""

from responder.bootstrap import Services
from responder.exchange import Incoming
from tests.conftest import StillClock
from tests.responder.builders import PARCEL, REFUND


def test_votes_on_answers_and_pages_are_counted_per_article(services: Services) -> None:
    answer = services.responder.reply(Incoming("paket saya belum sampai")).decision
    services.feedback.record(answer.public_id, False, "nomor saya 081234567890 tidak dihubungi")
    services.feedback.record(PARCEL, True)
    services.feedback.record(REFUND, True)
    first, second = services.feedback.summary()
    assert (first.article, first.helped, first.not_helped) == (PARCEL, 1, 1)
    assert first.remarks[0].why == "nomor saya [phone] tidak dihubungi"
    assert (second.article, second.helped, second.not_helped) == (REFUND, 1, 0)


def test_whoever_changes_their_mind_counts_once(services: Services) -> None:
    answer = services.responder.reply(Incoming("paket saya belum sampai")).decision
    services.feedback.record(answer.public_id, False)
    services.feedback.record(answer.public_id, True)
    (counted,) = services.feedback.summary()
    assert (counted.helped, counted.not_helped) == (1, 0)


def test_old_votes_are_left_out(services: Services, clock: StillClock) -> None:
    services.feedback.record(PARCEL, True)
    clock.move(days=31)
    assert services.feedback.summary(days=30) == ()
    assert len(services.feedback.summary(days=60)) == 1
