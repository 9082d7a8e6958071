"""Messages that need the one before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.followups import LONGEST_TOGETHER, has_words_of, is_bare, leans_back, together
from tests.responder.builders import REFUND, an_article
from tests.responder.speaking import shipped_speech

SPEECH = shipped_speech()


@pytest.mark.parametrize(
    "text",
    [
        "kalau ke luar negeri?",
        "klo yg COD?",
        "terus poin?",
        "berapa lama?",
        "itu caranya gimana kak?",
        "what about refunds?",
        "and if it's stuck?",
        "how long does it take?",
        "kenapa?",
    ],
)
def test_it_leans_on_the_one_before(text: str) -> None:
    assert leans_back(text, SPEECH)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "??",
        "paket saya belum sampai padahal sudah seminggu lewat estimasi",
        "my parcel from last tuesday still has not arrived here",
        "cara ganti alamat pengiriman pesanan",
    ],
)
def test_it_stands_by_itself(text: str) -> None:
    assert not leans_back(text, SPEECH)


def test_a_bare_message_has_one_word_and_none_that_leads_to_it() -> None:
    assert is_bare("kapan dikirim?", SPEECH)
    assert not is_bare("terus poin?", SPEECH)
    assert not is_bare("kapan paket dikirim?", SPEECH)


def test_an_article_has_the_words_whatever_their_ending() -> None:
    article = an_article(REFUND, "Berapa lama refund", body="Uangnya dikembalikan.").article
    assert has_words_of(article, "kapan dikembalikannya?", SPEECH)
    assert has_words_of(article, "kapan?", SPEECH)
    assert not has_words_of(article, "kalau galon air?", SPEECH)


@given(st.text(max_size=900), st.text(max_size=900))
def test_both_messages_together_stay_short_and_end_with_the_new_one(before: str, text: str) -> None:
    both = together(before, text)
    assert both.endswith(text)
    assert len(both) <= max(LONGEST_TOGETHER, len(text) + 1) + 1
