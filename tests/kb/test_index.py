import numpy as np

from kb.building import build_snapshot
from kb.embedders import HashingEmbedder
from kb.index import IndexSnapshot, Past, entries_of, extended
from kb.matching import match
from kb.models import Article, HitKind, PublishedArticle
from kb.vectors import MemoryVectors
from tests.kb.shelf import GREETING, SHOP, CountingEmbedder, an_article

EMBEDDER = HashingEmbedder()
PARKING = an_article("parkir", "Di mana parkir motor?", "ada parkiran ga", "parkir mobil bisa?")


def snapshot_of(*articles: Article) -> IndexSnapshot:
    entries = entries_of([PublishedArticle(article) for article in articles], [GREETING])
    return build_snapshot(entries, {}, EMBEDDER, MemoryVectors())


def grown(snapshot: IndexSnapshot, *articles: Article, embedder=EMBEDDER) -> IndexSnapshot:
    past = Past(snapshot.statistics, snapshot.recipe, snapshot.rows())
    entries = entries_of([PublishedArticle(article) for article in articles], [GREETING])
    return extended(past, entries, embedder, MemoryVectors())


def best(snapshot: IndexSnapshot, text: str) -> str:
    return str(match(snapshot, [text], EMBEDDER.embed_questions([text]))[0][0].key)


def test_each_question_finds_its_article() -> None:
    snapshot = snapshot_of(*SHOP)
    assert best(snapshot, "gratis ongkir ga kak") == "id/ongkir"
    assert best(snapshot, "uangku belum balik") == "id/refund"
    assert best(snapshot, "halo") == "id/greeting"


def test_the_same_content_in_another_order_gives_the_same_index() -> None:
    one, other = snapshot_of(*SHOP), snapshot_of(*reversed(SHOP))
    assert one.fingerprint == other.fingerprint
    assert np.array_equal(one.vectors, other.vectors)


def test_every_passage_keeps_its_own_rows_when_articles_come_and_go() -> None:
    twin = an_article("kembar", "Berapa ongkos kirim?", "gratis ongkir ga")
    start = snapshot_of(*SHOP, twin)
    later = grown(start, SHOP[0], PARKING, twin, SHOP[2])
    texts = [passage.text for passage in later.passages]
    embedded = EMBEDDER.embed_questions([passage.embedded_text for passage in later.passages])
    assert np.allclose(later.raw_vectors, embedded, atol=1e-6)
    for name, space in later.statistics.spaces.items():
        assert np.allclose(later.postings[name].T.toarray(), space.rows(texts).toarray())


def test_only_new_passages_are_embedded() -> None:
    embedder = CountingEmbedder()
    grown(snapshot_of(*SHOP), *SHOP, PARKING, embedder=embedder)
    assert sorted(embedder.texts) == sorted(
        text.lower() for text in (PARKING.title, *PARKING.questions)
    )


def test_a_new_article_answers_and_is_known_to_be_new() -> None:
    snapshot = grown(snapshot_of(*SHOP), *SHOP, PARKING)
    assert best(snapshot, "parkir motornya di mana") == "id/parkir"
    assert snapshot.is_new(PARKING.key)
    assert not snapshot.is_new(SHOP[0].key)


def test_an_edit_changes_the_content_fingerprint_and_not_the_learned_one() -> None:
    start = snapshot_of(*SHOP)
    later = grown(start, *SHOP, PARKING)
    assert later.fingerprint != start.fingerprint
    assert later.statistics.fingerprint == start.statistics.fingerprint


def test_linked_translations_are_one_hit() -> None:
    english = Article(
        an_article("shipping", "x", lang="en").key,
        "How much is shipping?",
        questions=("gratis ongkir ga",),
        translation_of=SHOP[0].key,
    )
    hits = match(
        snapshot_of(*SHOP, english),
        ["gratis ongkir ga"],
        EMBEDDER.embed_questions(["gratis ongkir ga"]),
    )[0]
    articles = [hit.key for hit in hits if hit.kind is HitKind.ARTICLE]
    assert len(articles) == len(SHOP)


def test_a_knowledge_base_of_one_article_answers() -> None:
    assert best(snapshot_of(SHOP[0]), "ongkir ke bandung berapa") == "id/ongkir"


def test_an_empty_knowledge_base_has_only_routes_and_without_those_nothing() -> None:
    assert best(snapshot_of(), "halo") == "id/greeting"
    nothing = build_snapshot((), {}, EMBEDDER, MemoryVectors())
    assert match(nothing, ["halo"], EMBEDDER.embed_questions(["halo"])) == ((),)
