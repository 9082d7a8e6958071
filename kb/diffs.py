"""Two texts line by line: what stayed, what went, what came."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Change(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class DiffLine:
    change: Change
    text: str
    old_number: int | None
    new_number: int | None


def diff_lines(old: str, new: str) -> tuple[DiffLine, ...]:
    return tuple(_lines(old.splitlines(), new.splitlines()))


def _lines(old: list[str], new: list[str]) -> Iterator[DiffLine]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new).get_opcodes():
        if tag == "equal":
            for offset in range(i2 - i1):
                at, to = i1 + offset, j1 + offset
                yield DiffLine(Change.SAME, old[at], at + 1, to + 1)
            continue
        for at in range(i1, i2):
            yield DiffLine(Change.REMOVED, old[at], at + 1, None)
        for to in range(j1, j2):
            yield DiffLine(Change.ADDED, new[to], None, to + 1)
