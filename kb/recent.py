"""A question asked again of the same snapshot is not matched again."""

from collections.abc import Callable
from functools import lru_cache

from kb.embedders import Embedder
from kb.index import IndexSnapshot
from kb.matching import match
from kb.models import Hit

MOST_QUESTIONS = 2_000

Hits = tuple[Hit, ...]


class RecentQuestions:
    """The questions asked last, with their hits; any number of threads.

    They belong to one snapshot object: another, however like it, starts with none. Confidence is
    not kept here, so a new calibration is in force at once.
    """

    def __init__(self, embedder: Callable[[], Embedder], most: int = MOST_QUESTIONS) -> None:
        self._embedder = embedder
        self._most = most
        self._held: tuple[IndexSnapshot, Callable[[str], Hits]] | None = None

    def find_hits(self, snapshot: IndexSnapshot, text: str) -> Hits:
        """Of a normalised text, in whatever letters."""
        held = self._held
        if held is None or held[0] is not snapshot:
            held = snapshot, self._remembering(snapshot)
            self._held = held
        return held[1](text.lower())

    def _remembering(self, snapshot: IndexSnapshot) -> Callable[[str], Hits]:
        @lru_cache(maxsize=self._most)
        def find_hits(text: str) -> Hits:
            embedder = self._embedder()
            text = snapshot.corrected(text, embedder)
            vectors = embedder.embed_questions([snapshot.recipe.wording(text)])
            return match(snapshot, [text], vectors)[0]

        return find_hits
