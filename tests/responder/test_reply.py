"""Responder.reply from a message to what is written down."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from kb.models import ArticleKey
from responder.bootstrap import Services
from responder.errors import MessageTooLong, UnknownChannel
from responder.exchange import Incoming, Outcome
from responder.models import (
    Author,
    ConversationState,
    Posture,
    Priority,
    Reason,
    ReplyKind,
    TicketState,
)
from responder.privacy import searchable
from tests.conftest import StillClock
from tests.responder.asking import ask
from tests.responder.builders import (
    BY_HAND,
    DEWI,
    OLD,
    PARCEL,
    PARCEL_EN,
    PARTNERS,
    SITE,
    SUNDAY,
    Script,
)


def authors(services: Services, outcome: Outcome) -> list[Author]:
    found = services.conversations.transcript(outcome.conversation.public_id)
    return [message.author for message in found]


def test_a_sure_match_is_answered_at_once_with_a_link(services: Services) -> None:
    outcome = ask(services, "kak paket saya belum sampai")
    assert outcome.kind is ReplyKind.ANSWER
    assert outcome.text == "Jawaban paket-belum-sampai."
    assert outcome.link == f"{SITE}/id/articles/paket-belum-sampai"
    assert "ORANG" in outcome.disclosure
    assert authors(services, outcome) == [Author.CUSTOMER, Author.BOT]
    assert outcome.decision.article == PARCEL
    assert outcome.decision.revision == 3
    assert outcome.decision.threshold == 0.9
    assert outcome.ticket is None


def test_the_answer_is_the_translation_in_the_customers_language(services: Services) -> None:
    outcome = ask(services, "where is my parcel", lang="id")
    assert outcome.decision.article == PARCEL_EN
    assert outcome.text == "Track it."
    assert outcome.conversation.lang == "en"


def test_a_short_message_keeps_the_language_of_the_conversation(services: Services) -> None:
    before = ask(services, "where is my parcel")
    assert ask(services, "voucher", before).decision.lang == "en"


def test_several_plausible_articles_are_offered_and_never_twice_in_a_row(
    services: Services,
) -> None:
    first = ask(services, "mungkin yang itu ya kak")
    assert first.kind is ReplyKind.CLARIFY
    assert [str(choice.key) for choice in first.choices] == [
        "id/paket-belum-sampai",
        "id/lama-refund",
    ]
    second = ask(services, "mungkin yang satunya lagi", first)
    assert second.kind is ReplyKind.HANDOFF
    assert second.decision.reason is Reason.ASKED_TWICE


@pytest.mark.parametrize("picked", ["2", "2.", "berapa lama refund"])
def test_a_choice_is_picked_by_number_or_title(services: Services, picked: str) -> None:
    outcome = ask(services, picked, ask(services, "mungkin yang itu ya kak"))
    assert outcome.kind is ReplyKind.ANSWER
    assert outcome.decision.article == ArticleKey("id", "lama-refund")


@pytest.mark.parametrize("text", ["Bukan salah satu dari ini", "bukan", "0"])
def test_none_of_the_choices_leads_to_a_person(services: Services, text: str) -> None:
    outcome = ask(services, text, ask(services, "mungkin yang itu ya kak"))
    assert outcome.decision.rule == "none_of_the_choices"
    assert ask(services, text).decision.rule != "none_of_the_choices"


@pytest.mark.parametrize("text", ["Ya", "iya, betul!", "1"])
def test_the_only_title_is_picked_by_saying_yes(services: Services, text: str) -> None:
    offered = ask(services, "hampir begitu kak")
    assert [choice.key for choice in offered.choices] == [PARCEL]
    assert offered.text == "Apakah ini yang dimaksud?"
    outcome = ask(services, text, offered)
    assert outcome.decision.rule == "customer_chose"
    assert outcome.decision.article == PARCEL


def test_yes_picks_nothing_where_there_are_several_titles(services: Services) -> None:
    outcome = ask(services, "ya", ask(services, "mungkin yang itu ya kak"))
    assert outcome.decision.rule != "customer_chose"


def test_the_only_title_can_be_refused(services: Services) -> None:
    outcome = ask(services, "Bukan yang ini", ask(services, "hampir begitu kak"))
    assert outcome.decision.rule == "none_of_the_choices"


def test_what_nothing_matches_goes_to_people_with_one_ticket(services: Services) -> None:
    outcome = ask(services, "apakah kalian menjual gajah")
    assert outcome.kind is ReplyKind.HANDOFF
    assert outcome.decision.reason is Reason.NO_CANDIDATE
    assert outcome.conversation.state is ConversationState.PEOPLE
    assert outcome.ticket is not None
    assert outcome.ticket.state is TicketState.NEW
    assert outcome.status_url is not None
    token = outcome.status_url.removeprefix(f"{SITE}/s/")
    assert services.conversations.by_token(token).id == outcome.conversation.id


def test_while_people_have_the_conversation_the_bot_is_silent_and_keeps_every_word(
    services: Services, script: Script
) -> None:
    before = ask(services, "apakah kalian menjual gajah")
    asked = len(script.texts)
    after = ask(services, "paket saya belum sampai", before)
    assert after.kind is ReplyKind.SILENCE
    assert after.decision.rule == "person_owns_conversation"
    assert after.text
    assert len(script.texts) == asked
    assert authors(services, after) == [Author.CUSTOMER, Author.BOT, Author.CUSTOMER]


def test_after_solving_the_bot_answers_again_and_a_new_hand_over_reopens_the_ticket(
    services: Services,
) -> None:
    before = ask(services, "apakah kalian menjual gajah")
    assert before.ticket is not None
    services.inbox.solve(before.ticket.public_id, DEWI)
    assert ask(services, "paket saya belum sampai", before).kind is ReplyKind.ANSWER
    again = ask(services, "kalau harimau ada tidak", before)
    assert again.ticket is not None
    assert again.ticket.public_id == before.ticket.public_id
    assert again.ticket.state is TicketState.NEW
    assert again.ticket.closed_at is None


def test_an_unknown_or_foreign_conversation_gets_a_new_one(services: Services) -> None:
    before = ask(services, "paket saya belum sampai")
    unknown = services.responder.reply(Incoming("paket", conversation="0" * 26))
    other_channel = services.responder.reply(
        Incoming("paket", channel="widget", conversation=before.conversation.public_id)
    )
    ids = {o.conversation.public_id for o in (before, unknown, other_channel)}
    assert len(ids) == 3


def test_a_sender_known_on_the_channel_comes_back_to_their_conversation(
    services: Services,
) -> None:
    first = ask(services, "paket saya belum sampai", channel="telegram", external_id="42")
    second = ask(services, "paketnya mana ya kak", channel="telegram", external_id="42")
    other = ask(services, "paketnya mana ya kak", channel="telegram", external_id="43")
    assert first.conversation.id == second.conversation.id
    assert other.conversation.id != first.conversation.id


def test_a_conversation_of_another_sender_is_foreign(services: Services) -> None:
    first = ask(services, "paket saya belum sampai", channel="telegram", external_id="42")
    thief = ask(services, "paket mana", first, channel="telegram", external_id="43")
    assert thief.conversation.id != first.conversation.id


def test_personal_data_never_reaches_matching_but_the_transcript_keeps_it(
    services: Services, script: Script
) -> None:
    text = "paket ke 0812-3456-7890 atau budi@contoh.id belum sampai"
    outcome = ask(services, text)
    masked = "paket ke [phone] atau [email] belum sampai"
    [searched] = script.texts
    assert searched == searchable(masked)
    assert "0812-3456-7890" not in searched
    assert "budi@contoh.id" not in searched
    assert outcome.decision.question == masked
    first = services.conversations.transcript(outcome.conversation.public_id)[0]
    assert (first.text, first.masked) == (text, masked)


def test_personal_data_in_public_only_leads_to_a_private_message(services: Services) -> None:
    outcome = ask(services, "paket ke 0812-3456-7890 belum sampai", channel="x", public=True)
    assert outcome.kind is ReplyKind.HANDOFF
    assert outcome.decision.reason is Reason.PRIVATE_DATA
    assert outcome.status_url is None
    assert "0812" not in outcome.text
    assert outcome.ticket is not None
    assert outcome.ticket.priority is Priority.HIGH


def test_in_public_the_bot_must_be_surer(services: Services, script: Script) -> None:
    script.finds = {"paket": ((PARCEL, 0.93),)}
    assert ask(services, "paket saya").kind is ReplyKind.ANSWER
    assert ask(services, "paket saya", channel="x", public=True).kind is ReplyKind.CLARIFY


@pytest.mark.parametrize("channel", ["x", "facebook", "instagram_comment", "linkedin"])
def test_a_channel_where_everybody_reads_along_is_public_whatever_the_caller_says(
    services: Services, channel: str
) -> None:
    outcome = ask(services, "berapa harga mitra ya", channel=channel, public=False)
    assert outcome.decision.reason is Reason.PRIVATE_DATA
    assert outcome.status_url is None


def test_private_articles_answer_in_private_by_a_signed_link_only(services: Services) -> None:
    private = ask(services, "berapa harga mitra ya")
    assert private.kind is ReplyKind.ANSWER
    assert private.link is not None
    address, _, key = private.link.partition("?key=")
    assert address.endswith("/id/articles/harga-mitra")
    assert services.links.check_article_key(PARTNERS, key)
    assert not services.links.check_article_key(PARCEL, key)
    public = ask(services, "berapa harga mitra ya", channel="x", public=True)
    assert public.decision.reason is Reason.PRIVATE_DATA
    assert "mitra" not in public.text


def test_staff_articles_are_never_shown(services: Services) -> None:
    outcome = ask(services, "lihat catatan petugas dong")
    assert outcome.kind is ReplyKind.HANDOFF
    assert all(str(c.key) != "id/catatan-petugas" for c in outcome.decision.candidates)


def test_an_article_past_its_date_is_not_answered_with(services: Services) -> None:
    outcome = ask(services, "promo kemarin masih ada")
    assert outcome.decision.reason is Reason.OVERDUE
    assert outcome.decision.article == OLD


def test_an_article_not_for_automatic_answers_goes_to_people(services: Services) -> None:
    outcome = ask(services, "saya mau klaim garansi")
    assert outcome.decision.reason is Reason.LOW_CONFIDENCE
    assert outcome.decision.article == BY_HAND


def test_an_answer_that_did_not_help_is_not_given_again(services: Services) -> None:
    first = ask(services, "paket saya belum sampai")
    services.feedback.record(first.decision.public_id, False, "sudah saya cek")
    second = ask(services, "tapi paket saya tetap belum ada", first)
    assert second.decision.reason is Reason.ASKED_TWICE


def test_the_same_answer_is_given_twice_at_most(services: Services) -> None:
    first = ask(services, "paket saya belum sampai")
    second = ask(services, "paket saya mana ya kak", first)
    third = ask(services, "loh paket saya di mana", second)
    assert [o.kind for o in (first, second)] == [ReplyKind.ANSWER, ReplyKind.ANSWER]
    assert third.decision.reason is Reason.ASKED_TWICE


def test_the_same_question_again_is_the_same_answer_again(services: Services) -> None:
    outcome = ask(services, "paket saya belum sampai")
    for _ in range(3):
        outcome = ask(services, "paket saya belum sampai", outcome)
        assert outcome.kind is ReplyKind.ANSWER


@pytest.mark.parametrize("text", ["", "   ", "🙏🙏", "?!...", "\u200b"])
def test_a_message_without_words_is_first_asked_back_then_handed_over(
    services: Services, text: str
) -> None:
    first = ask(services, text)
    assert first.kind is ReplyKind.CLARIFY
    assert first.choices == ()
    second = ask(services, "👍", first)
    assert second.decision.reason is Reason.UNREADABLE


@pytest.mark.parametrize(
    "text",
    [
        "ORANG",
        "agent",
        "Orang!",
        "human",
        "mau ngomong sama cs",
        "bisa bicara dengan petugas kak?",
        "I want to talk to a real person please",
    ],
)
def test_the_word_for_a_person_always_works(services: Services, text: str) -> None:
    outcome = ask(services, text)
    assert outcome.decision.reason is Reason.ASKED_PERSON


@pytest.mark.parametrize("text", ["paket orang lain nyasar", "voucher admin", "parcel agent"])
def test_a_question_about_people_is_no_wish_for_a_person(services: Services, text: str) -> None:
    assert ask(services, text).decision.reason is not Reason.ASKED_PERSON


def test_a_complaint_gets_a_person_first_of_all(services: Services) -> None:
    outcome = ask(services, "saya kecewa sekali")
    assert outcome.decision.reason is Reason.COMPLAINT
    assert outcome.text.startswith("Kami mohon maaf.")
    assert outcome.ticket is not None
    assert outcome.ticket.priority is Priority.HIGH


def test_greetings_and_thanks_are_answered_in_kind(services: Services) -> None:
    assert ask(services, "halo kak").text == "Halo, ada yang bisa kami bantu?"
    thanks = ask(services, "makasih banyak ya")
    assert thanks.kind is ReplyKind.SMALLTALK
    assert thanks.text == "Sama-sama! Senang bisa membantu."


def test_spam_is_recorded_and_nobody_is_disturbed(services: Services) -> None:
    outcome = ask(services, "slot gacor hari ini")
    assert outcome.kind is ReplyKind.SILENCE
    assert services.inbox.list_tickets() == ()


def test_too_long_a_message_is_refused(services: Services) -> None:
    with pytest.raises(MessageTooLong):
        ask(services, "a" * 4001)
    assert ask(services, "a" * 4000).kind is ReplyKind.HANDOFF


def test_an_unknown_channel_is_refused(services: Services) -> None:
    with pytest.raises(UnknownChannel):
        ask(services, "halo", channel="fax")


def test_nul_and_lone_surrogates_do_no_harm(services: Services) -> None:
    outcome = ask(services, "paket\x00 saya \ud800 mana \u202etxt")
    assert outcome.kind is ReplyKind.ANSWER
    assert "\x00" not in outcome.decision.question


def test_off_hours_are_told_once_per_conversation(services: Services, clock: StillClock) -> None:
    clock.now = SUNDAY
    first = ask(services, "apakah kalian menjual gajah")
    assert "besok mulai pukul 09.00 WIB" in first.text
    assert first.ticket is not None
    second = ask(services, "atau harimau barangkali", first)
    assert second.kind is ReplyKind.SILENCE
    transcript = services.conversations.transcript(first.conversation.public_id)
    assert sum("09.00" in message.text for message in transcript) == 1


def test_draft_posture_leaves_the_word_to_people(services: Services) -> None:
    _set_posture(services, Posture.DRAFT)
    outcome = ask(services, "paket saya belum sampai")
    assert outcome.decision.reason is Reason.POSTURE
    assert outcome.ticket is not None
    view = services.inbox.get_ticket(outcome.ticket.public_id)
    assert view.draft == "Jawaban paket-belum-sampai."


def test_shadow_posture_records_what_it_would_say_and_says_nothing(services: Services) -> None:
    _set_posture(services, Posture.SHADOW)
    outcome = ask(services, "paket saya belum sampai")
    assert outcome.kind is ReplyKind.SILENCE
    assert outcome.decision.reply is ReplyKind.ANSWER
    assert authors(services, outcome) == [Author.CUSTOMER]
    assert outcome.ticket is not None
    assert outcome.ticket.reason is Reason.POSTURE


def test_switched_off_everything_goes_to_the_queue(services: Services) -> None:
    _set_posture(services, Posture.OFF)
    outcome = ask(services, "paket saya belum sampai")
    assert outcome.kind is ReplyKind.SILENCE
    assert outcome.ticket is not None


def test_preview_decides_alike_and_records_nothing(services: Services) -> None:
    trace = services.responder.preview("kak paket saya belum sampai")
    outcome = ask(services, "kak paket saya belum sampai")
    assert (trace.kind, trace.rule, trace.text, trace.link) == (
        outcome.kind,
        outcome.decision.rule,
        outcome.text,
        outcome.link,
    )
    services.responder.preview("apakah kalian menjual gajah")
    assert services.inbox.list_tickets() == ()


def test_an_agent_who_takes_over_while_the_bot_thinks_is_not_talked_over(
    services: Services, script: Script
) -> None:
    before = ask(services, "apakah kalian menjual gajah")
    assert before.ticket is not None
    public_id = before.ticket.public_id
    services.inbox.solve(public_id, DEWI)
    script.meanwhile = lambda: services.inbox.reply(public_id, DEWI, "Sebentar, kami cek.")
    after = ask(services, "paket saya belum sampai", before)
    assert after.kind is ReplyKind.SILENCE
    assert after.decision.rule == "person_owns_conversation"
    assert authors(services, after)[-2:] == [Author.STAFF, Author.CUSTOMER]


def test_messages_at_the_same_moment_make_one_contact_and_lose_nothing(
    services: Services,
) -> None:
    def write(number: int) -> Outcome:
        return ask(services, f"ada gajah {number}", channel="telegram", external_id="42")

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(write, range(8)))
    assert len({o.conversation.id for o in outcomes}) == 1
    assert [o.kind for o in outcomes].count(ReplyKind.HANDOFF) == 1
    assert authors(services, outcomes[0]).count(Author.CUSTOMER) == 8
    assert len(services.inbox.list_tickets()) == 1


def test_on_x_the_reply_fits_with_its_link(services: Services) -> None:
    outcome = ask(services, "paket saya belum sampai", channel="x", public=True)
    assert outcome.text.startswith("Cek resi di halaman Lacak, ya.")
    assert f"{SITE}/id/articles/paket-belum-sampai" in outcome.text


def _set_posture(services: Services, posture: Posture) -> None:
    from dataclasses import replace

    services.firm.save(replace(services.firm.get(), postures={"*": posture}), "admin")
