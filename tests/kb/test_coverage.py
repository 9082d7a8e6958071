"""Coverage is BM25, as a share of what the question holds."""

import numpy as np
import pytest
from rank_bm25 import BM25Okapi

from kb.coverage import LENGTH_NORMALISATION, SATURATION, Coverage
from kb.lexical import TermSpace
from kb.text import words

PASSAGES = [
    ["kapan paket saya sampai", "paket belum sampai juga", "lacak paket"],
    ["cara bayar tagihan", "bayar lewat transfer bank"],
    ["lupa kata sandi", "ganti kata sandi akun"],
    ["alamat toko di bandung"],
    ["jam buka layanan"],
]


def a_coverage() -> tuple[Coverage, TermSpace]:
    texts = [text for passages in PASSAGES for text in passages]
    owner = np.array([n for n, passages in enumerate(PASSAGES) for _ in passages])
    space = TermSpace.fit("word", texts)
    postings = space.rows(texts).T.tocsr()
    return Coverage.of(postings, owner, len(PASSAGES)), space


@pytest.mark.parametrize("question", ["paket sampai", "bayar tagihan toko", "kata sandi akun"])
def test_it_orders_as_rank_bm25_does(question: str) -> None:
    coverage, space = a_coverage()
    grams = [[g for t in entry for g in _terms(t)] for entry in PASSAGES]
    okapi = BM25Okapi(grams, k1=SATURATION, b=LENGTH_NORMALISATION)
    expected = okapi.get_scores(words(question))
    measured = coverage.shares([question], space.vocabulary)[0]
    known = sum(okapi.idf[word] for word in words(question))
    assert measured * known == pytest.approx(expected, rel=1e-4)


def test_a_word_nobody_wrote_lowers_the_share() -> None:
    coverage, space = a_coverage()
    plain, odd = coverage.shares(["paket sampai", "paket sampai mars"], space.vocabulary)
    assert odd[0] < plain[0]


def test_what_only_the_left_out_passage_says_does_not_count() -> None:
    coverage, space = a_coverage()
    [kept] = coverage.shares(["lacak"], space.vocabulary, np.array([1]))
    [left_out] = coverage.shares(["lacak"], space.vocabulary, np.array([0]))
    assert kept[0] > 0
    assert left_out[0] == 0


def test_an_empty_knowledge_base_covers_nothing() -> None:
    space = TermSpace.fit("word", [])
    coverage = Coverage.of(space.rows([]).T.tocsr(), np.zeros(0, dtype=np.int64), 0)
    assert coverage.shares(["apa saja"], space.vocabulary).shape == (1, 0)


def _terms(text: str) -> list[str]:
    from kb.lexical import word_grams

    return sorted(set(word_grams(text)))
