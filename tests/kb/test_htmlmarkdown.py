"""HTML to Markdown: what was said is still said, in the same shape, in linear time."""

import html
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import InvalidImport
from kb.htmlmarkdown import BIGGEST_HTML, convert, convert_page
from kb.markdown import plain_text, render


def markdown(source: str) -> str:
    return convert(source, "test").removesuffix("\n")


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("<p>Satu</p><p>Dua</p>", "Satu\n\nDua"),
        ("Satu<br>Dua<br/>", "Satu\\\nDua"),
        ("<h2>Cara <b>retur</b></h2><div>Isi</div>", "## Cara **retur**\n\nIsi"),
        ("<h3><div>Judul</div></h3>teks", "### Judul\n\nteks"),
        ("a <strong> tebal </strong>b", "a **tebal** b"),
        ("<b>Catatan:</b> <i>baca</i>", "**Catatan:** *baca*"),
        ("<b>a</b><b>b</b>", "**ab**"),
        ("<b>a <i>b</i></b>", "**a *b***"),
        ("<b><p>satu</p><p>dua</p></b>", "**satu**\n\n**dua**"),
        ("<del>Rp100.000</del> Rp80.000", "~~Rp100.000~~ Rp80.000"),
        ('<a href="/hc/x?a=1&amp;b=2">sini</a>', "[sini](/hc/x?a=1&b=2)"),
        ('<a href="https://x.example/a (b)">s</a>', "[s](https://x.example/a%20%28b%29)"),
        ('<a href="javascript:alert(1)">klik</a>', "klik"),
        ('<img src="/a.png" alt="Kotak">', "![Kotak](/a.png)"),
        ('<a href="/x"><img src="a.png" alt=""></a>', "[![](a.png)](/x)"),
        ('<img src="data:image/png;base64,AAAA" alt="x">', ""),
        ("tekan <code>Ctrl`C</code>", "tekan ``Ctrl`C``"),
        ("<pre><code class='language-sh'>a  b\n c</code></pre>", "```sh\na  b\n c\n```"),
        ("<pre>```</pre>", "````\n```\n````"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<ul><li>a<li>b</ul>", "- a\n- b"),
        ("<ol start=3><li>a</li><li>b</li></ol>", "3. a\n4. b"),
        ("<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>", "- a\n\n  1. b\n\n- c"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
        ("<p>a</p><hr><p>b</p>", "a\n\n***\n\nb"),
        (
            "<table><caption>Biaya</caption><tr><th>Kota<th>Rp<tr><td>A|B<td><p>1</p><p>2</p></table>",
            "Biaya\n\n| Kota | Rp |\n| --- | --- |\n| A\\|B | 1 2 |",
        ),
        ("<table><tr><td>a<ul><li>b</li><li>c</li></ul></td></tr></table>", "| a b c |\n| --- |"),
        ("a<script>x<b></script>b<style>y</style><!-- z -->c", "abc"),
        ("a&nbsp;&nbsp;b &lt;c&gt; &amp;lt;", "a b \\<c> \\&lt;"),
        ("1. bukan daftar<br>- juga<br># juga", "1\\. bukan daftar\\\n\\- juga\\\n\\# juga"),
        ("5 * 3 * 2 [x](y) a_b", "5 \\* 3 \\* 2 \\[x\\](y) a_b"),
        ("<h2>C #</h2>", "## C \\#"),
    ],
)
def test_html_becomes_the_markdown_a_writer_would_write(source: str, wanted: str) -> None:
    assert markdown(source) == wanted


def test_a_page_gives_its_first_heading_as_title() -> None:
    page = convert_page(
        "<head><title>Bantuan - Toko</title></head><h1>Cara <i>retur</i></h1><p>Isi</p>",
        "a.html",
    )
    assert (page.title, page.body) == ("Cara retur", "Isi\n")


def test_a_page_without_heading_gives_its_title() -> None:
    page = convert_page("<title>Cara &amp; syarat</title><p>Isi</p>", "a.html")
    assert (page.title, page.body) == ("Cara & syarat", "Isi\n")


TAG = re.compile("<[^>]*>")
TEXTS = st.text(
    st.sampled_from(list("ab1. \n*_`~[]()<>#+-=|\\&!:;\"'/?%^{}$@,é½–日")), min_size=1, max_size=12
)
STYLES = st.sampled_from(["b", "i", "em", "s", "strong", "span", "u"])
INLINE = st.recursive(
    TEXTS.map(html.escape),
    lambda inner: st.tuples(STYLES, st.lists(inner, min_size=1, max_size=3)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"
    ),
    max_leaves=6,
)


def said(source: str) -> str:
    """The text of inline HTML."""
    return " ".join(html.unescape(TAG.sub("", source)).split())


@settings(max_examples=300, deadline=None)
@given(st.lists(INLINE, min_size=1, max_size=4))
def test_no_character_is_lost_or_read_as_a_mark(pieces: list[str]) -> None:
    source = "".join(pieces)
    assert " ".join(plain_text(markdown(f"<p>{source}</p>")).split()) == said(source)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["<h2>{}</h2>", "<ul><li>{}</li></ul>", "<blockquote>{}</blockquote>"]),
    st.lists(INLINE, min_size=1, max_size=3),
)
def test_nor_in_headings_lists_and_quotations(shape: str, pieces: list[str]) -> None:
    source = "".join(pieces)
    text = plain_text(markdown(shape.format(source)))
    assert " ".join(text.split()) == said(source)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(INLINE, min_size=1, max_size=4), min_size=1, max_size=3))
def test_nor_in_tables(rows: list[list[str]]) -> None:
    source = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    cells = [said(cell) for row in rows for cell in row]
    text = plain_text(markdown(f"<table>{source}</table>"))
    assert text.split() == " ".join(cells).split()


SHUFFLED = (
    *("<p>", "</p>", "<ul>", "</ul>", "<ol>", "<li>", "</li>", "<table>", "</table>", "<tr>"),
    *("</tr>", "<td>", "</td>", "<th>", "<b>", "</b>", "<i>", "<pre>", "</pre>", "<code>"),
    *("</code>", "<h1>", "</h1>", "<a>", "</a>", "<blockquote>", "</blockquote>", "<br>"),
    *("<hr>", "<img>", "<div>", "</div>", "<title>", "</title>", "kata "),
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(SHUFFLED),
        max_size=30,
    )
)
def test_tags_in_any_order_keep_every_word(pieces: list[str]) -> None:
    page = convert_page("".join(pieces), "a.html")
    wanted = pieces.count("kata ")
    if "<title>" not in pieces and "<h1>" not in pieces:
        assert plain_text(page.body).count("kata") == wanted
    render(page.body)


HOSTILE = (
    *("<b>", "<ul><li>", "<a href=x>", "<", "<!", "<!--", "</", "</a", "&", "&#", "&#x", "<table>"),
    *("<a <", "<a a", '<a "', "<a a='", "<a a=", "<a/", "<![CDATA[", "<?", "<script>", "<title>"),
    *("<div>", "<td>", "<tr><td>", "<table><tr><td>", "<blockquote>", "<pre>", "<b>*</b>", "a<b>"),
    *(
        "<i>a</i><b>b</b>",
        "<ul>",
        "<li>",
        "<h1>",
        "<svg>",
        "</b>",
        "</ul>",
        "`",
        "*",
        "_",
        "[",
        "\n",
    ),
    *("<code>`</code>", "<img src=a alt=`>", "<a a='b'", "<br>", " ", "-", "9"),
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_html_is_converted_in_time(piece: str) -> None:
    source = piece * (100_000 // len(piece))
    start = time.perf_counter()
    convert(source, "test")
    convert(f"<pre>{source}</pre>", "test")
    assert time.perf_counter() - start < 4


def test_absurdly_long_html_is_refused_by_name() -> None:
    with pytest.raises(InvalidImport, match=r"a\.html: more than 4 MiB"):
        convert_page("x" * (BIGGEST_HTML + 1), "a.html")


def test_numbers_of_any_length_are_no_trap() -> None:
    assert "\ufffd" in markdown("&#" + "9" * 5000 + ";")
