from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kb import search
from kb.matching import match
from kb.models import HitKind
from kb.recent import RecentQuestions
from kb.search import Searcher
from tests.kb.shelf import SHOP, CountingEmbedder, ShelfSource, an_article

ASKED = ("ongkir ke bandung", "uang belum balik", "salah tulis alamat", "halo kak", "parkir")


@pytest.fixture(autouse=True)
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "CHECK_SECONDS", 0.0)


@pytest.fixture
def embedder() -> CountingEmbedder:
    return CountingEmbedder()


@pytest.fixture
def source() -> ShelfSource:
    return ShelfSource(*SHOP)


@pytest.fixture
def searcher(tmp_path: Path, source: ShelfSource, embedder: CountingEmbedder) -> Searcher:
    made = Searcher(tmp_path / "index.db", source, lambda: embedder, dict)
    made.start()
    embedder.texts.clear()
    return made


def test_a_repeated_question_is_embedded_once(
    searcher: Searcher, embedder: CountingEmbedder
) -> None:
    first = searcher.search("ongkir ke bandung")
    assert searcher.search("  ongkir   ke bandung ") == first
    assert embedder.texts == ["ongkir ke bandung"]


def test_a_question_in_capitals_is_the_same_question(
    searcher: Searcher, embedder: CountingEmbedder
) -> None:
    first = searcher.search("ongkir ke bandung")
    assert searcher.search("ONGKIR ke Bandung") == first
    assert embedder.texts == ["ongkir ke bandung"]


def test_after_an_edit_a_repeated_question_is_answered_anew(
    searcher: Searcher, source: ShelfSource
) -> None:
    asked = "ada parkiran motor ga"
    before = searcher.search(asked)
    parking = an_article("parkir", "Di mana parkir motor?", "ada parkiran motor ga")
    source.put(parking)
    after = searcher.search(asked)
    assert after[0].key == parking.key not in {hit.key for hit in before}
    source.drop(parking.key)
    assert parking.key not in {hit.key for hit in searcher.search(asked)}


def test_every_thread_gets_what_matching_gives(
    searcher: Searcher, embedder: CountingEmbedder
) -> None:
    snapshot = searcher.snapshot()
    expected = {
        text: match(snapshot, [text], embedder.embed_questions([text]))[0] for text in ASKED
    }
    with ThreadPoolExecutor(8) as pool:
        texts = list(ASKED) * 40
        assert list(pool.map(searcher.search, texts)) == [expected[text] for text in texts]


def test_two_snapshots_never_share_an_answer(searcher: Searcher, source: ShelfSource) -> None:
    recent = RecentQuestions(searcher.embedder)
    old = searcher.snapshot()
    source.put(an_article("parkir", "Di mana parkir motor?"))
    new = searcher.snapshot()
    for snapshot, articles in ((old, 3), (new, 4), (old, 3), (new, 4)):
        hits = recent.find_hits(snapshot, "parkir motor")
        assert sum(hit.kind is HitKind.ARTICLE for hit in hits) == articles


def test_only_the_last_questions_are_kept(searcher: Searcher, embedder: CountingEmbedder) -> None:
    recent = RecentQuestions(searcher.embedder, most=2)
    for text in ("satu", "dua", "satu", "tiga", "satu", "dua"):
        recent.find_hits(searcher.snapshot(), text)
    assert embedder.texts == ["satu", "dua", "tiga", "dua"]
