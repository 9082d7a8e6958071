"""Golden sets asked of the knowledge base: runs, their figures, and what changed between two."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Self

import sqlalchemy as sa

from kb.database import Database
from kb.models import ArticleKey, HitKind
from kb.vectors import Progress
from responder.clock import Clock
from responder.errors import InvalidGolden, UnknownGoldenRun, UnknownGoldenSet
from responder.evaluation.comparison import Comparison, Graded, compare
from responder.evaluation.metrics import OFFERED, Scored, measure
from responder.firm import FirmService
from responder.golden import GoldenQuestion, GoldenSets
from responder.knowledge import Knowledge, Shelf
from responder.models import Candidate, ReplyKind
from responder.replay import PastQuestion, Replay, Replayed
from responder.store import golden as golden_store
from responder.store import goldenruns as store
from responder.thresholds import Thresholds
from responder.whereabouts import Directory, Whereabouts

CHANNEL = "web"
MOST_CANDIDATES = 5
MOST_RUNS = 60
# a run is worse than another from so many questions on, and from this share of them
WORSE_QUESTIONS = 3
WORSE_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of 0 to 1, None where nothing can be counted. `answered` is of all questions, `wrong`
    of the answers, `right`, `helped` and `top1` of the answerable ones."""

    questions: int
    answerable: int
    answered: float
    wrong: float
    right: float | None
    helped: float | None
    top1: float | None
    ap: float | None

    @property
    def answers(self) -> int:
        return round(self.answered * self.questions)

    @property
    def wrong_answers(self) -> int:
        return round(self.wrong * self.answers)

    @property
    def helped_questions(self) -> int:
        return round((self.helped or 0.0) * self.answerable)

    @classmethod
    def of(cls, scored: Sequence[Scored]) -> Self:
        measures = asdict(measure(scored))
        return cls(**{name: measures[name] for name in cls.__dataclass_fields__})


@dataclass(frozen=True, slots=True)
class GoldenRun:
    """`thresholds` are those in force for the website at that time, by language."""

    id: int
    set_id: int
    figures: Figures
    thresholds: Mapping[str, float]
    fingerprint: str
    staff: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Rival:
    """A candidate as a run remembers it."""

    key: str
    confidence: float
    is_right: bool


class Outcome(StrEnum):
    """What a customer got out of one question."""

    WRONG = "wrong"
    MISSED = "missed"
    OFFERED = "offered"
    RIGHT = "right"
    TO_PEOPLE = "to_people"


@dataclass(frozen=True, slots=True)
class Row:
    graded: Graded
    rivals: tuple[Rival, ...]

    @property
    def outcome(self) -> Outcome:
        if self.graded.is_answered:
            return Outcome.RIGHT if self.graded.is_right else Outcome.WRONG
        if not self.graded.gold:
            return Outcome.TO_PEOPLE
        is_clarify = self.graded.reply is ReplyKind.CLARIFY
        offered = is_clarify and any(rival.is_right for rival in self.rivals[:OFFERED])
        return Outcome.OFFERED if offered else Outcome.MISSED


class GoldenRuns:
    def __init__(self, tools: "RunTools") -> None:
        self._tools = tools

    def run(self, set_id: int, staff: str, progress: Progress | None = None) -> GoldenRun:
        """Ask the present knowledge base every question; raises InvalidGolden without any."""
        tools = self._tools
        questions = tools.sets.list_questions(tools.sets.get_set(set_id).id)
        if not questions:
            raise InvalidGolden("questions", "the set has no questions yet")
        lang = tools.firm.get().default_lang
        past = [PastQuestion(question.text, lang, CHANNEL) for question in questions]
        replayed = tools.replay.replay(past, progress=progress)
        shelf = tools.knowledge.shelf()
        places = tools.directory.look_up(key for q in questions for key in q.gold)
        rows = [
            _row(question, found, _rightful(question.gold, places, shelf))
            for question, found in zip(questions, replayed, strict=True)
        ]
        figures = Figures.of(
            [_scored(row, found) for row, found in zip(rows, replayed, strict=True)]
        )
        values = {
            "set_id": set_id,
            "fingerprint": shelf.fingerprint,
            "measures": {**asdict(figures), "thresholds": self._thresholds()},
            "rows": [_entry(row) for row in rows],
            "staff": staff,
            "created_at": tools.clock(),
        }
        with tools.database.write() as connection:
            if not golden_store.lock_set(connection, set_id):  # deleted meanwhile
                raise UnknownGoldenSet(str(set_id))
            kept = store.insert(connection, values)
            store.delete_older(connection, set_id, MOST_RUNS)
        return _run(kept)

    def list_runs(self, set_id: int) -> tuple[GoldenRun, ...]:
        """Newest first."""
        with self._tools.database.read() as connection:
            return tuple(_run(row) for row in store.list_runs(connection, set_id))

    def last_runs(self) -> Mapping[int, GoldenRun]:
        """The newest of every set that was ever run."""
        with self._tools.database.read() as connection:
            return {row["set_id"]: _run(row) for row in store.list_last(connection)}

    def get_run(self, run_id: int) -> GoldenRun:
        with self._tools.database.read() as connection:
            row = store.find(connection, run_id)
        if row is None:
            raise UnknownGoldenRun(run_id)
        return _run(row)

    def find_before(self, run: GoldenRun) -> GoldenRun | None:
        """The run of the same set just before it."""
        with self._tools.database.read() as connection:
            row = store.find_before(connection, run.set_id, run.id)
        return _run(row) if row is not None else None

    def list_rows(self, run: GoldenRun) -> tuple[Row, ...]:
        with self._tools.database.read() as connection:
            return tuple(_read_row(entry) for entry in store.get_rows(connection, run.id))

    def compare(self, before: GoldenRun, now: GoldenRun) -> Comparison:
        """Articles renamed since count as the same."""
        earlier = [row.graded for row in self.list_rows(before)]
        later = [row.graded for row in self.list_rows(now)]
        known = {row.article for row in later}
        named = {row.article for row in earlier if row.article and row.article not in known}
        places = self._tools.directory.look_up(ArticleKey.parse(name) for name in named)
        names = {str(key): str(place.now or key) for key, place in places.items()}
        renamed = [
            replace(row, article=names.get(row.article or "", row.article)) for row in earlier
        ]
        return compare(renamed, later)

    def _thresholds(self) -> dict[str, float]:
        value = self._tools.thresholds.value
        return {lang: value(CHANNEL, lang).value for lang in self._tools.firm.get().languages}


@dataclass(frozen=True, slots=True)
class RunTools:
    """What a run is made with."""

    database: Database
    sets: GoldenSets
    replay: Replay
    knowledge: Knowledge
    directory: Directory
    thresholds: Thresholds
    firm: FirmService
    clock: Clock


def is_worse(before: Figures, now: Figures) -> bool:
    """More than a question or two: fewer customers helped, or more wrong answers."""
    least = max(WORSE_QUESTIONS, WORSE_SHARE * now.questions)
    fewer_helped = before.helped_questions - now.helped_questions
    return max(fewer_helped, now.wrong_answers - before.wrong_answers) >= least


def _rightful(
    gold: Iterable[ArticleKey], places: Mapping[ArticleKey, Whereabouts], shelf: Shelf
) -> frozenset[ArticleKey]:
    """The live articles that answer it, linked translations among them."""
    live = {place.now for key in gold if (place := places[key]).now is not None}
    translated = (shelf.translations.get(key, {}).values() for key in live)
    return frozenset(live).union(*translated)


def _row(question: GoldenQuestion, found: Replayed, rightful: frozenset[ArticleKey]) -> Row:
    graded = Graded(
        text=question.text,
        gold=tuple(map(str, question.gold)),
        reply=found.reply_kind,
        article=str(found.article) if found.article else None,
        confidence=found.confidence,
        is_right=found.article in rightful,
    )
    articles = [c for c in found.candidates if c.kind is HitKind.ARTICLE][:MOST_CANDIDATES]
    return Row(graded, tuple(_rival(candidate, rightful) for candidate in articles))


def _rival(candidate: Candidate, rightful: frozenset[ArticleKey]) -> Rival:
    return Rival(str(candidate.key), candidate.confidence, candidate.key in rightful)


def _scored(row: Row, found: Replayed) -> Scored:
    offered = any(rival.is_right for rival in row.rivals[:OFFERED])
    return Scored(
        is_answerable=bool(row.graded.gold),
        is_right=row.graded.is_right,
        is_offered=offered or row.graded.is_right,
        reply=found.reply_kind,
        confidence=found.confidence,
    )


def _entry(row: Row) -> dict[str, Any]:
    graded = row.graded
    return {
        "text": graded.text,
        "gold": list(graded.gold),
        "reply": graded.reply.value,
        "article": graded.article,
        "confidence": round(graded.confidence, 6),
        "is_right": graded.is_right,
        "candidates": [[r.key, round(r.confidence, 6), r.is_right] for r in row.rivals],
    }


def _read_row(entry: Mapping[str, Any]) -> Row:
    graded = Graded(
        text=entry["text"],
        gold=tuple(entry["gold"]),
        reply=ReplyKind(entry["reply"]),
        article=entry["article"],
        confidence=entry["confidence"],
        is_right=entry["is_right"],
    )
    return Row(graded, tuple(Rival(*rival) for rival in entry["candidates"]))


def _run(row: sa.RowMapping) -> GoldenRun:
    measures = dict(row["measures"])
    thresholds = MappingProxyType(measures.pop("thresholds"))
    return GoldenRun(
        id=row["id"],
        set_id=row["set_id"],
        figures=Figures(**measures),
        thresholds=thresholds,
        fingerprint=row["fingerprint"],
        staff=row["staff"],
        created_at=row["created_at"],
    )
