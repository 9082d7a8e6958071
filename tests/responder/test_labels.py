"""What people said of answers, and how far it is trusted."""

import pytest

from responder.bootstrap import Services
from responder.exchange import Incoming
from responder.labels import LabelSource, is_right_now
from responder.models import Verdict
from tests.responder.builders import BUDI, PARCEL, PARCEL_EN, REFUND, VOUCHER


def asked(services: Services, text: str = "paket saya belum sampai") -> str:
    return services.responder.reply(Incoming(text)).decision.public_id


def test_a_verdict_counts_whole_and_names_the_right_article(services: Services) -> None:
    services.inbox.record_verdict(asked(services), Verdict.WRONG, BUDI, REFUND)
    (label,) = services.labels.list_labels()
    assert (label.article, label.right_article, label.is_right) == (PARCEL, REFUND, False)
    assert (label.weight, label.source) == (1.0, LabelSource.DESK)
    assert not label.is_held_back


def test_a_vote_says_little_until_votes_were_compared_with_verdicts(services: Services) -> None:
    services.feedback.record(asked(services), True)
    (before,) = services.labels.list_labels()
    assert before.source is LabelSource.CUSTOMER
    assert before.weight == pytest.approx(0.2)
    for _ in range(30):
        decision = asked(services)
        services.feedback.record(decision, True)
        services.inbox.record_verdict(decision, Verdict.RIGHT, BUDI)
    after = services.labels.list_labels()[0]
    assert after.weight == pytest.approx(0.8)


def test_votes_that_contradict_the_agents_say_nothing(services: Services) -> None:
    services.feedback.record(asked(services), True)
    for _ in range(20):
        decision = asked(services)
        services.feedback.record(decision, True)
        services.inbox.record_verdict(decision, Verdict.WRONG, BUDI)
    assert services.labels.list_labels()[0].weight == 0.0


def test_labels_are_found_by_channel_and_language(services: Services) -> None:
    services.feedback.record(asked(services), True)
    services.feedback.record(asked(services, "where is the parcel please"), False)
    assert len(services.labels.list_labels(channel="web")) == 2
    (english,) = services.labels.list_labels(lang="en")
    assert not english.is_right
    assert services.labels.list_labels(channel="x") == ()


def test_what_was_said_is_held_against_the_article_that_is_best_now(services: Services) -> None:
    services.inbox.record_verdict(asked(services), Verdict.RIGHT, BUDI)
    services.inbox.record_verdict(asked(services), Verdict.WRONG, BUDI, REFUND)
    services.inbox.record_verdict(asked(services), Verdict.WRONG, BUDI)
    right, corrected, wrong = services.labels.list_labels()
    assert is_right_now(right, PARCEL)
    assert is_right_now(right, PARCEL_EN, [PARCEL])
    assert is_right_now(right, REFUND) is False
    assert is_right_now(corrected, REFUND)
    assert is_right_now(corrected, PARCEL) is False
    assert is_right_now(corrected, VOUCHER) is False
    assert is_right_now(wrong, PARCEL) is False
    assert is_right_now(wrong, VOUCHER) is None
