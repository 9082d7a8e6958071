"""Markdown to HTML that is safe to print, to plain text, and to a table of contents."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NewType

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from kb.errors import TextTooLong

SafeHtml = NewType("SafeHtml", Markup)

LONGEST_TEXT = 256 * 1024
DEEPEST_NESTING = 20
TAGS = frozenset(
    [
        *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "em", "s", "code", "pre"),
        *("blockquote", "ul", "ol", "li", "a", "img"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    ]
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "loading"},
    "ol": {"start"},
    "code": {"class"},
    "th": {"class"},
    "td": {"class"},
    **{tag: {"id"} for tag in HEADINGS},
}
LINK_SCHEMES = frozenset({"http", "https", "mailto"})
LINK_REL = "nofollow noopener"
CONTROL = re.compile("[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\\\\]")
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
ALIGNMENTS = {
    "text-align:left": "text-start",
    "text-align:center": "text-center",
    "text-align:right": "text-end",
}
CLASSES = {
    "code": re.compile(r"language-[\w+#.-]{1,40}"),
    "th": re.compile(r"text-(?:start|center|end)"),
    "td": re.compile(r"text-(?:start|center|end)"),
}


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str
    anchor: str


def render(text: str) -> SafeHtml:
    """HTML of an allow-list of tags; raw HTML in the text is shown as text."""
    parser = build_parser()
    tokens = _parsed(parser, text)
    for _ in _headings(tokens):
        pass
    _rewrite(tokens)
    html = parser.renderer.render(tokens, parser.options, {})
    return SafeHtml(Markup(_cleaned(html)))  # noqa: S704 (the sanitiser's output)


def plain_text(text: str) -> str:
    """What a reader sees, one block a line."""
    blocks = [_block_text(token) for token in _parsed(build_parser(), text)]
    return "\n".join(block for block in blocks if block)


def headings(text: str) -> tuple[Heading, ...]:
    """With the anchors that `render` gives them."""
    return tuple(_headings(_parsed(build_parser(), text)))


@cache
def build_parser() -> MarkdownIt:
    options = {"html": False, "maxNesting": DEEPEST_NESTING}
    return MarkdownIt("commonmark", options).enable(["table", "strikethrough"])


def list_links(text: str) -> tuple[str, ...]:
    return tuple(
        str(token.attrGet("href"))
        for token in _inlines(_parsed(build_parser(), text))
        if token.type == "link_open"
    )


def list_images(text: str) -> tuple[tuple[str, str], ...]:
    """Address and alternative text of every image."""
    return tuple(
        (str(token.attrGet("src")), inline_text(token.children or []))
        for token in _inlines(_parsed(build_parser(), text))
        if token.type == "image"
    )


def inline_text(tokens: Sequence[Token]) -> str:
    pieces = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            pieces.append(" ")
        elif token.type == "image":
            pieces.append(inline_text(token.children or []))
        else:
            pieces.append(token.content)
    return "".join(pieces)


def _parsed(parser: MarkdownIt, text: str) -> list[Token]:
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(len(text), LONGEST_TEXT)
    return parser.parse(text)


def _inlines(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from token.children or []


def _block_text(token: Token) -> str:
    if token.type == "inline":
        return inline_text(token.children or []).strip()
    return token.content.strip() if token.type in ("fence", "code_block") else ""


def _headings(tokens: Sequence[Token]) -> Iterator[Heading]:
    """Sets each heading's id on the way."""
    used: Counter[str] = Counter()
    for index, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        text = _block_text(tokens[index + 1])
        anchor = _unused(f"h-{_slug(text)}", used)
        token.attrSet("id", anchor)
        yield Heading(int(token.tag[1]), text, anchor)


def _slug(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "-".join(re.findall(r"[^\W_]+", folded))[:60] or "x"


def _unused(wanted: str, used: Counter[str]) -> str:
    anchor = wanted
    while used[anchor]:
        used[wanted] += 1
        anchor = f"{wanted}-{used[wanted]}"
    used[anchor] += 1
    return anchor


def _rewrite(tokens: Sequence[Token]) -> None:
    for token in tokens:
        style = token.attrs.pop("style", None)
        if style in ALIGNMENTS:
            token.attrSet("class", ALIGNMENTS[str(style)])
        for child in token.children or []:
            if child.type == "image":
                child.attrSet("loading", "lazy")


def _cleaned(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=set(),
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        strip_comments=True,
        link_rel=LINK_REL,
        url_schemes=set(LINK_SCHEMES),
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    match name:
        case "href":
            return None if CONTROL.search(value) else value
        case "src":
            return value if _is_image_address(value) else None
        case "class":
            return value if CLASSES[tag].fullmatch(value) else None
        case _:
            return value


def _is_image_address(value: str) -> bool:
    if CONTROL.search(value) or value.startswith("//"):
        return False
    return value.startswith("https://") or not SCHEME.match(value)
