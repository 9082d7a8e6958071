"""Two runs side by side, for the terminal and for programs."""

from dataclasses import asdict
from itertools import groupby
from typing import Any

from responder.evaluation.comparison import (
    BETTER,
    TURN_TEXTS,
    WORSE,
    Change,
    Comparison,
    Graded,
    Turn,
)


def as_lines(comparison: Comparison) -> list[str]:
    """A line a group, then its questions with what was said before and what is said now."""
    better, worse = comparison.count(BETTER), comparison.count(WORSE)
    lines = [f"{comparison.compared} questions compared: {better} better, {worse} worse"]
    if comparison.edited:
        lines.append(f"{comparison.edited} have other right articles now and are left out")
    if comparison.added or comparison.removed:
        lines.append(f"{comparison.added} are new, {comparison.removed} are no longer asked")
    for turn, changes in groupby(comparison.changes, key=lambda change: change.turn):
        group = list(changes)
        lines += ["", f"{TURN_TEXTS[turn]} ({len(group)})"]
        lines += [_line(change) for change in group]
    return lines


def _line(change: Change) -> str:
    return f"  {_one_line(change.now.text)}\n      {_said(change.before)} → {_said(change.now)}"


def _said(row: Graded) -> str:
    article = row.article or "nothing"
    return f"{row.reply.value} {article} {row.confidence:.2f}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def as_json(comparison: Comparison) -> dict[str, Any]:
    """Counts by turn, and every change."""
    return {
        "compared": comparison.compared,
        "edited": comparison.edited,
        "added": comparison.added,
        "removed": comparison.removed,
        "better": comparison.count(BETTER),
        "worse": comparison.count(WORSE),
        "counts": {turn.value: len(comparison.of(turn)) for turn in Turn},
        "changes": [
            {"turn": c.turn.value, "before": asdict(c.before), "now": asdict(c.now)}
            for c in comparison.changes
        ],
    }
