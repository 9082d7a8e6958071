"""A file cut at its front matter's fences, and the entries between them."""

import re
from dataclasses import dataclass

from kb.errors import InvalidArticle
from kb.yamltree import BrokenYaml, Entry, Mapping, line_start, read_tree

BIGGEST_SOURCE_BYTES = 256 * 1024
OPENING = re.compile(r"---[ \t]*(\r?\n)")
CLOSING = re.compile(r"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
FORBIDDEN = re.compile("[\x00\ud800-\udfff]")
BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Parts:
    """A file cut in pieces; joined they are the file again."""

    opening: str
    front: str
    closing: str
    body: str

    @property
    def newline(self) -> str:
        return "\r\n" if self.opening.endswith("\r\n") else "\n"

    def joined(self) -> str:
        return f"{self.opening}{self.front}{self.closing}{self.body}"


def split(source: str, path: str) -> Parts:
    """Cut a file at its fences; one without front matter gives parts without opening."""
    _check_text(source, path)
    start = len(BOM) if source.startswith(BOM) else 0
    opening = OPENING.match(source, start)
    if opening is None:
        return Parts(source[:start], "", "", source[start:])
    closing = CLOSING.search(source, opening.end())
    if closing is None:
        raise InvalidArticle(
            path, 1, "the front matter is not closed: add a line '---' after its last key"
        )
    return Parts(
        source[: opening.end()],
        source[opening.end() : closing.start()],
        closing.group(),
        source[closing.end() :],
    )


def _check_text(source: str, path: str) -> None:
    if bad := FORBIDDEN.search(source):
        line = source.count("\n", 0, bad.start()) + 1
        raise InvalidArticle(
            path,
            line,
            "character U+%(code)s is no text: delete it, save as UTF-8",
            code=f"{ord(bad.group()):04X}",
        )
    size = len(source.encode())
    if size > BIGGEST_SOURCE_BYTES:
        raise InvalidArticle(
            path,
            1,
            "the file has %(kib)s KiB, at most %(most)s are read: split the article",
            kib=size // 1024,
            most=BIGGEST_SOURCE_BYTES // 1024,
        )


def read_front(parts: Parts, path: str) -> dict[str, Entry]:
    """The front matter's entries by key, in their order; their lines count from 0."""
    try:
        root = read_tree(parts.front)
    except BrokenYaml as error:
        raise InvalidArticle(
            path,
            error.line + 2,
            "the front matter is not valid YAML (%(problem)s): put text holding ': ', ' #' or "
            "quotes in quotes",
            problem=error.problem,
        ) from None
    if root is None:
        return {}
    if not isinstance(root, Mapping) or root.is_flow:
        raise InvalidArticle(
            path, root.span.line + 2, "the front matter must be lines of 'key: value'"
        )
    entries: dict[str, Entry] = {}
    for entry in root.entries:
        if entry.key.text in entries:
            raise InvalidArticle(
                path,
                entry.key.span.line + 2,
                "'%(key)s' is given twice: remove one",
                key=entry.key.text,
            )
        start = entry.key.span.start
        if parts.front[line_start(parts.front, start) : start].strip():
            raise InvalidArticle(path, entry.key.span.line + 2, "write it as 'key: value'")
        entries[entry.key.text] = entry
    return entries
