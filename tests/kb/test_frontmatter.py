"""Front matter: what is read, what is refused with which word, and edits that touch one key."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import InvalidArticle
from kb.fences import BIGGEST_SOURCE_BYTES, read_front, split
from kb.frontmatter import edit, edit_body, new_source, parse_article, parse_route
from kb.models import Article, ArticleKey, RouteAction, Status, Visibility
from kb.yamltree import content

FULL = """---
title: Paket saya belum sampai
answer: Cek posisi paket di halaman Lacak.   # the short reply
questions: [paket saya dimana, kok blm nyampe ya]
lang: id
category: pengiriman
tags: [resi, kurir]
status: draft
visibility: private
auto_answer: false
owner: dewi
review_by: 2027-03-01
publish_at: 2027-03-01T09:00+07:00
valid_until:
translation_of: en/parcel-not-arrived
channels: {x: "Cek: Lacak"}
shop: lentera
---
Isi *tebal*.
"""


def read(source: str, *, slug: str = "paket") -> Article:
    return parse_article(source, lang="id", slug=slug, path=f"id/{slug}.md")


def problem(source: str, *, slug: str = "paket") -> InvalidArticle:
    with pytest.raises(InvalidArticle) as raised:
        read(source, slug=slug)
    return raised.value


def test_every_key_is_read_and_unknown_ones_are_reported() -> None:
    article = read(FULL)
    assert article.key == ArticleKey("id", "paket")
    assert article.title == "Paket saya belum sampai"
    assert article.answer == "Cek posisi paket di halaman Lacak."
    assert article.questions == ("paket saya dimana", "kok blm nyampe ya")
    assert article.tags == ("resi", "kurir")
    assert article.status is Status.DRAFT
    assert article.visibility is Visibility.PRIVATE
    assert article.auto_answer is False
    assert article.review_by == date(2027, 3, 1)
    assert article.publish_at == datetime(2027, 3, 1, 2, tzinfo=UTC)
    assert article.valid_until is None
    assert article.translation_of == ArticleKey("en", "parcel-not-arrived")
    assert dict(article.channels) == {"x": "Cek: Lacak"}
    assert article.unknown == ("shop",)
    assert article.body == "Isi *tebal*.\n"


def test_only_a_title_is_required() -> None:
    article = read("---\ntitle: Halo\n---\n")
    assert (article.title, article.body, article.questions) == ("Halo", "", ())
    assert article.status is Status.PUBLISHED
    assert article.auto_answer


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "with a byte order mark"])
def test_windows_line_ends_and_byte_order_marks_change_nothing(mark: str) -> None:
    assert read(mark + FULL.replace("\n", "\r\n")) == read(FULL)


def test_words_that_yaml_takes_for_something_else_stay_words() -> None:
    article = read("---\ntitle: 2024\nquestions:\n- no\n- 12\n- 1.50\n- 2027-01-01\n-\n---\n")
    assert article.title == "2024"
    assert article.questions == ("no", "12", "1.50", "2027-01-01")


def test_lists_and_texts_may_run_over_lines() -> None:
    article = read(
        "---\ntitle: >\n  satu\n  dua\nquestions: # how they ask\n  - a\n  # inside\n\n  - 'b: c'\n"
        "answer: |\n  baris satu\n  baris dua\n# the end\n---\nisi"
    )
    assert article.title == "satu dua"
    assert article.questions == ("a", "b: c")
    assert article.answer == "baris satu\nbaris dua"


@pytest.mark.parametrize(
    ("source", "line", "says"),
    [
        ("Halo", 1, "no front matter"),
        ("---\ntitle: a\nisi", 1, "not closed"),
        ("---\n---\n", 1, "title is missing"),
        ("---\ntitle: '  '\n---\n", 1, "title is missing"),
        ("---\ntitle: a: b\n---\n", 2, "in quotes"),
        ("---\ntitle: a\n\tx: 1\n---\n", 3, "not valid YAML"),
        ("---\ntitle: a\ntitle: b\n---\n", 3, "given twice"),
        ("---\ntitle: [a]\n---\n", 2, "one text"),
        ("---\n- a\n---\n", 2, "key: value"),
        ("---\n{title: a}\n---\n", 2, "key: value"),
        ("---\n? title\n: a\n---\n", 2, "key: value"),
        ("---\ntitle: a\nx: &y 1\nz: *y\n---\n", 4, "aliases"),
        ("---\ntitle: a\n...\n---\n", 3, "not valid YAML"),
        ("---\ntitle: a\nquestions: kok\n---\n", 3, "must be a list"),
        ("---\ntitle: a\nquestions:\n- kok: lama\n---\n", 4, "in quotes"),
        ("---\ntitle: a\nchannels: x\n---\n", 3, "mapping"),
        ("---\ntitle: a\nchannels: {x: [1]}\n---\n", 3, "'x'"),
        ("---\ntitle: a\nstatus: live\n---\n", 3, "draft, review, published, archived"),
        ("---\ntitle: a\nvisibility: all\n---\n", 3, "public, private, staff"),
        ("---\ntitle: a\nauto_answer: 1\n---\n", 3, "true or false"),
        ("---\ntitle: a\nreview_by: 1 March\n---\n", 3, "2027-03-01"),
        ("---\ntitle: a\npublish_at: 2027-03-01T09:00\n---\n", 3, "zone"),
        ("---\ntitle: a\ntranslation_of: Parcel\n---\n", 3, "en/parcel-not-arrived"),
        ("---\ntitle: a\nlang: en\n---\n", 3, "folder 'id'"),
        ("---\ntitle: a\n---\nx\x00", 4, "U+0000"),
        ("---\ntitle: a\x01\n---\n", 2, "U+0001"),
        (f"---\ntitle: {'a' * 301}\n---\n", 2, "301 characters"),
        (f"---\ntitle: a\n---\n{'é' * (BIGGEST_SOURCE_BYTES // 2)}", 1, "at most 256"),
    ],
)
def test_a_broken_file_says_where_and_what_to_do(source: str, line: int, says: str) -> None:
    found = problem(source)
    assert (found.line, str(found).startswith(f"id/paket.md:{line}: ")) == (line, True)
    assert says in found.problem


def test_a_bad_slug_or_language_is_refused() -> None:
    assert "is not a slug" in problem(FULL, slug="Paket Saya").problem
    with pytest.raises(InvalidArticle, match="is not a slug"):
        parse_article(FULL, lang="indonesia", slug="paket", path="x.md")


@pytest.mark.parametrize("nested", ["[" * 100_000, "{a: " * 50_000, "- " * 60_000])
def test_deep_nesting_is_refused_and_harms_nothing(nested: str) -> None:
    assert "nested" in problem(f"---\ntitle: a\nx: {nested}\n---\n").problem or nested[0] == "-"


def test_a_route_takes_its_answer_from_the_key_or_the_body() -> None:
    head = "---\naction: thanks\nquestions: [makasih]\n"
    route = parse_route(f"{head}answer: Sama-sama!\n---\n", lang="id", name="thanks", path="x")
    assert (route.action, route.questions, route.answer) == (
        RouteAction.THANKS,
        ("makasih",),
        "Sama-sama!",
    )
    body = parse_route(f"{head}---\nSama-sama!\n", lang="id", name="thanks", path="x")
    assert body == route


@pytest.mark.parametrize(
    "source", ["---\nquestions: [a]\n---\n", "---\naction: dance\nquestions: [a]\n---\n",
               "---\naction: spam\n---\n"]
)  # fmt: skip
def test_a_route_needs_an_action_and_questions(source: str) -> None:
    with pytest.raises(InvalidArticle):
        parse_route(source, lang="id", name="r", path="x")


def test_an_edit_leaves_comments_and_other_lists_as_they_are() -> None:
    source = (
        "---\ntitle: a # why\nquestions:\n    - x  # first\n    - y\n# end\ntags: [a,  b]\n---\nB"
    )
    edited = edit(source, {"title": "b: c", "tags": None, "owner": "dewi"})
    assert edited == (
        '---\ntitle: "b: c" # why\nquestions:\n    - x  # first\n    - y\n# end\n'
        "owner: dewi\n---\nB"
    )


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (["a", "b"], "questions: # how\n- a\n- b\n# end\n"),
        ([], "questions: # how\n  []\n# end\n"),
        ("x", "questions: # how\n  x\n# end\n"),
        (None, "# end\n"),
    ],
)
def test_a_list_without_indent_can_become_anything(value: list[str] | None, written: str) -> None:
    source = "---\ntitle: a\nquestions: # how\n- p\n# in\n- q\n# end\n---\n"
    assert edit(source, {"questions": value}) == f"---\ntitle: a\n{written}---\n"


def test_an_edit_that_would_change_another_key_is_refused() -> None:
    source = "---\ntitle: |\n  a\nx: 1\n  # deeper\n---\n"
    with pytest.raises(InvalidArticle, match="edit it by hand"):
        edit(source, {"x": None})


def test_a_file_without_front_matter_gets_one() -> None:
    assert edit("Halo\r\n", {"title": "x"}) == "---\r\ntitle: x\r\n---\r\nHalo\r\n"


def test_a_new_source_reads_back() -> None:
    source = new_source("Halo: dunia", "Isi\n", questions=["a, b", "c"], status="draft", owner=None)
    article = read(source)
    assert (article.title, article.questions, article.body) == (
        "Halo: dunia",
        ("a, b", "c"),
        "Isi\n",
    )
    assert "owner" not in source


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
keys = st.sampled_from(["title", "answer", "questions", "tags", "owner", "shop", "channels", "x y"])
values = st.one_of(
    texts,
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.lists(texts, max_size=4),
    st.dictionaries(texts, texts, max_size=3),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
)
styles = st.sampled_from(
    [
        "{k}: a plain text\n",
        "{k}: 'quoted: text'   # comment\n",
        '{k}: "over\n  two lines"\n',
        "{k}:\n",
        "{k}:   # nothing yet\n",
        "{k}: ~\n",
        "{k}: |\n  line one\n\n  line two  \n\n",
        "{k}: |+\n  keep\n\n\n",
        "{k}: >- # folded\n  a\n  b\n",
        "{k}: [one, 'two, three',\n   four] # flow\n",
        "{k}: {{a: b}}\n",
        "{k}:\n- one\n# between\n- two # note\n\n",
        "{k}:\n    - one\n    -\n",
        "{k}:\n  a: b\n  c: 'd'\n",
        "{k}: !!str tagged\n",
        "{k}: &anchor anchored\n",
        "# only a comment\n",
        "\n",
    ]
)


@st.composite
def sources(draw: st.DrawFn) -> str:
    names = draw(st.lists(keys, unique=True, max_size=5))
    front = "".join(draw(styles).replace("{{", "{").replace("}}", "}").replace("{k}", name)
                    for name in names)  # fmt: skip
    mark = draw(st.sampled_from(["", "\ufeff"]))
    body = draw(texts.filter(lambda text: "\r" not in text))
    blank = draw(st.sampled_from(["", " ", "\t"]))
    source = f"{mark}---\n{front}---{blank}\n{body}"
    return source.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def meant(value: object) -> object:
    """What `content` gives for a written value, styles aside."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return dict(value)
    return list(value) if isinstance(value, Sequence) else None


def said(node: object) -> object:
    """`content` with the plainness of scalars taken off."""
    if isinstance(node, tuple):
        return node[0]
    if isinstance(node, list):
        return [said(item) for item in node]
    if isinstance(node, dict):
        return {key: said(value) for key, value in node.items()}
    return node


@settings(max_examples=400)
@given(source=sources(), key=keys, value=st.none() | values)
def test_an_edit_changes_one_key_and_no_other_byte(source: str, key: str, value: object) -> None:
    before = split(source, "x")
    entries = read_front(before, "x")
    try:
        edited = edit(source, {key: value})  # type: ignore[dict-item]
    except InvalidArticle as refused:
        assert "edit it by hand" in refused.problem
        return
    after = split(edited, "x")
    assert (after.opening, after.closing, after.body) == (
        before.opening,
        before.closing,
        before.body,
    )
    found = read_front(after, "x")
    assert list(found) == [k for k in entries if k != key or value is not None] + (
        [key] if value is not None and key not in entries else []
    )
    if value is not None and meant(value) is not None:
        assert said(content(found[key].value)) == meant(value)
    assert _outside(after.front, found, key) == _outside(before.front, entries, key)


def _outside(front: str, entries: dict, key: str) -> list[str]:
    """The front matter with the key's own lines or value taken out, blank lines aside."""
    entry = entries.get(key)
    if entry is not None:
        front = front[: entry.key.span.start] + "\n" + front[entry.value.span.end :]
    return [
        line for line in front.splitlines() if line.strip() and not line.strip().startswith("#")
    ]


@given(value=texts.filter(lambda text: text.strip()))
def test_any_text_written_as_title_is_read_back(value: str) -> None:
    article = read(edit("---\nstatus: draft\n---\nBody", {"title": value, "answer": value}))
    assert article.title == " ".join(value.split())
    assert article.answer == value.strip()


@given(source=sources(), body=texts)
def test_a_new_body_leaves_the_front_matter_alone(source: str, body: str) -> None:
    edited = edit_body(source, body)
    assert edited.startswith(split(source, "x").opening + split(source, "x").front)
    expected = body.replace("\r\n", "\n")
    assert split(edited, "x").body.replace("\r\n", "\n") == expected


@given(source=sources())
def test_parts_joined_are_the_file(source: str) -> None:
    assert split(source, "x").joined() == source
