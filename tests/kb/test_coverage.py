"""Coverage is a share of what the question holds: by words BM25, by fragments presence."""

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


def in_fragments() -> tuple[Coverage, TermSpace]:
    texts = [text for passages in PASSAGES for text in passages]
    owner = np.array([n for n, passages in enumerate(PASSAGES) for _ in passages])
    space = TermSpace.fit("char", texts)
    postings = space.rows(texts).T.tocsr()
    return Coverage.of_fragments(postings, space.vocabulary, owner, len(PASSAGES)), space


def test_a_typo_or_an_ending_leaves_fragments_whole() -> None:
    (words_cover, words_space), (coverage, space) = a_coverage(), in_fragments()
    assert words_cover.shares(["tagihanku"], words_space.vocabulary).max() == 0
    shares = coverage.shares(["tagihanku"], space.vocabulary)[0]
    assert shares.argmax() == 1
    assert 0.3 < shares[1] < 1


def test_fragments_that_the_article_has_all_of_cover_the_question() -> None:
    coverage, space = in_fragments()
    assert coverage.shares(["lupa kata sandi"], space.vocabulary)[0, 2] == pytest.approx(1)


def test_fragments_of_the_left_out_passage_alone_do_not_count() -> None:
    coverage, space = in_fragments()
    [left_out] = coverage.shares(["lacak"], space.vocabulary, np.array([0]))
    assert left_out[0] == 0


def test_an_empty_knowledge_base_covers_nothing() -> None:
    space = TermSpace.fit("word", [])
    coverage = Coverage.of(space.rows([]).T.tocsr(), np.zeros(0, dtype=np.int64), 0)
    assert coverage.shares(["apa saja"], space.vocabulary).shape == (1, 0)
    letters = TermSpace.fit("char", [])
    postings = letters.rows([]).T.tocsr()
    nothing = Coverage.of_fragments(postings, letters.vocabulary, np.zeros(0, dtype=np.int64), 0)
    assert nothing.shares(["apa saja"], letters.vocabulary).shape == (1, 0)


def _terms(text: str) -> list[str]:
    from kb.lexical import word_grams

    return sorted(set(word_grams(text)))
