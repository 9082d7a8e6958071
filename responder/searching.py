"""Knowledge by search: hits with their calibrated confidence, and the shelf they come from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from kb.batch import match_all
from kb.embedders import Embedder
from kb.index import IndexSnapshot, digest
from kb.models import Hit
from kb.search import Collection, Searcher
from kb.text import normalise
from kb.vectors import Progress, VectorStore
from responder.cache import Cached
from responder.confidence import Calibration, calibrate, candidates
from responder.knowledge import Found, Shelf

FindCalibration = Callable[[], Calibration | None]
MOST_REMEMBERED = 2_000


class Teacher(Protocol):
    """Adds to a collection what it was found to be wrong about; gives the same object again as
    long as nothing changes, and never fails."""

    def taught(
        self, collection: Collection, embedder: Embedder, store: VectorStore
    ) -> Collection: ...

    def imagined(
        self, collection: Collection, embedder: Embedder, store: VectorStore
    ) -> Collection: ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What follows from one collection, worked out once.

    `label_free` is fitted to the knowledge base alone; `calibration`, the one in force, is the
    stored one when that was fitted to the same statistics.
    """

    collection: Collection
    shelf: Shelf
    calibration: Calibration
    label_free: Calibration
    embedder: Embedder

    @classmethod
    def of(
        cls, collection: Collection, embedder: Embedder, stored: Calibration | None = None
    ) -> "Reading":
        statistics = collection.snapshot.statistics
        label_free = calibrate(statistics)
        fits = stored is not None and stored.fingerprint == statistics.fingerprint
        calibration = stored if stored is not None and fits else label_free
        fingerprint = _fingerprint(collection.snapshot, calibration)
        shelf = Shelf.of(collection.articles, collection.routes, fingerprint)
        return cls(collection, shelf, calibration, label_free, embedder)

    def found(self, hits: Sequence[Hit]) -> Found:
        return Found(candidates(hits, self.collection.snapshot, self.calibration), self.shelf)

    def find_language(self, text: str, languages: Sequence[str]) -> str | None:
        return self.collection.vocabulary.find_language(text, languages)

    def corrected(self, text: str) -> str:
        return self.collection.snapshot.corrected(normalise(text), self.embedder)

    def spelt_out(self, text: str) -> str:
        return self.collection.snapshot.lexical_text(text)


def _fingerprint(snapshot: IndexSnapshot, calibration: Calibration) -> str:
    """Of the content, and of what labels and lessons make of it."""
    taught = snapshot.counterexamples.examples
    if not taught and not calibration.corrected:
        return snapshot.fingerprint
    lessons = (f"{e.text} {e.group} {e.weight} {sorted(e.exempt)}" for e in taught)
    return f"{snapshot.fingerprint}.{digest((*map(str, calibration.corrected), *lessons))}"


class Remembered:
    """A reading with what it said of the texts asked last; another reading starts with none."""

    def __init__(self, reading: Reading, searcher: Searcher) -> None:
        @lru_cache(MOST_REMEMBERED)
        def find(text: str) -> Found:
            return reading.found(searcher.search_in(reading.collection, text))

        self.reading = reading
        self.find = find
        self.find_language = lru_cache(MOST_REMEMBERED)(reading.find_language)
        self.corrected = lru_cache(MOST_REMEMBERED)(reading.corrected)


class SearchedKnowledge:
    """The Knowledge of a site. `find_calibration` gives the newest stored calibration; a new one
    is in force within a second, in every process."""

    def __init__(
        self,
        searcher: Searcher,
        find_calibration: FindCalibration = lambda: None,
        teacher: Teacher | None = None,
    ) -> None:
        self._searcher = searcher
        self._teacher = teacher
        self._stored = Cached(find_calibration)
        self._held: tuple[Calibration | None, Remembered] | None = None

    def find(self, text: str) -> Found:
        return self._remembered().find(text)

    def shelf(self) -> Shelf:
        return self.present().shelf

    def find_language(self, text: str, languages: Sequence[str]) -> str | None:
        return self._remembered().find_language(text, tuple(languages))

    def corrected(self, text: str) -> str:
        return self._remembered().corrected(text)

    def spelt_out(self, text: str) -> str:
        return self.present().spelt_out(text)

    def calibration(self) -> Calibration:
        """The one in force."""
        return self.present().calibration

    def label_free(self) -> Calibration:
        return self.present().label_free

    def forget_calibration(self) -> None:
        """What other processes see within a second is seen here at once."""
        self._stored.forget()

    def looked_up(
        self,
        texts: Iterable[str],
        reading: Reading | None = None,
        progress: Progress | None = None,
    ) -> "LookedUp":
        """These texts searched for together, in the present knowledge base or another reading."""
        reading = reading or self.present()
        return LookedUp(reading, self._searcher.store, texts, progress)

    def present(self) -> Reading:
        return self._remembered().reading

    def read(self, collection: Collection, embedder: Embedder) -> Reading:
        """As it would be answered from if the searcher held it."""
        if self._teacher is not None:
            collection = self._teacher.imagined(collection, embedder, self._searcher.store)
        return Reading.of(collection, embedder, self._stored.get())

    def _taught(self) -> Collection:
        collection, searcher = self._searcher.collection(), self._searcher
        if self._teacher is None:
            return collection
        return self._teacher.taught(collection, searcher.embedder(), searcher.store)

    def _remembered(self) -> Remembered:
        collection, stored = self._taught(), self._stored.get()
        held = self._held
        if held is not None and held[0] == stored and held[1].reading.collection is collection:
            return held[1]
        reading = Reading.of(collection, self._searcher.embedder(), stored)
        remembered = Remembered(reading, self._searcher)
        self._held = stored, remembered
        return remembered


class LookedUp:
    """The Knowledge of one reading, with the answers to many questions at hand."""

    def __init__(
        self,
        reading: Reading,
        store: VectorStore,
        texts: Iterable[str],
        progress: Progress | None = None,
    ) -> None:
        self._reading = reading
        self._store = store
        self._hits: dict[str, tuple[Hit, ...]] = {}
        self._found: dict[str, Found] = {}
        self._find_language = lru_cache(None)(reading.find_language)
        self._search([normalise(text) for text in texts], progress)

    def find(self, text: str) -> Found:
        text = normalise(text)
        if text not in self._hits:
            self._search([text])
        if text not in self._found:
            self._found[text] = self._reading.found(self._hits[text])
        return self._found[text]

    def shelf(self) -> Shelf:
        return self._reading.shelf

    def find_language(self, text: str, languages: Sequence[str]) -> str | None:
        return self._find_language(text, tuple(languages))

    def corrected(self, text: str) -> str:
        return self._reading.corrected(text)

    def spelt_out(self, text: str) -> str:
        return self._reading.spelt_out(text)

    def _search(self, texts: Sequence[str], progress: Progress | None = None) -> None:
        snapshot, embedder = self._reading.collection.snapshot, self._reading.embedder
        found = match_all(snapshot, texts, embedder, self._store, progress)
        self._hits.update(zip(texts, found, strict=True))
