"""Runs of styled text as one paragraph of Markdown that reads the same."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import quote

from kb.markdown import LINK_SCHEMES, SCHEME

SPECIAL = re.compile(r"[\\`*\[\]<|~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w)|!(?=\Z)")
LINE_START = re.compile(r"(?m)^(?:([-+>=:#])|(\d{1,9})([.)]))")
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
ADDRESS_SAFE = "/:?#[]@!$&'*+,;=%~-._"
MARKS = (("is_struck", "~~"), ("is_bold", "**"), ("is_italic", "*"))


@dataclass(frozen=True, slots=True)
class Style:
    link: str = ""
    is_struck: bool = False
    is_bold: bool = False
    is_italic: bool = False
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A line break is a "\\n" in the text; `image` is the address of a picture that says `text`."""

    text: str
    style: Style = Style()
    image: str = ""


def paragraph(runs: Sequence[Run]) -> str:
    """Lines divided by hard breaks; empty if there is nothing to read."""
    text = _linked(_collapsed(runs))
    lines = (line.strip() for line in text.split("\n"))
    return "\\\n".join(LINE_START.sub(_escaped_start, line) for line in lines if line)


def one_line(runs: Sequence[Run]) -> str:
    """For headings and table cells."""
    flat = [replace(run, text=run.text.replace("\n", " ")) for run in runs]
    text = _linked(_collapsed(flat)).strip()
    return LINE_START.sub(_escaped_start, text)


def longest_ticks(text: str) -> int:
    return max(map(len, re.findall(r"`+", text)), default=0)


def is_safe_address(address: str) -> bool:
    scheme = SCHEME.match(address)
    return bool(address) and (scheme is None or scheme.group()[:-1].lower() in LINK_SCHEMES)


def _escaped_start(match: re.Match[str]) -> str:
    mark, number, dot = match.groups()
    return f"\\{mark}" if mark else f"{number}\\{dot}"


def _collapsed(runs: Sequence[Run]) -> list[Run]:
    """With single spaces, also over the borders of runs."""
    found: list[Run] = []
    last = "\n"
    for run in runs:
        text = re.sub(r" *\n *", "\n", re.sub(r"[^\S\n]+", " ", UNSEEN.sub("", run.text)))
        if last in " \n" and not run.image:
            text = text.lstrip(" ")
        if text or run.image:
            found.append(replace(run, text=text))
            last = "x" if run.image else text[-1]
    return found


def _linked(runs: Sequence[Run]) -> str:
    pieces = []
    for link, group in groupby(runs, key=lambda run: run.style.link):
        inner = _marked(list(group), 0, ("", ""))
        lead, core, trail = _hoisted(inner)
        if link and core:
            core = core.replace("\n", " ")
            pieces.append(f"{lead}[{core}]({_address(link)}){trail}")
        else:
            pieces.append(inner)
    return "".join(pieces)


def _address(link: str) -> str:
    return quote(link, safe=ADDRESS_SAFE)


def _marked(runs: Sequence[Run], level: int, around: tuple[str, str]) -> str:
    """Runs of the same style share one pair of marks; marks that would not be read are left out.

    `around` are the characters before and after the runs, empty at a border.
    """
    if level == len(MARKS):
        return _unmarked(runs)
    name, mark = MARKS[level]
    groups = [list(group) for _, group in groupby(runs, key=lambda run: getattr(run.style, name))]
    befores = [around[0], *(_edge(group[-1], -1) for group in groups[:-1])]
    afters = [*(_edge(group[0], 0) for group in groups[1:]), around[1]]
    text = ""
    for group, before, after in zip(groups, befores, afters, strict=True):
        inner = _marked(group, level + 1, (before, after))
        lead, core, trail = _hoisted(inner)
        if getattr(group[0].style, name) and core:
            stands = _is_flanked(" " if lead else before, core.lstrip(mark[0])[:1])
            stands = stands and _is_flanked(" " if trail else after, core.rstrip(mark[0])[-1:])
            if mark == "*" and group[0].style.is_bold:
                stands = stands and _is_apart(" " if lead else before, " " if trail else after)
            if stands:
                inner = f"{lead}{mark}{core}{mark}{trail}"
        touches = text.endswith(("*", "~")) and inner.startswith(("*", "~"))
        text += _unmarked(group) if touches else inner
    return text


def _unmarked(runs: Sequence[Run]) -> str:
    return "".join(_leaf(run) for run in runs)


def _edge(run: Run, index: int) -> str:
    return "!" if run.image or run.style.is_code else run.text[index]


def _hoisted(text: str) -> tuple[str, str, str]:
    """Space before, text, and space after: marks must touch what they mark."""
    core = text.strip(" \n")
    start = len(text) - len(text.lstrip(" \n"))
    return text[:start], core, text[start + len(core) :] if core else ""


def _is_flanked(outside: str, inside: str) -> bool:
    """Whether CommonMark reads a mark between these two."""
    return not _is_punctuation(inside) or outside in ("", " ", "\n") or _is_punctuation(outside)


def _is_apart(before: str, after: str) -> bool:
    """Marks within marks are only read alike everywhere with space around."""
    return before in ("", " ", "\n") and after in ("", " ", "\n")


def _is_punctuation(character: str) -> bool:
    return character != "" and unicodedata.category(character)[0] in "PS"


def _leaf(run: Run) -> str:
    if run.image:
        alt = SPECIAL.sub(r"\\\g<0>", run.text.replace("\n", " ").strip())
        return f"![{alt}]({_address(run.image)})"
    if run.style.is_code and run.text.strip() and "|" not in run.text:
        lead, core, trail = _hoisted(run.text.replace("\n", " "))
        fence = "`" * (longest_ticks(core) + 1)
        padding = " " if core.startswith("`") or core.endswith("`") else ""
        return f"{lead}{fence}{padding}{core}{padding}{fence}{trail}"
    return SPECIAL.sub(r"\\\g<0>", run.text)
