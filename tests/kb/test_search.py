import hashlib
import json
import logging
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from kb import search
from kb.batch import match_all
from kb.embedders import Embedder, HashingEmbedder, NoEmbedder
from kb.search import Searcher
from kb.text import Lexicon
from tests.kb.shelf import SHOP, CountingEmbedder, ShelfSource, an_article

PARKING = an_article("parkir", "Di mana parkir motor?", "ada parkiran ga", "parkir mobil bisa?")


@pytest.fixture(autouse=True)
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "CHECK_SECONDS", 0.0)


def a_searcher(
    folder: Path,
    source: ShelfSource,
    make: Callable[[], Embedder] = HashingEmbedder,
    read_lexicon: Callable[[], Lexicon] = dict,
) -> Searcher:
    return Searcher(folder / "index.db", source, make, read_lexicon)


def test_a_published_article_is_found_without_a_restart(tmp_path: Path) -> None:
    source = ShelfSource(*SHOP)
    searcher = a_searcher(tmp_path, source)
    searcher.start()
    source.put(PARKING)
    assert searcher.search("parkir motornya di mana")[0].key == PARKING.key
    source.drop(PARKING.key)
    assert PARKING.key not in {hit.key for hit in searcher.search("parkir motornya di mana")}


def test_a_restart_embeds_nothing_and_finds_the_same(tmp_path: Path) -> None:
    source = ShelfSource(*SHOP)
    first = a_searcher(tmp_path, source)
    before = first.search("uang belum balik")
    embedder = CountingEmbedder()
    second = a_searcher(tmp_path, source, lambda: embedder)
    snapshot = second.start()
    assert embedder.texts == []
    assert snapshot.fingerprint == first.snapshot().fingerprint
    assert second.search("uang belum balik") == before


def test_a_prepared_article_is_published_without_embedding(tmp_path: Path) -> None:
    source, embedder = ShelfSource(*SHOP), CountingEmbedder()
    searcher = a_searcher(tmp_path, source, lambda: embedder)
    searcher.start()
    searcher.prepare(PARKING)
    embedder.texts.clear()
    source.put(PARKING)
    searcher.snapshot()
    assert embedder.texts == []


def test_a_rebuild_embeds_no_past_question_again(tmp_path: Path) -> None:
    source, embedder = ShelfSource(*SHOP), CountingEmbedder()
    searcher = a_searcher(tmp_path, source, lambda: embedder)
    asked = [f"ongkir ke kota nomor {number}" for number in range(5)]
    match_all(searcher.start(), asked, embedder, searcher.store)
    embedder.texts.clear()
    match_all(searcher.rebuild(), asked, embedder, searcher.store)
    assert embedder.texts == []


def test_a_rebuild_replaces_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    source = ShelfSource(*SHOP)
    searcher = a_searcher(tmp_path, source)
    searcher.start()
    (tmp_path / "index.db").write_bytes(b"no database")
    rebuilt = searcher.rebuild()
    assert a_searcher(tmp_path, source).start().fingerprint == rebuilt.fingerprint


def test_a_rebuild_in_one_process_reaches_the_other(tmp_path: Path) -> None:
    source = ShelfSource(*SHOP)
    web, worker = a_searcher(tmp_path, source), a_searcher(tmp_path, source)
    web.start()
    source.put(PARKING)
    assert worker.needs_rebuild()
    learned = worker.rebuild().statistics.fingerprint
    assert web.snapshot().statistics.fingerprint == learned
    assert not web.needs_rebuild()


def test_slang_is_known_everywhere_once_one_process_has_learned_it(tmp_path: Path) -> None:
    source, lexicon = ShelfSource(*SHOP), {"id": {"gmn": "bagaimana"}}
    web, worker = (a_searcher(tmp_path, source, read_lexicon=lambda: lexicon) for _ in range(2))
    present = web.start()
    assert not worker.has_new_slang()
    lexicon["id"] = {"gmn": "bagaimana", "wakwaw": "ongkir"}
    assert web.has_new_slang()
    assert web.snapshot() is present
    worker.rebuild()
    assert web.snapshot().lexical_text("wakwaw") == "ongkir"
    assert not web.has_new_slang()


def test_slang_that_is_not_learned_yet_delays_no_process_that_starts(tmp_path: Path) -> None:
    source, embedder = ShelfSource(*SHOP), CountingEmbedder()
    old = {"id": {"brp": "berapa"}}
    learned = a_searcher(tmp_path, source, read_lexicon=lambda: old).start()
    late = a_searcher(tmp_path, source, lambda: embedder, lambda: {"id": {"wakwaw": "ongkir"}})
    assert late.start().fingerprint == learned.fingerprint
    source.put(PARKING)
    assert late.search("parkir motornya di mana")[0].key == PARKING.key
    assert late.snapshot().lexical_text("brp wakwaw") == "berapa wakwaw"
    assert late.has_new_slang()
    late.rebuild()
    assert late.snapshot().lexical_text("brp wakwaw") == "brp ongkir"


def test_an_index_of_an_earlier_format_is_built_anew(tmp_path: Path) -> None:
    source = ShelfSource(*SHOP)
    before = a_searcher(tmp_path, source).start()
    with closing(sqlite3.connect(tmp_path / "index.db")) as earlier, earlier:
        earlier.execute("DELETE FROM parts WHERE name = 'slang'")
        blob = json.dumps(["3", before.recipe.name, before.statistics.fingerprint]).encode()
        digest = hashlib.blake2b(blob, digest_size=16).hexdigest()
        earlier.execute(
            "UPDATE parts SET data = ?, digest = ? WHERE name = 'format'", (blob, digest)
        )
    again = a_searcher(tmp_path, source)
    assert again.start().fingerprint == before.fingerprint
    assert again.search("gratis ongkir")[0].key == SHOP[0].key


def test_a_damaged_file_is_rebuilt_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    source = ShelfSource(*SHOP)
    a_searcher(tmp_path, source).start()
    path = tmp_path / "index.db"
    whole = path.read_bytes()
    with caplog.at_level(logging.WARNING):
        for damage in (b"no database", whole[: len(whole) // 2]):
            path.write_bytes(damage)
            searcher = a_searcher(tmp_path, source)
            assert searcher.search("gratis ongkir")[0].key == SHOP[0].key
    assert "index_unusable" in caplog.text


def test_another_recipe_is_built_anew(tmp_path: Path) -> None:
    source = ShelfSource(*SHOP)
    learned = a_searcher(tmp_path, source).start().statistics.fingerprint
    other = a_searcher(tmp_path, source, NoEmbedder)
    assert other.start().statistics.fingerprint != learned
    assert other.search("gratis ongkir")[0].key == SHOP[0].key


def test_a_missing_file_is_built(tmp_path: Path) -> None:
    source = ShelfSource(*SHOP)
    a_searcher(tmp_path / "site" / "data", source).start()
    shutil.rmtree(tmp_path / "site")
    assert a_searcher(tmp_path / "site" / "data", source).search("halo")


def test_an_empty_site_answers_nothing_and_then_its_first_article(tmp_path: Path) -> None:
    source = ShelfSource(routes=())
    searcher = a_searcher(tmp_path, source)
    assert searcher.search("halo") == ()
    source.put(SHOP[0])
    assert searcher.search("gratis ongkir")[0].key == SHOP[0].key


def test_threads_search_while_articles_are_swapped(tmp_path: Path) -> None:
    source = ShelfSource(*SHOP)
    searcher = a_searcher(tmp_path, source)
    searcher.start()
    stop, errors = Event(), []

    def ask() -> None:
        while not stop.is_set():
            try:
                assert searcher.search("gratis ongkir ga")[0].key == SHOP[0].key
            except Exception as error:  # noqa: BLE001
                errors.append(error)
                return

    threads = [Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for number in range(15):
        source.put(an_article(f"baru-{number}", f"Hal baru nomor {number}", f"baru {number} apa"))
        searcher.snapshot()
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(searcher.snapshot().entries) == len(SHOP) + 15 + 1
