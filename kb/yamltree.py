"""YAML as a tree of nodes that know where in the text they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import yaml

MOST_DEPTH = 8
NULL = re.compile(r"~|null|Null|NULL|")
BREAKS = "\n\r\x85\u2028\u2029"


class BrokenYaml(Exception):
    """`line` counts from 0."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line, self.problem = line, problem


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class Scalar:
    span: Span
    text: str
    is_plain: bool

    @property
    def is_null(self) -> bool:
        return self.is_plain and NULL.fullmatch(self.text) is not None


@dataclass(frozen=True, slots=True)
class Listing:
    span: Span
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Entry:
    key: Scalar
    value: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    span: Span
    entries: tuple[Entry, ...]
    is_flow: bool


Node: TypeAlias = Scalar | Listing | Mapping


def read_tree(text: str) -> Node | None:
    """The only document in a text, or None when it holds nothing; raises BrokenYaml.

    Built from parser events and not by PyYAML's composer, whose C version
    overruns the stack on deep nesting.
    """
    try:
        return _document(text, yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BrokenYaml(mark.line if mark else 0, error.problem or "broken YAML") from None
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        raise BrokenYaml(before.count("\n"), f"character U+{error.character:04X}") from None


def _document(text: str, events: Iterator[yaml.Event]) -> Node | None:
    root: Node | None = None
    for event in events:
        match event:
            case yaml.DocumentStartEvent() | yaml.DocumentEndEvent() if event.explicit:
                raise BrokenYaml(_line(event), "it holds '---' or '...' on a line")
            case yaml.NodeEvent():
                root = _node(text, event, events, depth=0)
            case _:
                pass
    return root


def _node(text: str, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
    if depth > MOST_DEPTH:
        raise BrokenYaml(_line(event), f"nested more than {MOST_DEPTH} deep")
    match event:
        case yaml.ScalarEvent():
            return _scalar(text, event)
        case yaml.SequenceStartEvent():
            return _listing(text, event, events, depth)
        case yaml.MappingStartEvent():
            return _mapping(text, event, events, depth)
        case _:
            raise BrokenYaml(_line(event), "aliases (*name) are not read: repeat the text")


def _scalar(text: str, event: yaml.ScalarEvent) -> Scalar:
    start, end = _start(event), _end(event)
    if event.style in ("|", ">"):
        end = start + _block_length(text[start:end])
    is_plain = not event.style and event.tag is None
    return Scalar(Span(start, end, _line(event)), event.value, is_plain)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line if event.start_mark else 0


def _start(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _end(event: yaml.Event) -> int:
    return event.end_mark.index if event.end_mark else 0


def _block_length(block: str) -> int:
    """Without the blank lines that follow, unless '+' makes them part of the text."""
    header = block.partition("\n")[0].partition("#")[0]
    if "+" in header:
        return len(block.removesuffix("\n").removesuffix("\r"))
    return len(block.rstrip(f" \t{BREAKS}"))


def _listing(
    text: str, event: yaml.SequenceStartEvent, events: Iterator[yaml.Event], depth: int
) -> Listing:
    items: list[Node] = []
    for inner in events:
        if isinstance(inner, yaml.SequenceEndEvent):
            span = _collection_span(event, inner, items)
            return Listing(span, tuple(items))
        items.append(_node(text, inner, events, depth + 1))
    raise BrokenYaml(_line(event), "the list does not end")


def _mapping(
    text: str, event: yaml.MappingStartEvent, events: Iterator[yaml.Event], depth: int
) -> Mapping:
    entries: list[Entry] = []
    for inner in events:
        if isinstance(inner, yaml.MappingEndEvent):
            span = _collection_span(event, inner, [entry.value for entry in entries])
            return Mapping(span, tuple(entries), bool(event.flow_style))
        key = _node(text, inner, events, depth + 1)
        if not isinstance(key, Scalar):
            raise BrokenYaml(key.span.line, "a key must be a word")
        entries.append(Entry(key, _node(text, next(events), events, depth + 1)))
    raise BrokenYaml(_line(event), "the mapping does not end")


def _collection_span(start: yaml.Event, end: yaml.Event, children: list[Node]) -> Span:
    """A block collection's own end mark is the next token; its text ends with its last child."""
    flow = getattr(start, "flow_style", False)
    last = _end(end) if flow or not children else children[-1].span.end
    return Span(_start(start), last, _line(start))


def content(node: Node) -> object:
    """What a node says, wherever it stands."""
    match node:
        case Scalar():
            return None if node.is_null else (node.text, node.is_plain)
        case Listing():
            return [content(item) for item in node.items]
        case Mapping():
            return {entry.key.text: content(entry.value) for entry in node.entries}


def line_start(text: str, index: int) -> int:
    return max(text.rfind(character, 0, index) for character in BREAKS) + 1


def line_end(text: str, index: int) -> int:
    """Just after the line break that ends the line of `index`."""
    found = [at for character in BREAKS if (at := text.find(character, index)) >= 0]
    if not found:
        return len(text)
    end = min(found)
    return end + 2 if text.startswith("\r\n", end) else end + 1
