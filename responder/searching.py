"""Knowledge by search: hits with their calibrated confidence, and the shelf they come from."""

from collections.abc import Sequence
from dataclasses import dataclass

from kb.search import Collection, Searcher
from responder.confidence import Calibration, calibrate, candidates
from responder.knowledge import Found, Shelf


@dataclass(frozen=True, slots=True)
class Reading:
    """What follows from one collection, worked out once."""

    collection: Collection
    shelf: Shelf
    calibration: Calibration


class SearchedKnowledge:
    """The Knowledge of a site."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._reading: Reading | None = None

    def find(self, text: str) -> Found:
        reading = self._present()
        hits = self._searcher.search_in(reading.collection, text)
        snapshot = reading.collection.snapshot
        return Found(candidates(hits, snapshot, reading.calibration), reading.shelf)

    def shelf(self) -> Shelf:
        return self._present().shelf

    def find_language(self, text: str, languages: Sequence[str]) -> str | None:
        return self._present().collection.vocabulary.find_language(text, languages)

    def spelt_out(self, text: str) -> str:
        return self._present().collection.snapshot.lexical_text(text)

    def calibration(self) -> Calibration:
        return self._present().calibration

    def _present(self) -> Reading:
        collection = self._searcher.collection()
        reading = self._reading
        if reading is None or reading.collection is not collection:
            snapshot = collection.snapshot
            reading = Reading(
                collection,
                Shelf.of(collection.articles, collection.routes, snapshot.fingerprint),
                calibrate(snapshot.statistics),
            )
            self._reading = reading
        return reading
