"""How many questions a message has, and where one ends."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.intake import LONGEST_MESSAGE
from responder.questions import questions_in
from responder.speech import spoken
from tests.responder.speaking import shipped_speech

SPEECH = shipped_speech()
JOINERS = sorted(" ".join(phrase) for phrase in SPEECH.joining_phrases)


def cut(text: str) -> list[str]:
    return [asked.text for asked in questions_in(text, SPEECH)] or [text]


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (
            "paket saya blm sampe, trus cara retur gimana?",
            ["paket saya blm sampe", "cara retur gimana?"],
        ),
        ("ongkir ke bali brp kak? sama bisa cod ga", ["ongkir ke bali brp kak?", "bisa cod ga"]),
        (
            "bisa bayar pake qris? dan juga berapa lama batas waktunya",
            ["bisa bayar pake qris?", "berapa lama batas waktunya"],
        ),
        (
            "How do I return an item? Also, when will I get my refund?",
            ["How do I return an item?", "when will I get my refund?"],
        ),
        (
            "how do i track my order and how do i delete my account",
            ["how do i track my order", "how do i delete my account"],
        ),
        (
            "i was charged twice, also otp never comes",
            ["i was charged twice", "otp never comes"],
        ),
        (
            "bisa COD ga? and do you ship to malaysia?",
            ["bisa COD ga?", "do you ship to malaysia?"],
        ),
        (
            "1. cara daftar akun gimana\n2. ada kode referral ga?",
            ["cara daftar akun gimana", "ada kode referral ga?"],
        ),
        (
            "Paketnya di mana? Trusss OTP ga masuk juga nih",
            ["Paketnya di mana?", "OTP ga masuk juga nih"],
        ),
    ],
)
def test_two_questions(text: str, questions: list[str]) -> None:
    assert cut(text) == questions


@pytest.mark.parametrize(
    "text",
    [
        "Saya beli sepatu minggu lalu. Kok belum sampai?",
        "Halo kak, saya mau tanya. Ongkir ke Surabaya berapa ya?",
        "Kemarin saya pesan panci, terus hari ini mau dibatalin. Bisa?",
        "kode vouchernya udah saya masukin trus ga kepotong, kenapa?",
        "apa bedanya ukuran queen sama king buat seprai?",
        "Kapan uang refund saya masuk? Sudah seminggu belum ada.",
        "bisa gopay atau ovo ga",
        "I bought a lamp last week. Why hasn't it arrived?",
        "I ordered a pan and got an iron. What now?",
        "do i buy on the website or just dm you guys?",
        "totalnya 1,500,000 kok beda?",
        "",
        "?!",
        "trus",
    ],
)
def test_one_question(text: str) -> None:
    assert questions_in(text, SPEECH) == ()


def test_a_question_of_one_word_may_be_about_the_one_before() -> None:
    first, second = questions_in("paketku di mana posisinya? kapan sampenya?", SPEECH)
    assert (first.is_slight, second.is_slight) == (False, True)
    _, led = questions_in("ongkir ke bali berapa kak? trus cod?", SPEECH)
    assert not led.is_slight


@given(st.text(max_size=300))
def test_nothing_is_invented_and_the_order_stays(text: str) -> None:
    rest = text
    for part in questions_in(text, SPEECH):
        assert part.text
        assert part.text in rest
        rest = rest[rest.index(part.text) + len(part.text) :]


@given(
    st.sampled_from(["ongkir ke bali berapa", "cara retur gimana", "where is my parcel"]),
    st.sampled_from(JOINERS),
    st.sampled_from(["bisa cod ga", "lupa password gimana ya", "can i cancel my order"]),
    st.sampled_from(["? ", ", ", ". ", " ... ", "\n"]),
)
def test_every_joining_word_leads_to_another_question(
    first: str, joiner: str, second: str, between: str
) -> None:
    found = cut(f"{first}{between}{joiner} {second}?")
    assert [spoken(text) for text in found] == [spoken(first), spoken(second)]


@given(
    st.sampled_from(["trus ", "bisa ga? ", ", dan ", "1. a\n", "a" * 40, "kenapa ya, juga paket "])
)
def test_the_longest_message_is_cut_within_a_blink(repeated: str) -> None:
    text = (repeated * LONGEST_MESSAGE)[:LONGEST_MESSAGE]
    began = time.process_time()
    questions_in(text, SPEECH)
    assert time.process_time() - began < 0.5
