"""Question files: one JSON object a line, {"text", "gold": [articles], "split"?}."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.errors import KbError

TEST_SPLIT = "test"
NOT_SLUG = re.compile(r"[^a-z0-9]+")


class InvalidQuestions(KbError):
    """A question file that cannot be read as such."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}")
        self.path, self.line, self.problem = path, line, problem


class NotAQuestion(KbError):
    """A line that is no golden question."""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with the articles that answer it; none: it must go to people."""

    text: str
    gold: tuple[str, ...]
    split: str = TEST_SPLIT


def read_questions(
    paths: Iterable[Path], split: str | None = TEST_SPLIT
) -> tuple[GoldQuestion, ...]:
    """In the order of the files. A line without a split belongs to every split; None reads all."""
    found = [question for path in paths for question in _read(path)]
    return tuple(q for q in found if split is None or q.split in ("", split))


def slug_of(name: str) -> str:
    """The slug that an article id of a data set becomes."""
    return NOT_SLUG.sub("-", name.lower()).strip("-")


def _read(path: Path) -> list[GoldQuestion]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidQuestions(path, 1, f"cannot be read: {error}") from None
    return [_parse(path, n, line) for n, line in enumerate(lines, start=1) if line.strip()]


def _parse(path: Path, number: int, line: str) -> GoldQuestion:
    try:
        return parse_question(line)
    except NotAQuestion as problem:
        raise InvalidQuestions(path, number, str(problem)) from None


def parse_question(line: str) -> GoldQuestion:
    """Raises NotAQuestion."""
    try:
        row: Any = json.loads(line)
    except (ValueError, RecursionError):
        raise NotAQuestion("is not one JSON object a line") from None
    text = row.get("text") if isinstance(row, dict) else None
    gold = row.get("gold") if isinstance(row, dict) else None
    if not isinstance(text, str) or not isinstance(gold, list):
        raise NotAQuestion('needs "text" and "gold": a list of article slugs')
    return GoldQuestion(text, tuple(str(name) for name in gold), str(row.get("split") or ""))
