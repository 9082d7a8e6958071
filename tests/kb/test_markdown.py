"""Markdown: conformance to CommonMark, and nothing in the output that is not on the list."""

import json
import re
import time
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kb.errors import TextTooLong
from kb.markdown import (
    LINK_SCHEMES,
    LONGEST_TEXT,
    TAGS,
    Heading,
    build_parser,
    headings,
    list_images,
    list_links,
    plain_text,
    render,
)
from tests.outside import corpora_dir, needs

ALLOWED = {
    "a": {"href", "title", "rel"},
    "img": {"src", "alt", "title", "loading"},
    "ol": {"start"},
    "code": {"class"},
    "th": {"class"},
    "td": {"class"},
    **{f"h{level}": {"id"} for level in range(1, 7)},
}
RAW_HTML = re.compile(r"<[A-Za-z/!?]")


class Auditor(HTMLParser):
    """Collects everything in a page that is not on the allow-list."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.findings: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.findings.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ALLOWED.get(tag, set()):
                self.findings.append(f"<{tag} {name}>")
            if name in ("href", "src"):
                self._check_address(tag, value or "")

    def _check_address(self, tag: str, value: str) -> None:
        scheme = urlsplit(value).scheme
        if any(ord(character) < 33 for character in value):
            self.findings.append(f"<{tag}> control character in {value!r}")
        if scheme and scheme not in (LINK_SCHEMES if tag == "a" else {"https"}):
            self.findings.append(f"<{tag}> {scheme}:")

    def handle_comment(self, data: str) -> None:
        self.findings.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.findings.append("declaration")

    def unknown_decl(self, data: str) -> None:
        self.findings.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.findings.append("instruction")


def findings(html: str) -> list[str]:
    auditor = Auditor()
    auditor.feed(html)
    auditor.close()
    return auditor.findings


def examples() -> list[dict[str, str]]:
    path = needs(corpora_dir() / "commonmark" / "spec.json")
    found: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def with_html() -> MarkdownIt:
    """The same parser, allowed to pass raw HTML through."""
    options = {**build_parser().options, "html": True}
    return MarkdownIt("commonmark", options).enable(["table", "strikethrough"])


def test_commonmark_examples_pass_with_raw_html_on() -> None:
    parser, cases = with_html(), examples()
    passed = sum(parser.render(case["markdown"]) == case["html"] for case in cases)
    assert len(cases) == 655
    assert passed >= 650


def test_with_raw_html_off_only_examples_holding_html_differ() -> None:
    strict, lenient = build_parser(), with_html()
    different = [
        case
        for case in examples()
        if strict.render(case["markdown"]) != case["html"]
        and lenient.render(case["markdown"]) == case["html"]
    ]
    assert len(different) > 60
    assert [case for case in different if not RAW_HTML.search(case["markdown"])] == []


def test_the_sanitiser_keeps_what_commonmark_makes() -> None:
    """Apart from addresses of other schemes, cleaning loses no tag of the renderer's."""
    strict = build_parser()
    for case in examples():
        made = strict.render(case["markdown"])
        tags = re.findall(r"<(\w+)", made)
        assert re.findall(r"<(\w+)", str(render(case["markdown"]))) == tags, case["markdown"]


def payloads() -> list[str]:
    folder = needs(corpora_dir() / "xss")
    lines = (folder / "payloadbox.txt").read_text(encoding="utf-8").splitlines()
    javascript = (folder / "dompurify_expect.mjs.txt").read_text(encoding="utf-8")
    found = re.findall(r'"payload":\s*("(?:[^"\\]|\\.)*")', javascript)
    assert len(lines) > 6000
    assert len(found) > 100
    return lines + [json.loads(payload, strict=False) for payload in found]


@pytest.mark.parametrize(
    "frame",
    ["{}", "[x]({})", "[x](<{}>)", "![{0}]({0})", "[x][1]\n\n[1]: {}", "<{}>", "|a|\n|-|\n|{}|"],
)
def test_no_attack_of_the_corpora_gets_through(frame: str) -> None:
    for payload in payloads():
        html = str(render(frame.format(payload)))
        assert findings(html) == [], payload


def test_no_naughty_string_gets_through() -> None:
    path = needs(corpora_dir() / "strings" / "blns.json")
    for text in json.loads(path.read_text(encoding="utf-8")):
        assert findings(str(render(text))) == []
        assert findings(str(render(f"[x](<{text}>) ![{text}](x)"))) == []


@given(st.text(st.sampled_from("<>[]()!\"'`*_~|-\\&#;:/ \n\tajsx=\x01\x0b\u202e"), max_size=80))
def test_no_random_text_gets_through(text: str) -> None:
    assert findings(str(render(text))) == []


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("*a* ~~b~~", "<p><em>a</em> <s>b</s></p>\n"),
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>\n"),
        (
            "[a](/id/articles/b)",
            '<p><a href="/id/articles/b" rel="nofollow noopener">a</a></p>\n',
        ),
        ("[a](javascript:x)", "<p>[a](javascript:x)</p>\n"),
        ("[a](tel:1)", '<p><a rel="nofollow noopener">a</a></p>\n'),
        ("![a](http://x.test/a.png)", '<p><img loading="lazy" alt="a"></p>\n'),
        ("![a](//x.test/a.png)", '<p><img loading="lazy" alt="a"></p>\n'),
        ("![a](media/a.png)", '<p><img src="media/a.png" alt="a" loading="lazy"></p>\n'),
        ("## Cara *bayar*", '<h2 id="h-cara-bayar">Cara <em>bayar</em></h2>\n'),
        (
            "|a|b|\n|:-:|-|\n|c|d|",
            (
                "<table>\n<thead>\n<tr>\n"
                '<th class="text-center">a</th>\n<th>b</th>\n'
                "</tr>\n</thead>\n<tbody>\n<tr>\n"
                '<td class="text-center">c</td>\n<td>d</td>\n'
                "</tr>\n</tbody>\n</table>\n"
            ),
        ),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>\n'),
        ("```sh\nls\n```", '<pre><code class="language-sh">ls\n</code></pre>\n'),
    ],
)
def test_markdown_becomes_this_html(markdown: str, html: str) -> None:
    assert str(render(markdown)) == html


def test_headings_get_anchors_that_are_all_different() -> None:
    text = "# Bayar\n\n## Bayar\n\nBayar\n---\n\n### 代金引換\n\n### !\n"
    assert headings(text) == (
        Heading(1, "Bayar", "h-bayar"),
        Heading(2, "Bayar", "h-bayar-2"),
        Heading(2, "Bayar", "h-bayar-3"),
        Heading(3, "代金引換", "h-代金引換"),
        Heading(3, "!", "h-x"),
    )
    assert [f'id="{h.anchor}"' in str(render(text)) for h in headings(text)] == [True] * 5


def test_plain_text_is_what_a_reader_sees() -> None:
    text = "# Judul\n\nSatu *dua*\ntiga [empat](/x) ![lima](y)\n\n- `enam`\n\n```\ntujuh\n```\n"
    assert plain_text(text) == "Judul\nSatu dua tiga empat lima\nenam\ntujuh"


def test_links_and_images_are_listed() -> None:
    text = "[a](/id/articles/x) and ![alt text](media/y.png) and ![](z.png)"
    assert list_links(text) == ("/id/articles/x",)
    assert list_images(text) == (("media/y.png", "alt text"), ("z.png", ""))


def test_a_text_beyond_the_cap_is_refused() -> None:
    with pytest.raises(TextTooLong):
        render("a" * (LONGEST_TEXT + 1))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 25_000,
        "](" * 25_000,
        "![" * 10_000,
        "*a " * 16_000,
        "**a *b " * 7_000,
        "a**b" + "c* " * 16_000,
        "`" * 25_000 + "a" + "`" * 24_999,
        "".join("`" * n + " " for n in range(300)),
        "> " * 25_000 + "a",
        "- " * 25_000 + "a",
        "\n".join("  " * n + "- a" for n in range(200)),
        "|" * 50_000 + "\n" + "|-" * 25_000,
        "|a" * 400 + "\n" + "|-" * 400 + "\n" + "|b\n" * 30,
        "<" * 50_000,
        "<a " * 16_000,
        "<!--" * 12_000,
        "&" * 50_000,
        "~" * 50_000,
        "_" * 50_000,
        "\\" * 50_000,
        "[a](" * 12_000,
        "[a](b" * 10_000,
        "[a]: b\n" * 7_000,
        "".join(f"[{n}]: x\n" for n in range(5_000)) + "[1]" * 5_000,
        "a\n===\n" * 8_000,
        "# a\n" * 12_000,
        "http://" * 7_000,
        "\t" * 50_000,
        "\x00" * 50_000,
    ],
    ids=lambda text: text[:8].encode("unicode_escape").decode(),
)
def test_evil_input_of_up_to_fifty_kilobytes_is_rendered_in_half_a_second(text: str) -> None:
    assert any(seconds_to_render(text) <= 0.5 for _ in range(3))


def seconds_to_render(text: str) -> float:
    started = time.process_time()
    render(text)
    return time.process_time() - started
