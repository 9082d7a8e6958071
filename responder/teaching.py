"""Lessons put to use: read in the background, in force within seconds, never in the way."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from kb.counterexamples import NO_COUNTEREXAMPLES, Counterexample, Counterexamples
from kb.embedders import Embedder, Vectors
from kb.errors import DatabaseUnavailable
from kb.index import IndexSnapshot
from kb.models import PublishedArticle
from kb.passages import Passage, PassageKind
from kb.search import Collection
from kb.teaching import counterexamples_of, doubting, not_refuted
from kb.vectors import VectorStore, embedded
from responder.pleasantries import Pleasantries
from responder.speech import Speech

log = logging.getLogger(__name__)

CHECK_SECONDS = 1.0
Stamp = tuple[object, ...]


class Source(Protocol):
    """Where counterexamples come from; the stamp is another one when there may be others."""

    def stamp(self) -> Stamp: ...

    def counterexamples(
        self, articles: Iterable[PublishedArticle]
    ) -> tuple[Counterexample, ...]: ...


@dataclass(frozen=True, slots=True)
class Learned:
    """Counterexamples of one moment; `made` is for the statistics of that name."""

    stamp: Stamp | None = None
    examples: tuple[Counterexample, ...] = ()
    vectors: Vectors | None = None
    statistics: str = ""
    made: Counterexamples = field(default=NO_COUNTEREXAMPLES)


class Teaching:
    """One per process; any number of threads. Errors leave what was known in place."""

    def __init__(self, source: Source, speech: Callable[[], Speech]) -> None:
        """`speech` is how customers' messages are built at the moment."""
        self._source = source
        self._speech = speech
        self._lock = threading.Lock()
        self._learned: Learned | None = None
        self._next_check = 0.0
        self._taught: tuple[Collection, tuple[Counterexample, ...], Collection] | None = None

    def taught(self, collection: Collection, embedder: Embedder, store: VectorStore) -> Collection:
        """The collection, doubted where it was wrong before; the same one as long as nothing
        changes. Only the very first call learns; later ones leave that to another thread."""
        try:
            return self._in_force(collection, self._present(collection, embedder, store))
        except Exception as error:  # noqa: BLE001 - whatever breaks, answering must go on
            log.warning("lessons_not_used", extra={"problem": type(error).__name__})
            return collection

    def imagined(
        self, collection: Collection, embedder: Embedder, store: VectorStore
    ) -> Collection:
        """The same lessons for a collection that might be."""
        learned = self._learned or Learned()
        examples = not_refuted(collection.snapshot, learned.examples)
        vectors = _embedded(collection.snapshot, examples, embedder, store)
        made = counterexamples_of(collection.snapshot, examples, vectors)
        return replace(collection, snapshot=doubting(collection.snapshot, made))

    def refresh(self, collection: Collection, embedder: Embedder, store: VectorStore) -> None:
        """Learn what is new, now."""
        with self._lock:
            self._try_to_learn(collection, embedder, store)

    def _present(self, collection: Collection, embedder: Embedder, store: VectorStore) -> Learned:
        given = collection, embedder, store
        if self._learned is None:
            with self._lock:
                if self._learned is None:
                    self._try_to_learn(*given)
        elif time.monotonic() >= self._next_check:
            self._next_check = time.monotonic() + CHECK_SECONDS
            if self._is_news(collection):
                name = "lessons"
                threading.Thread(target=self.refresh, args=given, name=name, daemon=True).start()
        return self._learned or Learned()

    def _is_news(self, collection: Collection) -> bool:
        try:
            return self._learned is None or self._learned.stamp != self._stamp(collection)
        except DatabaseUnavailable as error:
            log.warning("lessons_not_read", extra={"problem": str(error)})
            return False

    def _in_force(self, collection: Collection, learned: Learned) -> Collection:
        held = self._taught
        if held is not None and held[0] is collection and held[1] is learned.examples:
            return held[2]
        if learned.examples and learned.statistics != _statistics(collection.snapshot):
            learned = _made(learned, collection.snapshot)
        found = replace(collection, snapshot=doubting(collection.snapshot, learned.made))
        self._taught = collection, learned.examples, found
        return found

    def _try_to_learn(self, collection: Collection, embedder: Embedder, store: VectorStore) -> None:
        self._next_check = time.monotonic() + CHECK_SECONDS
        try:
            self._learn(collection, embedder, store)
        except Exception as error:  # noqa: BLE001 - whatever breaks, answering must go on
            log.warning("lessons_not_learned", extra={"problem": type(error).__name__})
            self._learned = self._learned or Learned()

    def _as_looked_up(self, collection: Collection, embedder: Embedder) -> Iterator[Counterexample]:
        pleasantries, speech = Pleasantries.of(collection.routes), self._speech()
        for example in self._source.counterexamples(collection.articles):
            text = pleasantries.taken_off(example.text, speech)
            yield replace(example, text=collection.snapshot.corrected(text, embedder))

    def _stamp(self, collection: Collection) -> Stamp:
        return (*self._source.stamp(), collection.snapshot.fingerprint)

    def _learn(self, collection: Collection, embedder: Embedder, store: VectorStore) -> None:
        stamp = self._stamp(collection)
        if self._learned is not None and self._learned.stamp == stamp:
            return
        examples = not_refuted(collection.snapshot, self._as_looked_up(collection, embedder))
        vectors = _embedded(collection.snapshot, examples, embedder, store)
        learned = Learned(stamp, examples, vectors)
        before = self._learned
        if before is not None and before.examples == examples:
            learned = replace(before, stamp=stamp, vectors=vectors)
        if learned.statistics != _statistics(collection.snapshot):
            learned = _made(learned, collection.snapshot)
        self._learned = learned


def _made(learned: Learned, snapshot: IndexSnapshot) -> Learned:
    made = NO_COUNTEREXAMPLES
    if learned.vectors is not None:
        made = counterexamples_of(snapshot, learned.examples, learned.vectors)
    return replace(learned, made=made, statistics=_statistics(snapshot))


def _statistics(snapshot: IndexSnapshot) -> str:
    return f"{snapshot.recipe.name} {snapshot.statistics.fingerprint}"


def _embedded(
    snapshot: IndexSnapshot,
    examples: Sequence[Counterexample],
    embedder: Embedder,
    store: VectorStore,
) -> Vectors:
    asked = [Passage(PassageKind.QUESTION, example.text) for example in examples]
    return embedded(asked, snapshot.recipe, embedder, store)
