"""A folder read without any store: articles, routes, categories, lexicon, and what is wrong."""

from pathlib import Path

import pytest

from kb import starter
from kb.categories import parse_categories
from kb.errors import InvalidArticle
from kb.folder import read_folder
from kb.lexicon import parse_lexicon
from kb.models import ArticleKey, RouteAction

TEXT = "---\ntitle: Paket\n---\nSatu\n"
ROUTE = "---\naction: thanks\nquestions: [nuhun]\nanswer: Mangga!\n---\n"


def write(folder: Path, path: str, text: str | bytes = TEXT) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())


def test_the_shipped_content_is_read_without_a_problem() -> None:
    content = read_folder(starter.path())
    assert content.problems == ()
    assert {article.key.lang for article in content.articles} == {"id", "en"}
    assert [unknown for article in content.articles for unknown in article.unknown] == []
    for lang in ("id", "en"):
        actions = {route.action for route in content.routes if route.lang == lang}
        assert actions == set(RouteAction)
        assert len(content.lexicon[lang]) > 50
    keys = {category.key for category in content.categories}
    assert {article.category for article in content.articles} <= keys


def test_an_empty_or_missing_folder_still_has_the_shipped_routes(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        content = read_folder(folder)
        assert (content.articles, content.categories, content.problems) == ((), (), ())
        assert content.routes == read_folder(starter.path()).routes


def test_the_folders_routes_and_words_go_before_the_shipped_ones(tmp_path: Path) -> None:
    write(tmp_path, "routes/id/thanks.md", ROUTE)
    write(tmp_path, "lexicon/id.tsv", "resinyah\tresi\n")
    content = read_folder(tmp_path)
    (route,) = [r for r in content.routes if r.key == ArticleKey("id", "thanks")]
    assert (route.questions, route.answer) == (("nuhun",), "Mangga!")
    assert content.lexicon["id"]["resinyah"] == "resi"
    assert len(content.lexicon["id"]) > 50


def test_only_markdown_of_language_folders_is_taken_for_articles(tmp_path: Path) -> None:
    for path in ("id/paket.md", "README.md", "docs/a.md", "id/sub/b.md", "id/.c.md", "id/d.txt"):
        write(tmp_path, path)
    content = read_folder(tmp_path)
    assert [article.key for article in content.articles] == [ArticleKey("id", "paket")]
    assert content.problems == ()


def test_what_cannot_be_read_is_listed_with_path_and_line(tmp_path: Path) -> None:
    write(tmp_path, "id/baik.md")
    write(tmp_path, "id/rusak.md", "---\ntitle: a\nstatus: live\n---\n")
    write(tmp_path, "id/Nama.md")
    write(tmp_path, "id/latin.md", b"---\ntitle: a\n---\n\ncaf\xe9\n")
    write(tmp_path, "id/besar.md", TEXT + "a" * (1024 * 1024 + 1))
    write(tmp_path, "routes/id/x.md", "---\naction: x\n---\n")
    write(tmp_path, "categories.toml", "[a\n")
    write(tmp_path, "lexicon/id.tsv", "gmn gimana\n")
    (tmp_path / "id/link.md").symlink_to(tmp_path / "id/baik.md")
    (tmp_path / "id/folder.md").mkdir()
    content = read_folder(tmp_path)
    assert [article.key.slug for article in content.articles] == ["baik"]
    assert sorted(f"{problem.path}:{problem.line}" for problem in content.problems) == [
        "categories.toml:1",
        "id/Nama.md:1",
        "id/besar.md:1",
        "id/folder.md:1",
        "id/latin.md:5",
        "id/link.md:1",
        "id/rusak.md:3",
        "lexicon/id.tsv:1",
        "routes/id/x.md:1",
    ]


def test_categories_are_ordered_and_named_in_each_language() -> None:
    first, second = parse_categories(
        '[b]\norder = 2\nid = "Dua"\n\n[a]\norder = 1\nicon = "truck"\nid = "Satu"\nen = "One"\n'
        '[a.description]\nid = "Tentang satu"\n',
        "categories.toml",
    )
    assert (first.key, first.icon, second.key) == ("a", "truck", "b")
    assert (first.title("en"), second.title("en")) == ("One", "Dua")
    assert (first.description("id"), first.description("en")) == ("Tentang satu", "")


@pytest.mark.parametrize(
    "source", ["a = 1", '[a]\norder = "x"', "[a]\nid = 1", '[a]\ndescription = "x"', "[a"]
)
def test_broken_categories_are_refused(source: str) -> None:
    with pytest.raises(InvalidArticle, match=r"categories\.toml:\d+: "):
        parse_categories(source, "categories.toml")


def test_a_lexicon_ignores_comments_case_and_byte_order_marks() -> None:
    source = "\ufeff# slang\tformal\r\n\r\nGMN\tgimana\r\n"
    assert parse_lexicon(source, "x", []) == {"gmn": "gimana"}
