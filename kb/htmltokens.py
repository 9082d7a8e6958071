"""HTML cut into tags and text as browsers do it, in linear time on any input.

The standard library's parser is quadratic on unclosed tags and comments.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

TAG_NAME = re.compile(r"[a-zA-Z][^\s/>]*+")
ATTRIBUTE = re.compile(
    r"[\s/]*+(?:(>)|([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)(\"?)|'([^']*+)('?)|([^\s>]*+)))?+)"
)
RAW = ("script", "style", "iframe", "noembed", "noframes", "xmp", "svg", "math", "template")
RAW_ENDS = {name: re.compile(rf"(?i)</{name}(?=[\s/>])") for name in RAW}
HUGE_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]{9,};?")


@dataclass(frozen=True, slots=True)
class Opening:
    name: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Closing:
    name: str


@dataclass(frozen=True, slots=True)
class Text:
    text: str


HtmlToken: TypeAlias = Opening | Closing | Text


def tokens_of(source: str) -> Iterator[HtmlToken]:
    """Scripts, styles, drawings and comments are left out; an unclosed tag ends the text."""
    at = begin = 0
    while (at := source.find("<", at)) >= 0:
        if not _is_markup(source, at):
            at += 1
            continue
        if at > begin:
            yield Text(_plain(source[begin:at]))
        token, begin = _markup(source, at)
        at = begin
        if token is not None:
            yield token
    if begin < len(source):
        yield Text(_plain(source[begin:]))


def _is_markup(source: str, at: int) -> bool:
    following = source[at + 1 : at + 3]
    first = following[1:] if following.startswith("/") else following[:1]
    return following[:1] in ("!", "?") or (first.isascii() and first.isalpha())


def _markup(source: str, at: int) -> tuple[HtmlToken | None, int]:
    """The tag at a place, and where the text goes on."""
    if source.startswith("<!--", at):
        return None, _after(source, "-->", at + 2)
    if source[at + 1] in "!?":
        return None, _after(source, ">", at)
    if source[at + 1] == "/":
        name = TAG_NAME.match(source, at + 2)
        return (
            Closing(name.group().lower() if name else ""),
            _after(source, ">", at),
        )
    opening, end = _opening(source, at)
    if opening is not None and opening.name in RAW_ENDS:
        closing = RAW_ENDS[opening.name].search(source, end)
        return None, _after(source, ">", closing.start()) if closing else len(source)
    return opening, end


def _after(source: str, mark: str, at: int) -> int:
    found = source.find(mark, at)
    return len(source) if found < 0 else found + len(mark)


def _opening(source: str, at: int) -> tuple[Opening | None, int]:
    name = TAG_NAME.match(source, at + 1)
    assert name is not None
    attributes: dict[str, str] = {}
    end = name.end()
    while found := ATTRIBUTE.match(source, end):
        end = found.end()
        if found.group(1):
            return Opening(name.group().lower(), attributes), end
        double, closed_double, single, closed_single, bare = found.group(3, 4, 5, 6, 7)
        if (double is not None and not closed_double) or (single is not None and not closed_single):
            break
        value = double or single or bare or ""
        attributes.setdefault(found.group(2).lower(), _plain(value))
    return None, len(source)


def _plain(text: str) -> str:
    return html.unescape(HUGE_NUMBER.sub("\ufffd", text)) if "&" in text else text
