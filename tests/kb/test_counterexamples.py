from dataclasses import replace

import pytest

from kb.building import build_snapshot
from kb.counterexamples import Counterexample
from kb.embedders import HashingEmbedder
from kb.index import IndexSnapshot, Past, entries_of, extended
from kb.matching import match
from kb.models import Article, Hit, PublishedArticle
from kb.passages import Passage, PassageKind
from kb.teaching import counterexamples_of, doubting, not_refuted
from kb.text import normalise
from kb.vectors import MemoryVectors, embedded
from tests.kb.shelf import SHOP, an_article

EMBEDDER = HashingEmbedder()
STORE = MemoryVectors()
WRONG = "berapa ongkos sewa gudang"


def a_snapshot(*articles: Article) -> IndexSnapshot:
    entries = entries_of(map(PublishedArticle, articles or SHOP), [])
    return build_snapshot(entries, {}, EMBEDDER, STORE)


def told(snapshot: IndexSnapshot, *examples: Counterexample) -> IndexSnapshot:
    asked = [Passage(PassageKind.QUESTION, example.text) for example in examples]
    vectors = embedded(asked, snapshot.recipe, EMBEDDER, STORE)
    return doubting(snapshot, counterexamples_of(snapshot, examples, vectors))


def hit_of(snapshot: IndexSnapshot, text: str, slug: str) -> Hit:
    text = normalise(text)
    hits = match(snapshot, [text], EMBEDDER.embed_questions([text]))[0]
    return next(hit for hit in hits if hit.key.slug == slug)


def test_doubt_is_near_a_counterexample_and_not_far_from_it() -> None:
    snapshot = told(a_snapshot(), Counterexample(WRONG))
    assert hit_of(snapshot, WRONG, "ongkir").doubt > 0.8
    assert hit_of(snapshot, "ongkos sewa gudang berapa", "ongkir").doubt > 0.3
    assert hit_of(snapshot, "ganti alamat bisa ga", "alamat").doubt < 0.01


def test_doubt_moves_no_article_in_the_order() -> None:
    plain = a_snapshot()
    text = normalise(WRONG)
    vectors = EMBEDDER.embed_questions([text])
    before = match(plain, [text], vectors)[0]
    after = match(told(plain, Counterexample(WRONG)), [text], vectors)[0]
    assert [replace(hit, doubt=0.0) for hit in after] == list(before)


def test_an_example_question_beats_a_counterexample_beside_it() -> None:
    snapshot = told(a_snapshot(), Counterexample("ongkir ke bandung naik ga"))
    assert hit_of(snapshot, "ongkir ke bandung berapa", "ongkir").doubt < 0.1


@pytest.mark.parametrize(
    ("example", "doubted"),
    [
        (Counterexample(WRONG, group="id/ongkir"), {"ongkir"}),
        (Counterexample(WRONG, exempt=frozenset({"id/ongkir"})), {"refund", "alamat"}),
        (Counterexample(WRONG), {"ongkir", "refund", "alamat"}),
    ],
)
def test_doubt_falls_on_what_the_counterexample_speaks_of(
    example: Counterexample, doubted: set[str]
) -> None:
    snapshot = told(a_snapshot(), example)
    found = {a.key.slug for a in SHOP if hit_of(snapshot, WRONG, a.key.slug).doubt > 0.5}
    assert found == doubted


def test_less_believed_means_less_doubt_and_two_say_more_than_one() -> None:
    plain = a_snapshot()
    weak = Counterexample(WRONG, weight=0.2)
    also = Counterexample(f"{WRONG} ya", weight=0.2)
    once = hit_of(told(plain, weak), WRONG, "ongkir").doubt
    twice = hit_of(told(plain, weak, also), WRONG, "ongkir").doubt
    assert 0.1 < once < twice < 0.5


def test_what_became_an_example_question_is_refuted() -> None:
    snapshot = a_snapshot()
    own = Counterexample("gratis ongkir ga")
    elsewhere = Counterexample("gratis ongkir ga", group="id/alamat")
    other = Counterexample(WRONG)
    assert not_refuted(snapshot, [own, elsewhere, other]) == (elsewhere, other)


def test_counterexamples_fit_a_snapshot_with_terms_that_came_later() -> None:
    first = a_snapshot()
    known = told(first, Counterexample(WRONG)).counterexamples
    entries = entries_of(
        map(PublishedArticle, (*SHOP, an_article("zx", "Qwxyz?", "zzqq vvkk"))), []
    )
    past = Past(first.statistics, first.recipe, first.rows())
    later = doubting(extended(past, entries, EMBEDDER, STORE), known)
    assert hit_of(later, WRONG, "ongkir").doubt > 0.8
    assert hit_of(later, "zzqq vvkk", "zx").doubt < 0.01
