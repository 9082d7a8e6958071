"""An earlier predictions file beside a new evaluation of the same questions."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from responder.evaluation.comparison import Comparison, Graded, compare
from responder.evaluation.questions import InvalidQuestions, slug_of
from responder.evaluation.runner import Report
from responder.models import ReplyKind


def compare_with(report: Report, path: Path) -> Comparison:
    """`report` is the later one. What was right earlier is judged by its gold.

    Raises InvalidQuestions where a line is no prediction.
    """
    now = [
        Graded(
            text=prediction.text,
            gold=question.gold,
            reply=prediction.reply,
            article=prediction.slug,
            confidence=prediction.confidence,
            is_right=scored.is_right,
        )
        for question, prediction, scored in zip(
            report.questions, report.predictions, report.scored, strict=True
        )
    ]
    gold = {row.text: row.gold for row in now}
    earlier = [_graded(row, gold, report.translations) for row in _read(path)]
    return compare(earlier, now)


def _graded(
    row: Mapping[str, Any],
    gold: Mapping[str, tuple[str, ...]],
    translations: Mapping[str, frozenset[str]],
) -> Graded:
    names = gold.get(row["text"], ())
    slugs = {slug_of(part) for name in names for part in (name, name.rpartition("/")[2])}
    slug = row["slug"]
    same = translations.get(slug, frozenset((slug,))) if slug else frozenset()
    return Graded(
        text=row["text"],
        gold=names,
        reply=ReplyKind(row["reply"]),
        article=slug,
        confidence=float(row["confidence"]),
        is_right=bool(same & slugs),
    )


def _read(path: Path) -> list[Mapping[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidQuestions(path, 1, f"cannot be read: {error}") from None
    return [_parse(path, n, line) for n, line in enumerate(lines, start=1) if line.strip()]


def _parse(path: Path, number: int, line: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
        ReplyKind(row["reply"])
        float(row["confidence"])
        is_prediction = isinstance(row["text"], str) and isinstance(row["slug"], str | None)
    except (ValueError, KeyError, TypeError, RecursionError):
        is_prediction = False
    if not is_prediction:
        raise InvalidQuestions(path, number, "is no line of a predictions file")
    found: Mapping[str, Any] = row
    return found
