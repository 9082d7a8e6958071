"""What is drawn for review, and in which order."""

import pytest

from responder.bootstrap import Services
from responder.exchange import Incoming
from responder.labels import LabelSource
from responder.models import Verdict
from responder.review import EVERYTHING, Scope
from tests.conftest import StillClock
from tests.responder.builders import BUDI, DEWI, PARCEL, REFUND, Script
from tests.responder.reviewing import FINDS, HALF_SURE, asked, find_label


@pytest.fixture
def script() -> Script:
    return Script(FINDS)


def drawn_all(services: Services, scope: Scope = EVERYTHING) -> list[str]:
    found = []
    while (drawn := services.review.draw(scope)) is not None:
        found.append(drawn.decision.public_id)
        services.review.record(drawn.decision.public_id, Verdict.RIGHT, BUDI)
    return found


def test_each_answer_is_drawn_once_and_in_an_order_that_is_not_its_time(
    services: Services, clock: StillClock
) -> None:
    made = []
    for _ in range(12):
        made.append(asked(services))
        clock.move(minutes=5)
    drawn = drawn_all(services)
    assert sorted(drawn) == sorted(made)
    assert drawn == sorted(made, key=lambda public_id: public_id[10:])


def test_below_the_threshold_is_drawn_too_but_nothing_hopeless(services: Services) -> None:
    unsure = asked(services, HALF_SURE)
    asked(services, "tebak saja")
    asked(services, "halo")
    assert drawn_all(services) == [unsure]


def test_a_question_left_for_later_comes_again(services: Services) -> None:
    asked(services)
    asked(services)
    first = services.review.draw()
    assert first is not None
    second = services.review.draw(after=first.decision.public_id)
    assert second is not None
    assert second.decision.public_id != first.decision.public_id
    assert services.review.draw(after=second.decision.public_id) == first


def test_the_shown_article_is_the_one_that_answers_now(services: Services) -> None:
    asked(services)
    drawn = services.review.draw()
    assert drawn is not None
    assert drawn.published is not None
    assert drawn.published.key == PARCEL
    assert drawn.said is None


def test_what_was_judged_at_the_desk_is_drawn_all_the_same(services: Services) -> None:
    decision = asked(services)
    services.inbox.record_verdict(decision, Verdict.WRONG, DEWI, REFUND)
    drawn = services.review.draw()
    assert drawn is not None
    assert (drawn.said, drawn.said_right) == (Verdict.WRONG, REFUND)
    services.review.record(decision, Verdict.WRONG, BUDI, REFUND)
    assert find_label(services, decision).source is LabelSource.REVIEW


def test_a_drawn_answer_stays_in_the_sample_when_the_desk_judges_it_again(
    services: Services,
) -> None:
    decision = asked(services)
    services.review.record(decision, Verdict.RIGHT, BUDI)
    services.inbox.record_verdict(decision, Verdict.WRONG, DEWI)
    label = find_label(services, decision)
    assert (label.is_right, label.source) == (False, LabelSource.REVIEW)


def test_a_channel_and_a_language_can_be_reviewed_alone(sqlite_services: Services) -> None:
    services = sqlite_services
    web = asked(services)
    mail = asked(services, channel="email")
    public = services.responder.reply(Incoming("yakin paket", "x")).decision.public_id
    assert drawn_all(services, Scope("email")) == [mail]
    assert drawn_all(services, Scope("public", "id")) == [public]
    assert drawn_all(services, Scope("*", "en")) == []
    assert drawn_all(services, Scope("*", "*")) == [web]


def test_progress_counts_what_wanted_an_answer(services: Services) -> None:
    asked(services)
    services.review.record(asked(services), Verdict.RIGHT, BUDI)
    asked(services, "tebak saja")
    asked(services, "halo")
    progress = services.review.progress()
    assert (progress.asked, progress.drawable, progress.reviewed) == (3, 2, 1)
