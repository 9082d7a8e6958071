"""Two edits of one text joined, when they touch different lines."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher


def merge(base: str, mine: str, theirs: str) -> str | None:
    """The text with both edits; None where they changed the same lines differently."""
    old, one, other = (text.splitlines(keepends=True) for text in (base, mine, theirs))
    edits = sorted({*_edits(old, one), *_edits(old, other)})
    merged: list[str] = []
    reached, last = 0, None
    for start, end, lines in edits:
        if last is not None and start <= last:
            return None
        merged += old[reached:start]
        merged += lines
        reached = last = end
    return "".join(merged + old[reached:])


Edit = tuple[int, int, tuple[str, ...]]


def _edits(old: Sequence[str], new: Sequence[str]) -> Iterator[Edit]:
    """Spans of the old lines and what stands there now."""
    for tag, start, end, new_start, new_end in SequenceMatcher(
        a=old, b=new, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            yield start, end, tuple(new[new_start:new_end])
