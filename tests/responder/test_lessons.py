"""What was wrong once is doubted where it is asked alike."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.database import Database
from kb.embedders import HashingEmbedder
from kb.errors import DatabaseUnavailable
from responder import teaching
from responder.confidence import undoubted
from responder.models import Verdict
from tests.conftest import StillClock
from tests.responder.builders import DEWI
from tests.responder.learning import (
    PASSWORD,
    REFUND,
    SHIPPING,
    TaughtShop,
    a_shop,
    an_open_shop,
    source_of,
)

ASKED = "berapa ongkir ke bulan"
NEAR = "ongkir ke bulan berapa"
LOST = "jual gajah putih tidak"
FAR = "lupa kata sandi akun saya"


@pytest.fixture
def shop(database: Database, clock: StillClock, tmp_path: Path) -> Iterator[TaughtShop]:
    yield an_open_shop(database, clock, tmp_path)
    for thread in threading.enumerate():
        if thread.name == "lessons":
            thread.join()


def test_a_wrong_verdict_lowers_confidence_near_the_question_and_not_far_from_it(
    shop: TaughtShop,
) -> None:
    outcome = shop.ask(ASKED)
    assert outcome.decision.article == SHIPPING
    near, far = shop.best(NEAR), shop.best(FAR)
    shop.judge(outcome, Verdict.WRONG)
    assert shop.best(ASKED).confidence < 0.05
    assert shop.best(NEAR).confidence < near.confidence - 0.2
    assert shop.best(FAR) == far


def test_a_greeting_around_the_question_makes_no_lesson_weaker(shop: TaughtShop) -> None:
    shop.judge(shop.ask(f"selamat pagi kak, {ASKED}, makasih ya"), Verdict.WRONG)
    assert shop.best(ASKED).confidence < 0.05
    assert shop.best(f"halo min, {ASKED}").confidence < 0.05


def test_refitting_sees_a_question_as_it_stood_before_its_verdict(shop: TaughtShop) -> None:
    outcome = shop.ask(ASKED)
    before = shop.best(ASKED)
    shop.judge(outcome, Verdict.WRONG)
    after = shop.best(ASKED)
    assert after.standing < before.standing - 0.5
    assert undoubted(after) == pytest.approx(before.standing)


def test_an_example_question_beside_a_wrong_answer_keeps_its_confidence(shop: TaughtShop) -> None:
    before = shop.best("berapa ongkir ke jakarta ya").confidence
    shop.judge(shop.ask(ASKED), Verdict.WRONG)
    assert shop.best("berapa ongkir ke jakarta ya").confidence > before - 0.1


def test_what_was_learned_survives_a_restart(
    shop: TaughtShop, database: Database, clock: StillClock, tmp_path: Path
) -> None:
    shop.judge(shop.ask(ASKED), Verdict.WRONG)
    restarted = a_shop(database, clock, tmp_path)
    assert restarted.best(ASKED) == shop.best(ASKED)


def test_a_verdict_is_in_force_within_seconds_without_anybody_waiting(shop: TaughtShop) -> None:
    outcome = shop.ask(ASKED)
    before = shop.best(ASKED).confidence
    shop.services.inbox.record_verdict(outcome.decision.public_id, Verdict.WRONG, DEWI)
    until = time.monotonic() + 10
    while shop.best(ASKED).confidence == before and time.monotonic() < until:
        time.sleep(0.1)
    assert shop.best(ASKED).confidence < 0.3


def test_a_verdict_taken_back_is_forgotten(shop: TaughtShop, clock: StillClock) -> None:
    outcome = shop.ask(ASKED)
    before = shop.best(ASKED)
    shop.judge(outcome, Verdict.WRONG)
    clock.move(minutes=5)
    shop.judge(outcome, Verdict.RIGHT)
    assert shop.best(ASKED) == before


def test_a_later_right_verdict_on_the_same_words_makes_up_for_it(
    shop: TaughtShop, clock: StillClock
) -> None:
    first, second = shop.ask(ASKED), shop.ask(ASKED.upper())
    before = shop.best(ASKED)
    shop.judge(first, Verdict.WRONG)
    clock.move(minutes=5)
    shop.judge(second, Verdict.RIGHT)
    assert shop.best(ASKED) == before


def test_an_article_corrected_since_is_believed_again(shop: TaughtShop, clock: StillClock) -> None:
    shop.judge(shop.ask(ASKED), Verdict.WRONG)
    low = shop.best(ASKED).confidence
    clock.move(minutes=5)
    shop.publish(SHIPPING, source_of(SHIPPING, "ongkir pakai kurir instan"))
    assert shop.best(ASKED).confidence < 0.35
    shop.publish(SHIPPING, source_of(SHIPPING, answer="Ke bulan: satu juta rupiah."))
    assert shop.best(ASKED).confidence > low + 0.2


def test_a_text_that_became_an_example_question_is_no_lesson(
    shop: TaughtShop, clock: StillClock
) -> None:
    shop.judge(shop.ask(ASKED), Verdict.WRONG)
    clock.move(minutes=5)
    shop.publish(SHIPPING, source_of(SHIPPING, ASKED))
    assert shop.best(ASKED).confidence > 0.8


def test_a_customers_no_says_less_than_an_agents(shop: TaughtShop) -> None:
    outcome = shop.ask(ASKED)
    before = shop.best(ASKED).confidence
    shop.services.feedback.record(outcome.decision.public_id, helped=False)
    shop.refresh()
    by_customer = shop.best(ASKED).confidence
    shop.judge(outcome, Verdict.WRONG)
    assert before > by_customer > shop.best(ASKED).confidence


def test_a_question_that_an_agent_answered_without_an_article_is_doubted_a_little(
    shop: TaughtShop,
) -> None:
    ticket = shop.ask(LOST).ticket
    assert ticket is not None
    before = shop.best(LOST).confidence
    shop.services.inbox.reply(ticket.public_id, DEWI, "Maaf, belum bisa dicicil.")
    shop.refresh()
    assert shop.best(LOST).confidence == before
    shop.services.inbox.solve(ticket.public_id, DEWI)
    shop.refresh()
    assert shop.best(LOST).confidence < before


@pytest.mark.parametrize("with_article", [True, False])
def test_a_ticket_solved_with_an_article_or_without_a_word_teaches_no_doubt(
    shop: TaughtShop, with_article: bool
) -> None:
    ticket = shop.ask(LOST).ticket
    assert ticket is not None
    before = shop.best(LOST)
    if with_article:
        shop.services.inbox.reply(ticket.public_id, DEWI, "Silakan baca ini.", SHIPPING)
    shop.services.inbox.solve(ticket.public_id, DEWI)
    shop.refresh()
    assert shop.best(LOST) == before


def test_a_database_that_fails_leaves_answers_and_old_lessons(
    shop: TaughtShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.judge(shop.ask(ASKED), Verdict.WRONG)
    learned = shop.best(ASKED)

    def fail(*_: object) -> None:
        raise DatabaseUnavailable("gone")

    monkeypatch.setattr("responder.store.lessons.stamp", fail)
    monkeypatch.setattr(teaching, "CHECK_SECONDS", 0.0)
    shop.refresh()
    assert shop.best(ASKED) == learned


def test_an_embedder_that_fails_on_lessons_leaves_answers(
    shop: TaughtShop, database: Database, clock: StillClock, tmp_path: Path
) -> None:
    class Stubborn(HashingEmbedder):
        """Refuses the one text that only a lesson has."""

        def embed_questions(self, texts):  # type: ignore[no-untyped-def]
            if ASKED in texts:
                raise RuntimeError("cannot")
            return super().embed_questions(texts)

    shop.services.inbox.record_verdict(shop.ask(ASKED).decision.public_id, Verdict.WRONG, DEWI)
    broken = a_shop(database, clock, tmp_path / "other", Stubborn)
    assert broken.best(FAR).key == PASSWORD
    assert broken.best("kapan uang refund saya masuk").key == REFUND
