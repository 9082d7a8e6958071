"""Import and export: a round trip loses nothing, and other systems' files become articles."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb import starter
from kb.archive import PackedFile, write_zip
from kb.bundle import Bundle
from kb.errors import InvalidImport
from kb.exchange import export_folder, import_source
from kb.folder import read_folder
from kb.frontmatter import parse_article
from kb.markdownfiles import relink
from kb.models import Article, ArticleKey, Status

PIXEL = b"\x89PNG\r\n\x1a\n\x00\xff"


def a_folder(path: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def sources(bundle: Bundle) -> dict[str, str]:
    return {str(article.key): article.source for article in bundle.articles}


def parsed(bundle: Bundle) -> list[Article]:
    return [
        parse_article(one.source, lang=one.key.lang, slug=one.key.slug, path=one.origin)
        for one in bundle.articles
    ]


SLUGS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)
KEYS = st.builds(ArticleKey, st.sampled_from(["id", "en", "jav"]), SLUGS)
LINES = st.text(
    st.characters(exclude_characters="\r\n\x00", exclude_categories=["Cs"]), max_size=20
)
UNKNOWN = st.lists(st.integers(0, 99), max_size=3, unique=True)


@st.composite
def article_sources(draw: st.DrawFn) -> str:
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    extra = [f"x{number}:  [a,  'b']   # kept" for number in draw(UNKNOWN)]
    front = ["---", "title: 'Satu'", *extra, "# catatan", "---"]
    body = newline.join(draw(st.lists(LINES, max_size=6)))
    return draw(st.sampled_from(["", "\ufeff"])) + newline.join(front) + newline + body


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(KEYS, article_sources(), max_size=5),
    st.dictionaries(SLUGS.map("media/{}.png".format), st.binary(max_size=200), max_size=3),
)
def test_export_and_import_lose_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    articles: dict[ArticleKey, str],
    media: dict[str, bytes],
) -> None:
    out = tmp_path_factory.mktemp("zip") / "kb.zip"
    texts = [PackedFile(f"{key}.md", source.encode()) for key, source in articles.items()]
    write_zip([*texts, *(PackedFile(path, content) for path, content in media.items())], out)
    bundle = import_source(out)
    assert {article.key: article.source for article in bundle.articles} == articles
    assert {file.path: file.content for file in bundle.files} == media
    assert (bundle.problems, bundle.skipped) == ((), ())


def test_a_source_that_packs_too_well_comes_back_too(tmp_path: Path) -> None:
    source = f"---\ntitle: a\n---\n{'a' * 200_000}"
    write_zip([PackedFile("id/a.md", source.encode())], tmp_path / "kb.zip")
    assert sources(import_source(tmp_path / "kb.zip")) == {"id/a": source}


def test_the_starter_content_survives_a_round_trip(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    shutil.copytree(starter.path(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    export_folder(folder, folder / "kb.zip")
    export_folder(folder, folder / "kb.zip")
    bundle = import_source(folder / "kb.zip")
    again = tmp_path / "again"
    for article in bundle.articles:
        a_folder(again, {f"{article.key}.md": article.source})
    a_folder(again, {file.path: file.content for file in bundle.files})
    assert bundle.problems == ()
    assert read_folder(again) == read_folder(folder)
    (folder / "kb.zip").unlink()
    before = {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*.*")}
    assert before == {file.relative_to(again): file.read_bytes() for file in again.rglob("*.*")}


def test_a_folder_gives_articles_by_language_and_images_by_address(tmp_path: Path) -> None:
    shown = '---\ntitle: A\n---\n![x](../media/a%20b.png) ![y](y.png "t") [d](/media/d.pdf) ![z](z)'
    files: dict[str, str | bytes] = {
        "id/a.md": shown,
        "id/y.png": PIXEL,
        "media/a b.png": PIXEL + b"1",
        "media/d.pdf": b"%PDF",
        "categories.toml": "[x]\n",
        "routes/id/orang.md": "---\naction: person\nquestions: [cs]\n---\n",
        "README.md": "# About this folder\n",
    }
    bundle = import_source(a_folder(tmp_path, files))
    (article,) = bundle.articles
    assert (str(article.key), article.source, article.origin) == ("id/a", shown, "id/a.md")
    assert {address: file.content for address, file in article.media.items()} == {
        "../media/a%20b.png": PIXEL + b"1",
        "y.png": PIXEL,
        "/media/d.pdf": b"%PDF",
    }
    assert {file.path for file in bundle.files} == set(files) - {"id/a.md"}


def test_addresses_of_images_can_be_moved_and_nothing_else() -> None:
    source = '---\ntitle: "](y.png)"\n---\r\n![x]( <a b.png> "t") ![y](y.png) [y](y.png.md)\r\n'
    assert relink(source, {"a%20b.png": "/media/1.png", "z": "q"}) == source.replace(
        "<a b.png>", "/media/1.png"
    )
    assert relink(source, {}) == source


@pytest.mark.parametrize("around", ["", "export/", "Basis Pengetahuan/articles/"])
def test_a_folder_around_everything_does_not_matter(tmp_path: Path, around: str) -> None:
    a_folder(tmp_path, {f"{around}en/a.md": "---\ntitle: A\n---\n", f"{around}media/x.png": PIXEL})
    bundle = import_source(tmp_path)
    assert list(sources(bundle)) == ["en/a"]
    assert [file.path for file in bundle.files] == ["media/x.png"]


def test_plain_markdown_of_other_tools_gets_what_an_article_needs(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "Cara Retur.md": "# Cara *mengembalikan* barang\r\n\r\nIsi.\r\n",
        "cara-retur.md": "Tanpa judul",
        "guides/en/Track order.markdown": "---\nlayout: page\n---\nLook under Track.",
        "kirim.md": "---\nlang: en\ntitle: Send\n---\n",
    }
    bundle = import_source(a_folder(tmp_path, files), lang="id")
    found = sources(bundle)
    assert sorted(found) == ["en/kirim", "en/track-order", "id/cara-retur", "id/cara-retur-2"]
    assert found["id/cara-retur"].endswith("Tanpa judul")
    assert found["id/cara-retur-2"].endswith(files["Cara Retur.md"])  # type: ignore[arg-type]
    assert {article.title for article in parsed(bundle)} == {
        "Cara mengembalikan barang",
        "Cara retur",
        "Track order",
        "Send",
    }
    assert "layout: page\n" in found["en/track-order"]


def test_what_cannot_become_an_article_is_named_and_the_rest_taken(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "id/baik.md": "---\ntitle: Baik\n---\n",
        "id/status.md": "---\ntitle: A\nstatus: live\n---\n",
        "id/yaml.md": "---\ntitle: [\n---\n",
        "id/latin.md": b"---\ntitle: \xe9\n---\n",
        "id/lang.md": "---\ntitle: A\nlang: en\n---\n",
        "id/title.md": "---\ntitle: [a]\n---\n",
        "id/besar.md": "x" * 300_000,
        "inner.zip": b"PK",
    }
    bundle = import_source(a_folder(tmp_path, files))
    assert list(sources(bundle)) == ["id/baik"]
    assert bundle.skipped == ("inner.zip",)
    assert {problem.entry for problem in bundle.problems} == {
        name for name in files if name.startswith("id/") and name != "id/baik.md"
    }
    assert "line 3: status is 'live': give one of" in str(
        next(problem for problem in bundle.problems if problem.entry == "id/status.md")
    )


def test_a_readme_about_the_folder_is_no_article_but_one_with_front_matter_is(
    tmp_path: Path,
) -> None:
    files: dict[str, str | bytes] = {
        "id/readme.md": "\ufeff---\ntitle: A\n---\n",
        "README.md": "# Isi folder",
    }
    bundle = import_source(a_folder(tmp_path, files))
    assert list(sources(bundle)) == ["id/readme"]
    assert [file.path for file in bundle.files] == ["README.md"]


def test_html_pages_become_articles(tmp_path: Path) -> None:
    page = "<title>X</title><h1>Cara retur</h1><p>Klik <b>Retur</b>.</p><img src=a.png>"
    bundle = import_source(a_folder(tmp_path, {"id/Retur Barang.html": page, "id/a.png": PIXEL}))
    (article,) = parsed(bundle)
    assert (str(article.key), article.title) == ("id/retur-barang", "Cara retur")
    assert article.body == "Klik **Retur**.\n\n![](a.png)\n"
    assert bundle.articles[0].media["a.png"].content == PIXEL


def a_csv(path: Path, text: str) -> Path:
    file = path / "faq.csv"
    file.write_bytes(text.encode())
    return file


def test_a_csv_file_in_indonesian_as_excel_writes_it(tmp_path: Path) -> None:
    text = (
        "\ufeffJudul;ISI;Jawaban;Pertanyaan;Kategori;Bahasa;Label;Catatan\r\n"
        '"Cara ""retur""";"**Klik** ini\r\n\r\nlalu itu";Ajukan  di aplikasi.;"gmn retur\r\n'
        'balikin barang";Retur & Refund;ID;retur, refund;dari Dewi: cek\r\n'
        "Cara retur;<p>Klik <b>ini</b></p>;;a|b| ;;Inggris;;\r\n"
        ";;;;;;;\r\n"
    )
    bundle = import_source(a_csv(tmp_path, text))
    first, second = parsed(bundle)
    assert bundle.problems == ()
    assert (str(first.key), first.title) == ("id/cara-retur", 'Cara "retur"')
    assert first.body == "**Klik** ini\n\nlalu itu\n"
    assert first.answer == "Ajukan di aplikasi."
    assert first.questions == ("gmn retur", "balikin barang")
    assert (first.category, first.tags) == ("retur-refund", ("retur", "refund"))
    assert first.unknown == ("catatan",)
    assert "dari Dewi: cek" in bundle.articles[0].source
    assert (str(second.key), second.body) == ("en/cara-retur", "Klik **ini**\n")
    assert second.questions == ("a", "b")


def test_english_columns_and_bad_rows_of_a_csv_file(tmp_path: Path) -> None:
    text = (
        "Title,Body,lang,status\nA,b,,draft\n,no title,,\nB,,klingon,\nC,,,live\nA,,,,,x\nA,c,,\n"
    )
    bundle = import_source(a_csv(tmp_path, text), lang="en")
    assert [(str(one.key), one.status) for one in parsed(bundle)] == [
        ("en/a", Status.DRAFT),
        ("en/a-2", Status.PUBLISHED),
    ]
    assert [problem.entry for problem in bundle.problems] == [
        f"faq.csv, row {number}" for number in (3, 4, 5, 6)
    ]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "columns"),
        ("name,text\na,b\n", "columns"),
        ("title,judul\na,b\n", "two columns"),
        ('title\n"a', "no CSV"),
        ("title\n" + "x" * 200_000, "no CSV"),
        ("title\n" + "a\n" * 2001, "more than 2000 rows"),
    ],
)
def test_a_file_that_is_no_table_of_articles_is_refused(
    tmp_path: Path, text: str, word: str
) -> None:
    with pytest.raises(InvalidImport, match=word):
        import_source(a_csv(tmp_path, text))


def test_a_zendesk_export_becomes_articles(tmp_path: Path) -> None:
    export = {
        "sections": [{"id": 7, "name": "Pengiriman & Ongkir"}],
        "articles": [
            {
                "title": "Paket belum sampai",
                "body": "<h2>Lacak</h2><ul><li>Buka <b>Lacak</b></li></ul>",
                "locale": "id",
                "section_id": 7,
                "label_names": ["resi", "kurir"],
                "draft": True,
            },
            {"name": "Where is it?", "body": None, "locale": "en-US", "section": "Orders"},
            {"title": "Paket belum sampai", "body": "x", "section": {"name": "Pesanan"}},
            {"title": None, "body": "x"},
            {"title": 5},
            {"title": "a", "body": "\ud800"},
            "x",
        ],
    }
    file = tmp_path / "zendesk.json"
    file.write_text(json.dumps(export))
    bundle = import_source(file, lang="id")
    first, second, third = parsed(bundle)
    assert (str(first.key), first.status) == ("id/paket-belum-sampai", Status.DRAFT)
    assert first.body == "## Lacak\n\n- Buka **Lacak**\n"
    assert (first.category, first.tags) == ("pengiriman-ongkir", ("resi", "kurir"))
    assert (str(second.key), second.category) == ("en/where-is-it", "orders")
    assert (str(third.key), third.category) == ("id/paket-belum-sampai-2", "pesanan")
    assert [problem.entry for problem in bundle.problems] == [
        f"zendesk.json, article {number}" for number in (4, 5, 6, 7)
    ]


@pytest.mark.parametrize("text", ["", "{", "{}", '{"articles": {}}', "[" * 200_000, "5"])
def test_json_that_is_no_export_is_refused_by_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.json"
    file.write_text(text)
    with pytest.raises(InvalidImport, match=r"a\.json: "):
        import_source(file)


def test_unknown_kinds_and_missing_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidImport, match="no such file"):
        import_source(tmp_path / "none.zip")
    (tmp_path / "a.docx").write_bytes(b"x")
    with pytest.raises(InvalidImport, match="give a folder"):
        import_source(tmp_path / "a.docx")
    with pytest.raises(InvalidImport, match="no language"):
        import_source(tmp_path, lang="Indonesian")
