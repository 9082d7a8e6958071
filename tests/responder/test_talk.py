"""Two questions in one message, and messages that need the one before, through Responder.reply."""

import pytest

from kb.database import Database
from kb.models import ArticleKey
from responder import schema
from responder.bootstrap import Services
from responder.models import Author, Posture, Reason, ReplyKind, Verdict
from tests.conftest import StillClock
from tests.responder.asking import ask
from tests.responder.builders import (
    BY_HAND,
    DEWI,
    OLD,
    PARCEL,
    PARCEL_EN,
    REFUND,
    SITE,
    VOUCHER,
    Script,
)
from tests.responder.tables import rows

BOTH = "paket saya mana? trus kapan refund masuk?"


def link(key: ArticleKey) -> str:
    return f"{SITE}/{key.lang}/articles/{key.slug}"


def test_both_questions_are_answered_in_one_reply(services: Services) -> None:
    outcome = ask(services, BOTH)
    assert outcome.kind is ReplyKind.ANSWER
    assert outcome.decision.rule == "each_question_answered"
    assert [a.article for a in outcome.answers] == [PARCEL, REFUND]
    assert [a.question for a in outcome.answers] == ["paket saya mana?", "kapan refund masuk?"]
    assert outcome.text == (
        f"Jawaban paket-belum-sampai.\n{link(PARCEL)}\n\nJawaban lama-refund.\n{link(REFUND)}"
    )
    assert (outcome.decision.article, outcome.link) == (PARCEL, link(PARCEL))
    assert outcome.decision.confidence == pytest.approx(0.97 * 0.96)
    transcript = services.conversations.transcript(outcome.conversation.public_id)
    assert [m.author for m in transcript] == [Author.CUSTOMER, Author.BOT]


def test_the_stored_decision_has_both_answers_and_one_vote(services: Services) -> None:
    outcome = ask(services, BOTH)
    services.feedback.record(outcome.decision.public_id, False)
    [(decision, helped, _)] = services.conversations.list_replies(outcome.conversation.public_id)
    assert decision.answers == outcome.answers
    assert helped is False


def test_both_answers_must_be_right_together(services: Services, script: Script) -> None:
    script.finds = {"voucher": ((VOUCHER, 0.94),), "paket": ((PARCEL, 0.94),)}
    outcome = ask(services, "paket saya mana? trus voucher gimana?")
    assert outcome.decision.rule == "not_every_question_sure"


def test_half_an_answer_is_never_given(services: Services) -> None:
    outcome = ask(services, "paket saya mana? trus kalian jual gajah ga?")
    assert outcome.kind is ReplyKind.HANDOFF
    assert outcome.decision.rule == "not_every_question_sure"
    assert outcome.answers == ()
    assert outcome.ticket is not None


@pytest.mark.parametrize(
    ("text", "reason", "article"),
    [
        ("paket saya mana? trus promo kemarin masih ada?", Reason.OVERDUE, OLD),
        ("paket saya mana? trus garansi gimana?", Reason.LOW_CONFIDENCE, BY_HAND),
        ("paket saya mana? trus kok kecewa banget ya?", Reason.COMPLAINT, None),
    ],
)
def test_what_people_must_do_takes_the_whole_message(
    services: Services, text: str, reason: Reason, article: ArticleKey | None
) -> None:
    outcome = ask(services, text)
    assert outcome.decision.reason is reason
    if article is not None:
        assert outcome.decision.article == article


def test_the_same_article_for_both_questions_is_one_answer(services: Services) -> None:
    outcome = ask(services, "paket saya mana? trus paket kapan sampai?")
    assert outcome.decision.rule == "confidence_reaches_threshold"
    assert len(outcome.answers) == 1


def test_more_than_three_questions_go_to_a_person(services: Services, script: Script) -> None:
    text = "paket mana? trus refund kapan? trus voucher gimana? trus bisa kirim gajah ga?"
    assert ask(services, text).decision.rule == "too_many_questions"
    assert len(script.texts) == 1


def test_an_ordinary_message_costs_one_search(services: Services, script: Script) -> None:
    ask(services, "Halo kak. Paket saya kok belum sampai?")
    assert len(script.texts) == 1
    ask(services, BOTH)
    assert len(script.texts) == 4


def test_in_public_one_private_question_keeps_the_whole_private(services: Services) -> None:
    outcome = ask(services, "paket mana? trus harga mitra berapa?", channel="x")
    assert outcome.decision.rule == "private_article_in_public"
    assert "Jawaban" not in outcome.text


def test_both_answers_fit_where_there_is_little_room(services: Services, script: Script) -> None:
    script.finds = {"paket": ((PARCEL, 0.99),), "refund": ((REFUND, 0.98),)}
    outcome = ask(services, BOTH, channel="x")
    assert outcome.text.startswith("Cek resi di halaman Lacak, ya.\n")
    assert outcome.text.index(link(PARCEL)) < outcome.text.index(link(REFUND))


def test_both_answers_are_drafted_where_people_send(services: Services) -> None:
    from dataclasses import replace

    services.firm.save(replace(services.firm.get(), postures={"*": Posture.DRAFT}), "admin")
    outcome = ask(services, BOTH)
    assert outcome.decision.reason is Reason.POSTURE
    assert outcome.ticket is not None
    draft = services.inbox.get_ticket(outcome.ticket.public_id).draft
    assert "Jawaban paket-belum-sampai." in draft
    assert "Jawaban lama-refund." in draft


@pytest.fixture
def elliptic(script: Script) -> Script:
    """ "kalau mahal" alone hints at the voucher; after a question about a refund it is sure."""
    script.finds = {
        "refund kapan kalau mahal": ((VOUCHER, 0.95), (REFUND, 0.4)),
        "refund kapan kalau begitu": ((REFUND, 0.98),),
        "refund kapan kalau refund lagi": ((REFUND, 0.98),),
        "refund kapan kalau gajah": ((REFUND, 0.98),),
        "refund lagi": ((REFUND, 0.5),),
        "mahal": ((VOUCHER, 0.5), (REFUND, 0.1)),
        "begitu": ((PARCEL, 0.4), (REFUND, 0.2)),
        "refund": ((REFUND, 0.96),),
        "gajah": ((PARCEL, 0.1),),
    }
    return script


def test_a_follow_up_is_read_with_the_question_before(services: Services, elliptic: Script) -> None:
    first = ask(services, "refund kapan")
    second = ask(services, "kalau mahal", first)
    assert second.decision.rule == "follow_up_of_previous"
    assert second.decision.article == VOUCHER
    assert second.decision.confidence == 0.95
    assert [a.question for a in second.answers] == ["refund kapan kalau mahal"]
    assert second.decision.candidates[0].confidence == 0.95


def test_the_answer_just_given_is_not_given_for_other_words(
    services: Services, elliptic: Script
) -> None:
    first = ask(services, "refund kapan")
    assert ask(services, "kalau gajah", first).kind is ReplyKind.HANDOFF
    unclear = ask(services, "kalau begitu", ask(services, "refund kapan"))
    assert unclear.kind is ReplyKind.CLARIFY
    assert [choice.key for choice in unclear.choices] == [PARCEL]


def test_it_is_given_again_for_words_that_point_to_it(services: Services, elliptic: Script) -> None:
    second = ask(services, "kalau refund lagi", ask(services, "refund kapan"))
    assert (second.decision.rule, second.decision.article) == ("follow_up_of_previous", REFUND)


def test_a_follow_up_that_is_sure_by_itself_is_answered_by_itself(
    services: Services, script: Script
) -> None:
    second = ask(services, "kalau voucher?", ask(services, "refund kapan"))
    assert second.decision.rule == "confidence_reaches_threshold"
    assert second.decision.article == VOUCHER
    assert len(script.texts) == 2


def test_nothing_is_joined_without_a_question_just_before(
    services: Services, elliptic: Script, clock: StillClock
) -> None:
    assert ask(services, "kalau mahal").kind is ReplyKind.CLARIFY

    first = ask(services, "refund kapan")
    clock.move(hours=2)
    assert ask(services, "kalau mahal", first).kind is ReplyKind.CLARIFY

    refused = ask(services, "refund kapan")
    services.feedback.record(refused.decision.public_id, False)
    assert ask(services, "kalau mahal", refused).decision.rule != "follow_up_of_previous"

    handed = ask(services, "kalian jual harimau tidak")
    assert handed.ticket is not None
    services.inbox.solve(handed.ticket.public_id, DEWI)
    assert ask(services, "kalau mahal", handed).kind is ReplyKind.CLARIFY


def test_thanks_in_between_do_no_harm(services: Services, elliptic: Script) -> None:
    first = ask(services, "refund kapan")
    assert ask(services, "makasih kak", first).kind is ReplyKind.SMALLTALK
    assert ask(services, "kalau mahal", first).decision.article == VOUCHER


def test_a_message_in_pieces_is_read_together(services: Services, script: Script) -> None:
    script.finds = {
        "mau tanya refund kapan": ((REFUND, 0.97),),
        "refund": ((REFUND, 0.6),),
        "kapan": ((PARCEL, 0.3), (REFUND, 0.2)),
    }
    first = ask(services, "mau tanya refund", channel="telegram", external_id="7")
    assert first.kind is ReplyKind.CLARIFY
    second = ask(services, "kapan", channel="telegram", external_id="7")
    assert (second.decision.rule, second.decision.article) == ("follow_up_of_previous", REFUND)


def test_a_preview_can_be_told_what_was_asked_before(services: Services, elliptic: Script) -> None:
    trace = services.responder.preview("kalau mahal", before="refund kapan")
    assert trace.rule == "follow_up_of_previous"
    assert trace.situation.follow_up is not None
    assert trace.situation.follow_up.text == "refund kapan kalau mahal"
    assert services.responder.preview(BOTH).situation.parts[1].text == "kapan refund masuk?"


def test_an_article_in_another_language_says_so(services: Services) -> None:
    outcome = ask(services, "what about the voucher please")
    assert outcome.decision.lang == "en"
    assert (
        outcome.text == "This article is only available in Indonesian:\nJawaban voucher-tidak-bisa."
    )
    assert outcome.answers[0].note == "This article is only available in Indonesian:"
    own = ask(services, "where is my parcel please")
    assert (own.decision.article, own.answers[0].note) == (PARCEL_EN, "")


def test_a_title_in_another_language_says_so(services: Services) -> None:
    outcome = ask(services, "please what is mungkin", channel="email")
    assert "1. My parcel has not arrived\n2. Berapa lama refund (in Indonesian)" in outcome.text


def test_what_people_say_of_a_follow_up_is_about_both_messages(
    services: Services, elliptic: Script
) -> None:
    second = ask(services, "kalau mahal", ask(services, "refund kapan"))
    services.inbox.record_verdict(second.decision.public_id, Verdict.RIGHT, DEWI)
    [label] = services.labels.list_labels()
    assert (label.question, label.article) == ("refund kapan kalau mahal", VOUCHER)


def test_messages_that_need_others_become_no_example_questions(
    services: Services, database: Database, elliptic: Script
) -> None:
    half = ask(services, "refund kapan? trus kalian jual gajah ga?")
    leaning = ask(services, "kalau mahal", ask(services, "refund kapan"))
    for outcome in (half, leaning):
        services.inbox.record_verdict(outcome.decision.public_id, Verdict.WRONG, DEWI, PARCEL)
    assert rows(database, schema.suggestion) == []
    alone = ask(services, "mahal banget ya kak ongkirnya di sini")
    services.inbox.record_verdict(alone.decision.public_id, Verdict.WRONG, DEWI, PARCEL)
    assert [row["state"] for row in rows(database, schema.suggestion)] == ["open"]
