"""What agents answer with an article becomes an example question of it."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from kb.database import Database
from kb.models import ArticleKey
from responder.calibrations import ITSELF
from responder.errors import SuggestionDecided, UnknownSuggestion
from responder.exchange import Outcome
from responder.models import ReplyKind, Verdict
from responder.suggestions import Suggestion
from tests.conftest import StillClock
from tests.responder.builders import BUDI, DEWI
from tests.responder.learning import PASSWORD, REFUND, SHIPPING, TaughtShop, an_open_shop, source_of

LOST = "jual gajah putih tidak"
ALIKE = ("jual gajah putih tidak", "jual gajah putih ga", "apakah jual gajah putih", "gajah putih?")


@pytest.fixture
def shop(database: Database, clock: StillClock, tmp_path: Path) -> TaughtShop:
    return an_open_shop(database, clock, tmp_path)


def answered(shop: TaughtShop, question: str, article: ArticleKey = SHIPPING) -> Outcome:
    """Handed over, and answered by an agent with that article."""
    outcome = shop.ask(question)
    assert outcome.ticket is not None
    shop.services.inbox.reply(outcome.ticket.public_id, DEWI, "Silakan.", article)
    return outcome


def opened(shop: TaughtShop) -> list[Suggestion]:
    return [
        member
        for entry in shop.services.suggestions.list_open()
        for group in entry.groups
        for member in group.members
    ]


def ids_of(shop: TaughtShop) -> list[int]:
    return [suggestion.id for suggestion in opened(shop)]


def test_an_agents_answer_with_an_article_suggests_the_question(shop: TaughtShop) -> None:
    outcome = answered(shop, LOST)
    (found,) = opened(shop)
    assert (found.question, found.article) == (LOST, SHIPPING)
    assert found.decision == outcome.decision.public_id


def test_a_greeting_around_the_question_is_not_suggested(shop: TaughtShop) -> None:
    shop.judge(shop.ask(f"assalamualaikum kak, {LOST}"), Verdict.WRONG, SHIPPING)
    assert [suggestion.question for suggestion in opened(shop)] == [LOST]


def test_an_accepted_suggestion_answers_the_next_customer(shop: TaughtShop) -> None:
    shop.services.thresholds.change("*", "*", 0.7, BUDI.email)
    answered(shop, LOST)
    (accepted,) = shop.services.suggestions.accept(ids_of(shop), BUDI.email)
    assert accepted.is_live
    shop.refresh()
    outcome = shop.ask("kak jual gajah putih tidak ya")
    assert (outcome.kind, outcome.decision.article) == (ReplyKind.ANSWER, SHIPPING)
    assert opened(shop) == []


def test_accepting_touches_nothing_else_of_the_file_and_says_who_did_it(shop: TaughtShop) -> None:
    source = source_of(SHIPPING).replace("title:", "# hands off\ntitle:")
    shop.publish(SHIPPING, source)
    answered(shop, LOST)
    shop.services.suggestions.accept(ids_of(shop), BUDI.email)
    latest = shop.library.get_article(SHIPPING).latest
    assert (
        latest.source.replace(f"  - {LOST}\n", "")
        == shop.library.get_revision(SHIPPING, latest.number - 1).source
    )
    assert (latest.author, latest.note) == (BUDI.email, "learned:1")


def test_beside_a_draft_it_goes_into_the_draft(shop: TaughtShop) -> None:
    answered(shop, LOST)
    latest = shop.library.get_article(SHIPPING).latest.number
    draft = source_of(SHIPPING, answer="Baru.")
    shop.library.save(SHIPPING, draft, by=DEWI.email, based_on=latest)
    (accepted,) = shop.services.suggestions.accept(ids_of(shop), BUDI.email)
    stored = shop.library.get_article(SHIPPING)
    assert not accepted.is_live
    assert (stored.article.answer, stored.article.questions[-1]) == ("Baru.", LOST)
    assert stored.published_revision == latest


def test_of_two_writers_who_accept_the_same_one_is_told(shop: TaughtShop) -> None:
    answered(shop, LOST)
    ids = ids_of(shop)
    results: list[object] = []
    start = threading.Barrier(2)

    def accept(by: str) -> None:
        start.wait()
        try:
            results.append(shop.services.suggestions.accept(ids, by))
        except SuggestionDecided as error:
            results.append(error)

    threads = [threading.Thread(target=accept, args=(by.email,)) for by in (DEWI, BUDI)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(isinstance(result, SuggestionDecided) for result in results) == [False, True]
    questions = shop.library.get_article(SHIPPING).article.questions
    assert questions.count(LOST) == 1


def test_a_declined_question_is_not_asked_about_again(shop: TaughtShop) -> None:
    outcome = answered(shop, LOST)
    assert shop.services.suggestions.decline(ids_of(shop), BUDI.email) == 1
    shop.judge(outcome, Verdict.WRONG, SHIPPING)
    assert opened(shop) == []
    with pytest.raises(UnknownSuggestion):
        shop.services.suggestions.decline([999], BUDI.email)


def test_the_same_words_are_settled_together(shop: TaughtShop) -> None:
    answered(shop, LOST)
    answered(shop, f"{LOST.upper()}?")
    first, _ = ids_of(shop)
    shop.services.suggestions.accept([first], BUDI.email)
    shop.refresh()
    assert opened(shop) == []


def test_alike_questions_are_listed_together_under_one_of_them(shop: TaughtShop) -> None:
    for question in ("cara menukar poin jadi hadiah", *ALIKE[:3]):
        answered(shop, question)
    (entry,) = shop.services.suggestions.list_open()
    assert [len(group.members) for group in entry.groups] == [3, 1]
    for group in entry.groups:
        assert group.typical in {member.question for member in group.members}


def test_a_verdict_that_names_the_right_article_suggests_it_too(shop: TaughtShop) -> None:
    outcome = shop.ask(LOST)
    shop.judge(outcome, Verdict.WRONG, REFUND)
    assert [s.article for s in opened(shop)] == [REFUND]
    shop.judge(outcome, Verdict.WRONG, PASSWORD)
    assert [s.article for s in opened(shop)] == [PASSWORD]


@pytest.mark.parametrize(
    "question",
    [
        "nomor saya 0812 3456 7890 mohon gajah putih",
        "ga",
        "gajah putih " * 40,
        "BERAPA ONGKIR ke jakarta??",
    ],
    ids=["personal data", "too short", "too long", "known already"],
)
def test_what_cannot_be_an_example_question_is_not_suggested(
    shop: TaughtShop, question: str
) -> None:
    outcome = shop.ask(question)
    shop.judge(outcome, Verdict.WRONG, SHIPPING)
    assert opened(shop) == []


def test_a_question_that_another_article_has_by_now_is_suggested_no_longer(
    shop: TaughtShop,
) -> None:
    answered(shop, LOST)
    shop.publish(REFUND, source_of(REFUND, LOST))
    assert opened(shop) == []


def test_a_suggestion_follows_its_article_to_a_new_name(shop: TaughtShop) -> None:
    answered(shop, LOST)
    new = shop.library.rename(SHIPPING, "biaya-kirim", BUDI.email)
    shop.refresh()
    (accepted,) = shop.services.suggestions.accept(ids_of(shop), BUDI.email)
    assert accepted.article == new


def test_a_question_that_waits_for_no_article_suggests_none(shop: TaughtShop) -> None:
    outcome = shop.ask("saya kecewa sekali, mau bicara dengan orang")
    assert outcome.ticket is not None
    shop.services.inbox.reply(outcome.ticket.public_id, DEWI, "Maaf.", SHIPPING)
    shop.services.inbox.reply(outcome.ticket.public_id, DEWI, "Ini juga.", REFUND)
    assert opened(shop) == []


def test_alike_questions_are_added_by_rule_once_enough_agree(shop: TaughtShop) -> None:
    for question in ALIKE[:2]:
        answered(shop, question)
    assert shop.services.suggestions.accept_by_rule() == ()
    answered(shop, ALIKE[2])
    (accepted,) = shop.services.suggestions.accept_by_rule()
    assert set(accepted.questions) == set(ALIKE[:3])
    latest = shop.library.get_article(SHIPPING).latest
    assert (latest.author, latest.number) == (ITSELF, accepted.revision)
    assert shop.services.suggestions.accept_by_rule() == ()


def test_the_rule_can_be_switched_off(shop: TaughtShop) -> None:
    profile = shop.services.firm.get()
    shop.services.firm.save(replace(profile, learn_after=0), BUDI.email)
    for question in ALIKE:
        answered(shop, question)
    assert shop.services.suggestions.accept_by_rule() == ()


def test_the_rule_leaves_to_writers_what_agents_disagree_on(shop: TaughtShop) -> None:
    for question in ALIKE[:3]:
        answered(shop, question)
    answered(shop, ALIKE[3], REFUND)
    assert shop.services.suggestions.accept_by_rule() == ()


def test_the_rule_leaves_to_writers_what_one_declined_before(shop: TaughtShop) -> None:
    answered(shop, ALIKE[3])
    shop.services.suggestions.decline(ids_of(shop), BUDI.email)
    for question in ALIKE[:3]:
        answered(shop, question)
    assert shop.services.suggestions.accept_by_rule() == ()


def test_the_rule_publishes_nobodys_draft(shop: TaughtShop) -> None:
    for question in ALIKE[:3]:
        answered(shop, question)
    latest = shop.library.get_article(SHIPPING).latest.number
    shop.library.save(SHIPPING, source_of(SHIPPING, answer="Baru."), by="dewi", based_on=latest)
    assert shop.services.suggestions.accept_by_rule() == ()
