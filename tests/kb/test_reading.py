"""What the store says of articles, on both databases."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from kb import schema
from kb.database import Database
from kb.diffs import Change
from kb.frontmatter import new_source
from kb.models import ArticleKey, Route, RouteAction, Status
from kb.publishing import Library
from tests.conftest import StillClock
from tests.kb.writing import FIRST, KEY, published, save


def test_a_diff_shows_what_went_and_what_came(library: Library) -> None:
    library.create(KEY, FIRST, "dewi")
    save(library, FIRST.replace("Satu", "Dua"))
    lines = [(line.change, line.text) for line in library.diff(KEY, 1, 2)]
    assert (Change.REMOVED, "Satu") in lines
    assert (Change.ADDED, "Dua") in lines
    assert (Change.SAME, "title: Paket") in lines


def test_lists_are_filtered_by_language_status_category_and_words(library: Library) -> None:
    published(library, ArticleKey("id", "lacak"), new_source("Lacak Paket", category="kirim"))
    published(library, ArticleKey("en", "track"), new_source("Track", category="kirim"))
    library.create(ArticleKey("id", "bayar"), new_source("Cara bayar"), "dewi")

    def slugs(**filters: object) -> list[str]:
        return [s.key.slug for s in library.list_articles(**filters)]  # type: ignore[arg-type]

    assert slugs() == ["track", "bayar", "lacak"]
    assert slugs(lang="id") == ["bayar", "lacak"]
    assert slugs(status=Status.PUBLISHED) == ["track", "lacak"]
    assert slugs(category="kirim", lang="id") == ["lacak"]
    assert slugs(text="PAKET") == ["lacak"]
    assert slugs(text="track") == ["track"]


def test_the_firms_routes_go_before_the_shipped_ones(library: Library) -> None:
    shipped = library.list_routes("id")
    assert {route.action for route in shipped} == set(RouteAction)
    source = "---\naction: thanks\nquestions: [nuhun]\nanswer: Mangga!\n---\n"
    assert library.replace_routes({ArticleKey("id", "thanks"): source})
    assert Route("id", "thanks", RouteAction.THANKS, ("nuhun",), "Mangga!") in library.list_routes()
    assert library.generation() == 1
    assert not library.replace_routes({ArticleKey("id", "thanks"): source})
    assert library.replace_routes({})
    assert library.list_routes("id") == shipped


def test_each_text_is_parsed_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        published(library, ArticleKey("id", f"artikel-{number}"))
    first = library.list_published()

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("parsed again")

    monkeypatch.setattr("kb.parsing.parse_article", refuse)
    assert [a.article for a in library.list_published()] == [a.article for a in first]


def test_a_text_that_this_version_cannot_read_hides_no_other(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    published(library)
    other = ArticleKey("id", "lacak")
    published(library, other)
    with library.database.write() as connection:
        connection.exec_driver_sql("UPDATE revision SET source = 'x' WHERE article_id = 1")
    fresh = Library(library.database, lambda: library.get_article(other).created_at)
    assert [live.key for live in fresh.list_published()] == [other]
    assert "unreadable_revision" in caplog.text
    assert fresh.get_article(KEY).article.title == "Paket"


def test_a_thousand_articles_are_listed_quickly(sqlite_database: Database) -> None:
    library = Library(sqlite_database, StillClock())
    body = "Kalimat yang panjang sekali. " * 60
    with sqlite_database.write() as connection:
        _insert_many(connection, 1000, new_source("Judul", body, questions=["a b c"] * 10))
    started = time.process_time()
    assert len(library.list_published()) == 1000
    first = time.process_time() - started
    started = time.process_time()
    library.list_published()
    assert time.process_time() - started < 0.3
    assert first < 3


def _insert_many(connection: object, count: int, source: str) -> None:
    at = StillClock().now
    made = range(1, count + 1)
    state = {"status": "published", "published_revision": 1, "latest_revision": 1}
    connection.execute(  # type: ignore[attr-defined]
        schema.article.insert(),
        [{"id": n, "lang": "id", "slug": f"a-{n}", "created_at": at, "updated_at": at, **state}
         for n in made],
    )  # fmt: skip
    text = {"number": 1, "source": source, "title": "Judul", "author": "x", "origin": "file"}
    connection.execute(  # type: ignore[attr-defined]
        schema.revision.insert(), [{"article_id": n, "created_at": at, **text} for n in made]
    )


def test_a_reader_who_follows_the_generation_misses_nothing_while_many_publish(
    library: Library,
) -> None:
    """What the search index does in every process."""
    keys = [ArticleKey("id", f"a-{number}") for number in range(4)]

    def write(key: ArticleKey) -> None:
        published(library, key)
        for number in range(5):
            save(library, f"---\ntitle: T\n---\nTeks {number}\n", key)
            library.publish(key, "x")
        if key.slug.endswith(("1", "3")):
            library.archive(key, "x")

    followed: dict[ArticleKey, int] = {}
    generation = -1
    with ThreadPoolExecutor(len(keys)) as pool:
        writers = [pool.submit(write, key) for key in keys]
        is_last = False
        while not is_last:
            is_last = all(writer.done() for writer in writers)
            now = library.generation()
            assert now >= generation
            if now != generation:
                followed = {live.key: live.revision for live in library.list_published()}
            generation = now
    assert [writer.exception() for writer in writers] == [None] * 4
    assert followed == {live.key: live.revision for live in library.list_published()}
    assert len(followed) == 2
