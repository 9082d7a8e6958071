"""What would become of past questions if something were changed? Nothing is, and nothing is kept
but vectors."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import assert_never

from kb.database import Database
from kb.embedders import make_embedder
from kb.errors import UnknownArticle
from kb.imagining import Imagination
from kb.lexicon import pair_of
from kb.models import Article, ArticleKey
from kb.parsing import parse_stored
from kb.text import words
from kb.vectors import Progress
from responder.changes import (
    ArticleEdit,
    Change,
    EmbedderChange,
    ExampleQuestion,
    Slang,
    ThresholdChange,
)
from responder.effects import Asked, Effects, Origin, Side, compare
from responder.errors import InvalidChange
from responder.firm import FirmService
from responder.golden import GoldenQuestion, GoldenSets
from responder.intake import clean
from responder.labels import Label, Labels
from responder.replay import ChooseThreshold, PastQuestion, Replay, Replayed
from responder.searching import Reading, SearchedKnowledge
from responder.store import decisions
from responder.store.rows import understood
from responder.thresholds import Thresholds

CHUNK = 200
GOLDEN_CHANNEL = "web"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which questions are asked: so many of the last ones, and those of the golden sets."""

    last: int = 1000
    golden: bool = True


class Stage(StrEnum):
    """building: texts are embedded for another index. asking: questions are asked."""

    BUILDING = "building"
    ASKING = "asking"


Watch = Callable[[Stage, int, int], None]


@dataclass(frozen=True, slots=True)
class Outlook:
    """`seconds` is how long it took, `building_seconds` the part in which a whole
    index was built."""

    change: Change
    effects: Effects
    seconds: float
    building_seconds: float


@dataclass(frozen=True, slots=True)
class World:
    """What questions are asked of."""

    reading: Reading
    threshold: ChooseThreshold | None = None


@dataclass(frozen=True, slots=True)
class WhatIfTools:
    database: Database
    knowledge: SearchedKnowledge
    imagination: Imagination
    replay: Replay
    labels: Labels
    golden: GoldenSets
    thresholds: Thresholds
    firm: FirmService


def _unwatched(_stage: Stage, _done: int, _total: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One comparison at a time in a process: the others wait."""

    tools: WhatIfTools
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def look(self, change: Change, scope: Scope = Scope(), watch: Watch = _unwatched) -> Outlook:
        """`watch` may raise to stop it. Raises what saving such a change would raise."""
        with self._lock:
            began = time.monotonic()
            progress = _told(watch, Stage.BUILDING)
            present = World(self._present(change, progress))
            imagined = self._imagine(change, present.reading, progress)
            built = time.monotonic()
            asked = self._list_asked(scope)
            effects = self._compare(asked, present, imagined, watch)
            done = time.monotonic()
        is_rebuilt = isinstance(change, Slang | EmbedderChange)
        return Outlook(change, effects, done - began, built - began if is_rebuilt else 0.0)

    def has_questions(self) -> bool:
        """Whether there is anything to look at: no customer asked yet, no golden question."""
        with self.tools.database.read() as connection:
            is_asked = bool(decisions.list_asked(connection, 1))
        return is_asked or any(found.questions for found in self.tools.golden.list_sets())

    def _present(self, change: Change, progress: Progress) -> Reading:
        """What is in force; where slang changes, what will be with the lists as they are."""
        knowledge, imagination = self.tools.knowledge, self.tools.imagination
        reading = knowledge.present()
        if not (isinstance(change, Slang) and imagination.has_new_slang()):
            return reading
        listed = imagination.with_slang(reading.collection, change.lang, {}, progress=progress)
        return knowledge.read(listed, reading.embedder)

    def _imagine(self, change: Change, present: Reading, progress: Progress) -> World:
        imagination, collection = self.tools.imagination, present.collection
        embedder = present.embedder
        match change:
            case ThresholdChange(channel, lang, value):
                rules = self.tools.thresholds.imagined(channel, lang, value)
                return World(present, lambda q: rules.value(q.channel, q.lang, q.public).value)
            case ArticleEdit(key, str(source)):
                made = imagination.with_article(collection, parse_stored(source, key))
            case ArticleEdit(key):
                made = imagination.without_article(collection, _live(present, key).key)
            case ExampleQuestion(key, text):
                article = _taught(_live(present, key), clean(text))
                made = imagination.with_article(collection, article)
            case Slang(lang, forms, gone):
                plain = _plain(forms, gone)
                made = imagination.with_slang(collection, lang, plain, gone=gone, progress=progress)
            case EmbedderChange(name, model):
                embedder = make_embedder(name, model)
                made = imagination.with_embedder(collection, embedder, progress)
            case _:
                assert_never(change)
        return World(self.tools.knowledge.read(made, embedder))

    def _compare(
        self, asked: Sequence[Asked], present: World, imagined: World, watch: Watch
    ) -> Effects:
        """The other world is looked up, mostly outside of Python, while this one is decided."""
        before: list[Replayed] = []
        after: list[Replayed] = []
        replay, look_up = self.tools.replay, self.tools.replay.look_up
        is_other = imagined.reading is not present.reading
        with ThreadPoolExecutor(1) as meanwhile:
            for start in range(0, len(asked), CHUNK):
                questions = [one.question for one in asked[start : start + CHUNK]]
                searches = replay.list_searches(questions)
                known = look_up(searches, present.reading)
                looked = meanwhile.submit(look_up, searches, imagined.reading) if is_other else None
                before += replay.decide(questions, known)
                other = looked.result() if looked else known
                after += replay.decide(questions, other, imagined.threshold)
                watch(Stage.ASKING, min(start + CHUNK, len(asked)), len(asked))
        return compare(
            asked,
            Side(before, present.reading.shelf),
            Side(after, imagined.reading.shelf),
        )

    def _list_asked(self, scope: Scope) -> tuple[Asked, ...]:
        stored = self._list_stored(scope.last) if scope.last else ()
        return (*stored, *(self._list_golden() if scope.golden else ()))

    def _list_stored(self, last: int) -> tuple[Asked, ...]:
        """The same words on the same channel are one question."""
        with self.tools.database.read() as connection:
            rows = decisions.list_asked(connection, last)
        labels = {label.decision_id: label for label in self.tools.labels.list_labels()}
        found: dict[tuple[object, ...], Asked] = {}
        for row in rows:
            question = PastQuestion(
                understood(row), row["lang"], row["channel"], row["public"], row["public_id"]
            )
            place = (tuple(words(question.text)), question.lang, question.channel, question.public)
            label = labels.get(row["public_id"])
            found[place] = _once_more(found.get(place) or Asked(question, times=0), label)
        return tuple(found.values())

    def _list_golden(self) -> tuple[Asked, ...]:
        questions = self.tools.golden.list_questions()
        places = self.tools.golden.whereabouts(questions)
        now = {named: place.now or named for named, place in places.items()}
        lang = self.tools.firm.get().default_lang
        return tuple(_golden(question, lang, now) for question in questions)


def _told(watch: Watch, stage: Stage) -> Progress:
    return lambda done, total: watch(stage, done, total)


def _live(present: Reading, key: ArticleKey) -> Article:
    published = present.shelf.articles.get(key)
    if published is None:
        raise UnknownArticle(key)
    return published.article


def _taught(article: Article, text: str) -> Article:
    if not words(text):
        raise InvalidChange("text", "write the example question")
    return replace(article, questions=(*article.questions, text))


def _plain(forms: Mapping[str, str], gone: frozenset[str]) -> Mapping[str, str]:
    """As a lexicon file would have it."""
    if not (forms or gone):
        raise InvalidChange(
            "forms", "give a word as customers write it, and the word it stands for"
        )
    pairs = [pair_of(form, plain) for form, plain in forms.items()]
    return {pair.form: pair.plain for pair in pairs}


def _once_more(asked: Asked, label: Label | None) -> Asked:
    labels = (*asked.labels, label) if label else asked.labels
    return replace(asked, times=asked.times + 1, labels=labels)


def _golden(question: GoldenQuestion, lang: str, now: Mapping[ArticleKey, ArticleKey]) -> Asked:
    return Asked(
        PastQuestion(question.text, lang, GOLDEN_CHANNEL),
        Origin.GOLDEN,
        golden=question,
        gold=frozenset(now.get(key, key) for key in question.gold),
    )
