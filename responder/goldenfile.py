"""Golden questions as a file: JSON lines as `evaluate` reads them, or a sheet saved as CSV."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from responder.errors import ResponderError
from responder.evaluation.questions import NotAQuestion, parse_question

SPLITS = ("", "dev", "test")
BETWEEN_NAMES = re.compile(r"[\s,;|]+")
LARGEST_BYTES = 8_000_000
MOST_PROBLEMS = 50


class Fault(StrEnum):
    """What can be wrong with a line."""

    NOT_READABLE = "not_readable"
    NO_COLUMNS = "no_columns"
    NO_QUESTION = "no_question"
    NO_TEXT = "no_text"
    TOO_LONG = "too_long"
    BAD_NAME = "bad_name"
    BAD_SPLIT = "bad_split"
    TWICE = "twice"


FAULT_TEXTS: Mapping[Fault, str] = {
    Fault.NOT_READABLE: "the file is no text in UTF-8, or larger than 8 MB",
    Fault.NO_COLUMNS: 'the first line of a sheet must name the columns "text" and "gold"',
    Fault.NO_QUESTION: 'needs "text" and "gold": a list of article names',
    Fault.NO_TEXT: "has no question",
    Fault.TOO_LONG: "the question is too long",
    Fault.BAD_NAME: "is no article name such as id/paket-belum-sampai:",
    Fault.BAD_SPLIT: "the split must be dev, test or nothing, not",
    Fault.TWICE: "asks the same as an earlier line with other articles, line",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A line (the first is 1) that cannot be used; `subject` is what is wrong in it."""

    line: int
    fault: Fault
    subject: str = ""

    def __str__(self) -> str:
        return f"line {self.line}: {FAULT_TEXTS[self.fault]} {self.subject}".rstrip()


class UnusableGoldenFile(ResponderError):
    """Nothing was taken in."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        shown = "; ".join(str(problem) for problem in problems[:5])
        more = f"; and {len(problems) - 5} more" if len(problems) > 5 else ""
        super().__init__(f"{shown}{more}")
        self.problems = problems[:MOST_PROBLEMS]


@dataclass(frozen=True, slots=True)
class GoldenLine:
    """One question of a file as it was written; `names` are articles, with or without language."""

    number: int
    text: str
    names: tuple[str, ...]
    split: str = ""


@dataclass(frozen=True, slots=True)
class GoldenFile:
    """What a file holds, and what in it is no question."""

    lines: tuple[GoldenLine, ...]
    problems: tuple[Problem, ...] = ()


def read_file(data: bytes) -> GoldenFile:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if len(data) > LARGEST_BYTES or (data and not text):
        return GoldenFile((), (Problem(1, Fault.NOT_READABLE),))
    read = _json_lines if text.lstrip().startswith("{") else _sheet_lines
    found = list(read(text)) if text.strip() else []
    return GoldenFile(
        tuple(entry for entry in found if isinstance(entry, GoldenLine)),
        tuple(entry for entry in found if isinstance(entry, Problem)),
    )


def write_lines(questions: Iterable[tuple[str, Iterable[str], str]]) -> str:
    """(text, gold, split) of each question, one JSON object a line."""
    return "".join(_json_line(*question) + "\n" for question in questions)


def _json_line(text: str, gold: Iterable[str], split: str) -> str:
    row: dict[str, object] = {"text": text, "gold": list(gold)}
    return json.dumps({**row, "split": split} if split else row, ensure_ascii=False)


def _json_lines(text: str) -> Iterator[GoldenLine | Problem]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            question = parse_question(line)
        except NotAQuestion:
            yield Problem(number, Fault.NO_QUESTION)
        else:
            yield GoldenLine(number, question.text, question.gold, question.split)


def _sheet_lines(text: str) -> Iterator[GoldenLine | Problem]:
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(head))
    try:
        columns = [name.strip().lower() for name in next(reader)]
        if not {"text", "gold"} <= set(columns):
            yield Problem(1, Fault.NO_COLUMNS)
            return
        begins = reader.line_num + 1
        for cells in reader:
            row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
            if any(row.values()):
                yield _sheet_line(begins, row)
            begins = reader.line_num + 1
    except csv.Error:
        yield Problem(max(reader.line_num, 1), Fault.NOT_READABLE)


def _sheet_line(number: int, row: Mapping[str, str]) -> GoldenLine:
    names = tuple(name for name in BETWEEN_NAMES.split(row.get("gold", "")) if name)
    return GoldenLine(number, row.get("text", ""), names, row.get("split", ""))


def _delimiter(head: str) -> str:
    """Sheets of some countries are saved with semicolons or tabs."""
    return max(",;\t", key=head.count)
