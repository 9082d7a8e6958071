"""A long comparison made short: what stayed the same far from any change is folded away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.diffs import Change, DiffLine

AROUND = 3
FEWEST_FOLDED = 4


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that belong together; folded ones are the same on both sides."""

    lines: tuple[DiffLine, ...]
    is_folded: bool


def fold(lines: Sequence[DiffLine]) -> tuple[Stretch, ...]:
    """The lines in their order; without any change, nothing."""
    changed = [at for at, line in enumerate(lines) if line.change is not Change.SAME]
    if not changed:
        return ()
    near = {at + step for at in changed for step in range(-AROUND, AROUND + 1)}
    return tuple(_stretches(lines, [at in near for at in range(len(lines))]))


def _stretches(lines: Sequence[DiffLine], is_near: Sequence[bool]) -> Iterator[Stretch]:
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or is_near[at] != is_near[start]:
            is_long = at - start >= FEWEST_FOLDED
            yield Stretch(tuple(lines[start:at]), is_long and not is_near[start])
            start = at
