"""HTML, as other help centres export it, to Markdown."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import assert_never

from kb.errors import InvalidImport
from kb.htmltokens import Closing, Opening, Text, tokens_of
from kb.richtext import Run, Style, is_safe_address, longest_ticks, one_line, paragraph

BIGGEST_HTML = 4 * 1024 * 1024
DEEPEST = 12
SPACE = re.compile(r"\s+")
CLOSING_MARKS = re.compile(r" #+\Z")
TAGS_SEEN = re.compile(r"(?i)</(?:p|div|ul|ol|li|h[1-6]|table|strong|b|em|i|a|span)>|<br\s{0,9}/?>")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BOLD = frozenset({"b", "strong"})
ITALIC = frozenset({"i", "em", "cite", "dfn", "var"})
STRUCK = frozenset({"s", "del", "strike"})
CODE = frozenset({"code", "kbd", "samp", "tt"})
STYLES = BOLD | ITALIC | STRUCK | CODE
LISTS = frozenset({"ul", "ol"})
CELLS = frozenset({"td", "th"})
INLINE = STYLES | {
    *("a", "abbr", "acronym", "bdi", "bdo", "big", "data", "font", "ins", "label", "mark", "q"),
    *("small", "span", "sub", "sup", "time", "u", "wbr", "nobr", "input", "button"),
}
CLOSES_WITHIN = {
    "li": LISTS | {"table"},
    "td": frozenset({"table"}),
    "th": frozenset({"table"}),
    "tr": frozenset({"table"}),
}


@dataclass(slots=True)
class _Frame:
    """An open element that holds blocks: a quotation, list, item, table, row or cell."""

    name: str
    blocks: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    start: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """`title` is the first heading, else what <title> says."""

    title: str
    body: str


def looks_like_html(text: str) -> bool:
    return TAGS_SEEN.search(text) is not None


def convert(html: str, origin: str) -> str:
    """Markdown that says the same; raises InvalidImport for an absurd length."""
    return _Converter().read(html, origin).strip() + "\n"


def convert_page(html: str, origin: str) -> Page:
    converter = _Converter()
    body = converter.read(html, origin).strip()
    first, _, rest = body.partition("\n\n")
    if first.startswith("# "):
        return Page(converter.first_heading, rest + "\n")
    return Page(converter.first_heading or " ".join(converter.title.split()), body + "\n")


class _Converter:
    def __init__(self) -> None:
        self.title, self.first_heading = "", ""
        self._frames = [_Frame("root")]
        self._runs: list[Run] = []
        self._counts = dict.fromkeys(STYLES, 0)
        self._link = ""
        self._heading = 0
        self._pre: list[str] | None = None
        self._pre_language = ""
        self._in_title = False

    def read(self, html: str, origin: str) -> str:
        if len(html) > BIGGEST_HTML:
            raise InvalidImport(origin, f"more than {BIGGEST_HTML // 1024**2} MiB of HTML")
        for token in tokens_of(html):
            match token:
                case Opening():
                    self._open(token)
                case Closing():
                    self._close(token.name)
                case Text():
                    self._text(token.text)
                case _:
                    assert_never(token)
        self._end_pre()
        self._flush()
        while len(self._frames) > 1:
            self._pop()
        return "\n\n".join(self._frames[0].blocks)

    def _text(self, text: str) -> None:
        if self._in_title:
            self.title += text
        elif self._pre is not None:
            self._pre.append(text)
        else:
            self._runs.append(Run(SPACE.sub(" ", text), self._style()))

    def _style(self) -> Style:
        on = {name for name, count in self._counts.items() if count}
        return Style(
            self._link, bool(on & STRUCK), bool(on & BOLD), bool(on & ITALIC), bool(on & CODE)
        )

    def _open(self, tag: Opening) -> None:
        name = tag.name
        if self._pre is not None and name not in ("pre", "table"):
            self._open_in_pre(tag)
        elif name in STYLES:
            self._counts[name] += 1
        elif name == "a":
            address = tag.attributes.get("href", "").strip()
            self._link = address if is_safe_address(address) else ""
        elif name == "img":
            self._image(tag)
        elif name == "br":
            self._runs.append(Run("\n", self._style()))
        elif name == "title":
            self._in_title = not self.title
        elif name not in INLINE:
            self._open_block(tag)

    def _open_in_pre(self, tag: Opening) -> None:
        assert self._pre is not None
        if tag.name in ("br", "p", "div"):
            self._pre.append("\n")
        for word in tag.attributes.get("class", "").split():
            if word.startswith("language-") and word[9:].isalnum():
                self._pre_language = word[9:49]

    def _image(self, tag: Opening) -> None:
        address = tag.attributes.get("src", "").strip()
        if is_safe_address(address):
            self._runs.append(Run(tag.attributes.get("alt", ""), self._style(), image=address))

    def _open_block(self, tag: Opening) -> None:
        name = tag.name
        self._flush()
        if name in HEADINGS:
            self._heading = HEADINGS[name]
        elif name == "hr":
            self._add("***")
        elif name == "pre":
            self._end_pre()
            self._pre, self._pre_language = [], ""
            self._open_in_pre(Opening("pre", tag.attributes))
        elif name in CLOSES_WITHIN:
            self._open_part(name)
        elif name in LISTS | {"blockquote", "table"} and len(self._frames) <= DEEPEST:
            frame = _Frame(name)
            start = tag.attributes.get("start", "")
            if start.isascii() and start.isdigit():
                frame.start = int(start[:8])
            self._frames.append(frame)

    def _open_part(self, name: str) -> None:
        """An item, row or cell; the one before it ends here."""
        holders = LISTS if name == "li" else frozenset({"table"})
        self._close_up_to({"li"} if name == "li" else ({"tr"} if name == "tr" else CELLS), name)
        if name in CELLS and self._frames[-1].name == "table":
            self._frames.append(_Frame("tr"))
        holder = {"tr"} if name in CELLS else holders
        if self._frames[-1].name in holder:
            self._frames.append(_Frame(name))

    def _close(self, name: str) -> None:
        if name == "title":
            self._in_title = False
        elif self._pre is not None:
            if name == "pre":
                self._end_pre()
        elif name in STYLES:
            self._counts[name] = max(0, self._counts[name] - 1)
        elif name == "a":
            self._link = ""
        elif name not in INLINE:
            self._flush()
            if name in HEADINGS:
                self._heading = 0
            self._close_up_to({name}, name)

    def _close_up_to(self, names: set[str] | frozenset[str], closing: str) -> None:
        """Close the innermost frame of these names and all in it, unless a barrier is between."""
        barriers = CLOSES_WITHIN.get(closing, frozenset())
        for index in range(len(self._frames) - 1, 0, -1):
            if self._frames[index].name in names:
                while len(self._frames) > index:
                    self._pop()
                return
            if self._frames[index].name in barriers:
                return

    def _flush(self) -> None:
        """What was said since the last block becomes a block."""
        runs, self._runs = self._runs, []
        level = self._heading
        is_flat = self._is_flat()
        text = one_line(runs) if level or is_flat else paragraph(runs)
        if not text:
            return
        if level and not self.first_heading:
            self.first_heading = " ".join("".join(run.text for run in runs).split())
        if level and not is_flat:
            text = f"{'#' * level} {CLOSING_MARKS.sub(_escaped, text)}"
        self._add(text)

    def _is_flat(self) -> bool:
        return any(frame.name in CELLS for frame in self._frames)

    def _end_pre(self) -> None:
        if self._pre is None:
            return
        text = "".join(self._pre).replace("\r\n", "\n").removeprefix("\n").rstrip()
        self._pre = None
        if not text:
            return
        if self._is_flat():
            self._add(one_line([Run(text, Style(is_code=True))]))
            return
        ticks = "`" * max(3, longest_ticks(text) + 1)
        self._add(f"{ticks}{self._pre_language}\n{text}\n{ticks}")

    def _add(self, block: str) -> None:
        top = self._frames[-1]
        if self._is_flat():
            block = " ".join(block.split("\n"))
        top.blocks.append(block)

    def _pop(self) -> None:
        frame = self._frames.pop()
        CLOSERS.get(frame.name, _close_plain)(frame, self._frames[-1], self._is_flat())


def _escaped(match: re.Match[str]) -> str:
    return f" \\{match.group().strip()}"


Closer = Callable[[_Frame, _Frame, bool], None]


def _close_plain(frame: _Frame, parent: _Frame, is_flat: bool) -> None:
    parent.blocks.extend(frame.blocks)


def _close_quote(frame: _Frame, parent: _Frame, is_flat: bool) -> None:
    if is_flat:
        parent.blocks.extend(frame.blocks)
    elif frame.blocks:
        lines = "\n\n".join(frame.blocks).split("\n")
        parent.blocks.append("\n".join(f"> {line}".rstrip() for line in lines))


def _close_item(frame: _Frame, parent: _Frame, is_flat: bool) -> None:
    if frame.blocks:
        parent.blocks.append((" " if is_flat else "\n\n").join(frame.blocks))


def _close_list(frame: _Frame, parent: _Frame, is_flat: bool) -> None:
    if not frame.blocks:
        return
    if is_flat:
        parent.blocks.extend(frame.blocks)
        return
    bullets = ("-", "*") if frame.name == "ul" else (".", ")")
    previous = parent.blocks[-1].lstrip() if parent.blocks else ""
    bullet = bullets[1] if _begins_list(previous, bullets[0], frame.name) else bullets[0]
    items = []
    for number, content in enumerate(frame.blocks, start=frame.start):
        marker = f"{bullet} " if frame.name == "ul" else f"{number}{bullet} "
        items.append(marker + _indented(content, len(marker)))
    joint = "\n\n" if any("\n\n" in item for item in frame.blocks) else "\n"
    parent.blocks.append(joint.join(items))


def _begins_list(block: str, bullet: str, name: str) -> bool:
    """Two lists in a row would be read as one."""
    if name == "ul":
        return block.startswith(f"{bullet} ")
    digits = len(block) - len(block.lstrip("0123456789"))
    return digits > 0 and block.startswith(f"{bullet} ", digits)


def _indented(text: str, width: int) -> str:
    first, *others = text.split("\n")
    return "\n".join([first, *(f"{' ' * width}{line}" if line else "" for line in others)])


def _close_cell(frame: _Frame, parent: _Frame, is_flat: bool) -> None:
    text = " ".join(" ".join(frame.blocks).split("\n")).strip()
    parent.rows.append([text])


def _close_row(frame: _Frame, parent: _Frame, is_flat: bool) -> None:
    cells = [cell for (cell,) in frame.rows]
    parent.blocks.extend(frame.blocks)
    if cells:
        parent.rows.append(cells)


def _close_table(frame: _Frame, parent: _Frame, is_flat: bool) -> None:
    """Text that stands beside the cells, such as a caption, goes before the table."""
    parent.blocks.extend(frame.blocks)
    rows = [row for row in frame.rows if any(row)]
    if not rows:
        return
    if is_flat:
        parent.blocks.extend(cell for row in rows for cell in row if cell)
        return
    width = max(len(row) for row in rows)
    head = rows[0] + [""] * (width - len(rows[0]))
    lines = [head, ["---"] * width, *rows[1:]]
    parent.blocks.append("\n".join(f"| {' | '.join(line)} |" for line in lines))


CLOSERS: dict[str, Closer] = {
    "blockquote": _close_quote,
    "li": _close_item,
    "ul": _close_list,
    "ol": _close_list,
    "td": _close_cell,
    "th": _close_cell,
    "tr": _close_row,
    "table": _close_table,
}
