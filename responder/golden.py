"""Golden sets: reviewed questions, each with the articles that answer it, or none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kb.database import Database
from kb.errors import InvalidSlug
from kb.models import ArticleKey
from responder.clock import Clock
from responder.errors import (
    InvalidGolden,
    MessageTooLong,
    UnknownGoldenQuestion,
    UnknownGoldenSet,
)
from responder.firm import FirmService
from responder.goldenfile import (
    SPLITS,
    Fault,
    GoldenFile,
    GoldenLine,
    Problem,
    UnusableGoldenFile,
    read_file,
    write_lines,
)
from responder.intake import clean, one_line
from responder.privacy import mask
from responder.store import golden as store
from responder.whereabouts import Directory, Whereabouts

LONGEST_NAME = 120
MOST_QUESTIONS = 20_000


@dataclass(frozen=True, slots=True)
class GoldenSet:
    id: int
    name: str
    staff: str
    created_at: datetime
    questions: int


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """`text` is masked; any article of `gold` answers it; none: it must go to people."""

    id: int
    set_id: int
    text: str
    gold: tuple[ArticleKey, ...]
    split: str
    staff: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file did to a set; `named` are the articles of its lines."""

    added: int
    changed: int
    unchanged: int
    named: tuple[tuple[int, ArticleKey], ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question as it is to be kept."""

    text: str
    gold: tuple[ArticleKey, ...]
    split: str

    def values(self) -> dict[str, Any]:
        return {"text": self.text, "gold": [str(key) for key in self.gold], "split": self.split}


class GoldenSets:
    def __init__(
        self, database: Database, directory: Directory, firm: FirmService, clock: Clock
    ) -> None:
        self._database = database
        self._directory = directory
        self._firm = firm
        self._clock = clock

    def list_sets(self) -> tuple[GoldenSet, ...]:
        """By name."""
        with self._database.read() as connection:
            return tuple(_set(row) for row in store.list_sets(connection))

    def get_set(self, set_id: int) -> GoldenSet:
        with self._database.read() as connection:
            row = store.find_set(connection, set_id)
        if row is None:
            raise UnknownGoldenSet(str(set_id))
        return _set(row)

    def get_set_named(self, name: str) -> GoldenSet:
        with self._database.read() as connection:
            row = store.find_set_named(connection, name)
        if row is None:
            raise UnknownGoldenSet(name)
        return _set(row)

    def create(self, name: str, staff: str) -> GoldenSet:
        values = {"name": _name(name), "staff": staff, "created_at": self._clock()}
        with self._database.write() as connection:
            set_id = store.insert_set(connection, values)
        if set_id is None:
            raise InvalidGolden("name", "there is a set of that name already")
        return self.get_set(set_id)

    def rename(self, set_id: int, name: str) -> GoldenSet:
        wanted = _name(name)
        with self._database.write() as connection:
            self._lock(connection, set_id)
            other = store.find_set_named(connection, wanted)
            if other is not None and other["id"] != set_id:
                raise InvalidGolden("name", "there is a set of that name already")
            store.rename_set(connection, set_id, wanted)
        return self.get_set(set_id)

    def delete(self, set_id: int) -> None:
        """With its questions and runs."""
        with self._database.write() as connection:
            self._lock(connection, set_id)
            store.delete_runs(connection, set_id)
            store.delete_questions(connection, set_id)
            store.delete_set(connection, set_id)

    def list_questions(self, set_id: int | None = None) -> tuple[GoldenQuestion, ...]:
        """In the order they were added; None: those of every set."""
        with self._database.read() as connection:
            return tuple(_question(row) for row in store.list_questions(connection, set_id))

    def get_question(self, question_id: int) -> GoldenQuestion:
        with self._database.read() as connection:
            row = store.find_question(connection, question_id)
        if row is None:
            raise UnknownGoldenQuestion(question_id)
        return _question(row)

    def add(
        self, set_id: int, text: str, names: Iterable[str], *, staff: str, split: str = ""
    ) -> GoldenQuestion:
        """Raises InvalidGolden, also when the set has the question."""
        wanted = self._wanted(text, names, split)
        with self._database.write() as connection:
            self._lock(connection, set_id)
            _check_free(connection, set_id, wanted.text, None)
            values = {**wanted.values(), "set_id": set_id, **self._signed(staff)}
            return _question(store.insert_question(connection, values))

    def edit(
        self, question_id: int, text: str, names: Iterable[str], *, staff: str, split: str = ""
    ) -> GoldenQuestion:
        before = self.get_question(question_id)
        wanted = self._wanted(text, names, split)
        with self._database.write() as connection:
            self._lock(connection, before.set_id)
            _check_free(connection, before.set_id, wanted.text, question_id)
            values = {**wanted.values(), "staff": staff}
            row = store.update_question(connection, question_id, values)
        if row is None:
            raise UnknownGoldenQuestion(question_id)
        return _question(row)

    def remove(self, question_id: int) -> GoldenQuestion:
        found = self.get_question(question_id)
        with self._database.write() as connection:
            store.delete_question(connection, question_id)
        return found

    def take_in(self, set_id: int, data: bytes, staff: str) -> Imported:
        """All of a file or, raising UnusableGoldenFile, nothing of it.

        A question that the set has takes over the articles and split of the file.
        """
        return self._take_in(set_id, self._read(read_file(data)), staff)

    def take_in_lines(self, set_id: int, lines: Sequence[GoldenLine], staff: str) -> Imported:
        """The same of lines that are no file."""
        return self._take_in(set_id, self._read(GoldenFile(tuple(lines))), staff)

    def _take_in(self, set_id: int, wanted: Mapping[int, Wanted], staff: str) -> Imported:
        with self._database.write() as connection:
            self._lock(connection, set_id)
            present = {
                row["text"]: _question(row) for row in store.list_questions(connection, set_id)
            }
            fresh = [entry for entry in wanted.values() if entry.text not in present]
            if len(present) + len(fresh) > MOST_QUESTIONS:
                raise InvalidGolden("questions", f"a set holds at most {MOST_QUESTIONS}")
            changed = [
                (present[entry.text].id, entry)
                for entry in wanted.values()
                if entry.text in present and not _is_same(present[entry.text], entry)
            ]
            signed = {"set_id": set_id, **self._signed(staff)}
            store.insert_questions(connection, [{**entry.values(), **signed} for entry in fresh])
            for question_id, entry in changed:
                values = {**entry.values(), "staff": staff}
                store.update_question(connection, question_id, values)
        unchanged = len(wanted) - len(fresh) - len(changed)
        named = tuple((line, key) for line, entry in wanted.items() for key in entry.gold)
        return Imported(len(fresh), len(changed), unchanged, named)

    def missing(self, done: Imported) -> tuple[tuple[int, Whereabouts], ...]:
        """The lines that name an article which no live one stands for."""
        found = self._directory.look_up(key for _line, key in done.named)
        gone = ((line, found[key]) for line, key in done.named)
        return tuple((line, place) for line, place in gone if place.now is None)

    def write_out(self, set_id: int) -> str:
        """The set as JSON lines, as `take_in` and `jawab evaluate` read them."""
        return write_lines(
            (question.text, map(str, question.gold), question.split)
            for question in self.list_questions(set_id)
        )

    def whereabouts(self, questions: Iterable[GoldenQuestion]) -> Mapping[ArticleKey, Whereabouts]:
        """Of every article they name."""
        return self._directory.look_up(key for question in questions for key in question.gold)

    def _read(self, file: GoldenFile) -> dict[int, Wanted]:
        """Line → question, each text once."""
        found: dict[int, Wanted] = {}
        first: dict[str, int] = {}
        problems = list(file.problems)
        for line in file.lines:
            wanted = self._read_line(line)
            if isinstance(wanted, Problem):
                problems.append(wanted)
            elif wanted.text not in first:
                first[wanted.text] = line.number
                found[line.number] = wanted
            elif found[first[wanted.text]] != wanted:
                problems.append(Problem(line.number, Fault.TWICE, str(first[wanted.text])))
        if problems:
            raise UnusableGoldenFile(tuple(sorted(problems, key=lambda problem: problem.line)))
        return found

    def _read_line(self, line: GoldenLine) -> Wanted | Problem:
        if line.split not in SPLITS:
            return Problem(line.number, Fault.BAD_SPLIT, line.split[:80])
        try:
            text = self._text(line.text)
        except MessageTooLong:
            return Problem(line.number, Fault.TOO_LONG)
        if not text:
            return Problem(line.number, Fault.NO_TEXT)
        keys: list[ArticleKey] = []
        for name in line.names:
            try:
                keys += self._keys(name)
            except InvalidSlug:
                return Problem(line.number, Fault.BAD_NAME, name[:80])
        return Wanted(text, tuple(dict.fromkeys(keys)), line.split)

    def _wanted(self, text: str, names: Iterable[str], split: str) -> Wanted:
        kept = self._text(text)
        if not kept:
            raise InvalidGolden("text", "write the question")
        if split not in SPLITS:
            raise InvalidGolden("split", "choose dev, test or nothing")
        try:
            keys = [key for name in names for key in self._keys(name)]
        except InvalidSlug as error:
            raise InvalidGolden("gold", str(error)) from None
        return Wanted(kept, tuple(dict.fromkeys(keys)), split)

    def _text(self, text: str) -> str:
        return mask(clean(text), self._firm.get().order_patterns).text

    def _keys(self, name: str) -> tuple[ArticleKey, ...]:
        """A name without language means every live article of that slug."""
        if "/" in name:
            return (ArticleKey.parse(name),)
        return self._directory.keys_of(name) or (ArticleKey(self._firm.get().default_lang, name),)

    def _signed(self, staff: str) -> dict[str, Any]:
        return {"staff": staff, "created_at": self._clock()}

    def _lock(self, connection: sa.Connection, set_id: int) -> None:
        if not store.lock_set(connection, set_id):
            raise UnknownGoldenSet(str(set_id))


def _check_free(connection: sa.Connection, set_id: int, text: str, own: int | None) -> None:
    other = store.find_text(connection, set_id, text)
    if other is not None and other["id"] != own:
        raise InvalidGolden("text", "the set has this question already")


def _is_same(question: GoldenQuestion, wanted: Wanted) -> bool:
    return (question.gold, question.split) == (wanted.gold, wanted.split)


def _name(name: str) -> str:
    kept = one_line(name, LONGEST_NAME)
    if not kept:
        raise InvalidGolden("name", "give the set a name")
    return kept


def _set(row: sa.RowMapping) -> GoldenSet:
    return GoldenSet(row["id"], row["name"], row["staff"], row["created_at"], row["questions"])


def _question(row: sa.RowMapping) -> GoldenQuestion:
    return GoldenQuestion(
        id=row["id"],
        set_id=row["set_id"],
        text=row["text"],
        gold=tuple(ArticleKey.parse(name) for name in row["gold"]),
        split=row["split"],
        staff=row["staff"],
        created_at=row["created_at"],
    )
