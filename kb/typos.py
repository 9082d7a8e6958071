"""Misspelt words of a question, set right by the words that the knowledge base uses."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kb.text import STRETCHED, WORD

MOST_WORDS = 10_000
LEAST_LETTERS = 5
# beyond those of the word that is meant
MORE_PIECES = 2

CountPieces = Callable[[str], int]


@dataclass(frozen=True)
class Typos:
    """`said`: the words that are used, with how many passages have each; `slang` is spelt out
    elsewhere.

    A misspelt word has a letter more, less or other than a word that is used, or two swapped, but
    the first; and the embedder must put it together from at least two pieces more. A model keeps
    words whole that it has read often: "berisik" is not set right to "berisi".
    """

    said: Mapping[str, int]
    slang: Container[str]

    def corrected(self, text: str, count_pieces: CountPieces) -> str:
        """The text, unchanged but for misspelt words."""
        return WORD.sub(lambda match: self._read(match.group(), count_pieces), text)

    @cached_property
    def _read(self) -> Callable[[str, CountPieces], str]:
        return lru_cache(MOST_WORDS)(self._word)

    def _word(self, written: str, count_pieces: CountPieces) -> str:
        word = STRETCHED.sub(r"\1", written.lower())
        is_known = any(form in self.said or form in self.slang for form in (word, written.lower()))
        if is_known or len(word) < LEAST_LETTERS or not word.isalpha():
            return written
        alike = [
            known
            for known, _, _ in process.extract(
                word,
                self._by_letter.get(word[0], ()),
                scorer=OSA.distance,
                score_cutoff=1,
                limit=None,
            )
        ]
        if not alike:
            return written
        most = count_pieces(word) - MORE_PIECES
        meant = [known for known in alike if count_pieces(known) <= most]
        return max(meant, key=lambda known: (self.said[known], known), default=written)

    @cached_property
    def _by_letter(self) -> Mapping[str, tuple[str, ...]]:
        """Words of letters alone that may be meant, by their first."""
        words = sorted(w for w in self.said if len(w) >= LEAST_LETTERS - 1 and w.isalpha())
        return {letter: tuple(found) for letter, found in groupby(words, key=lambda w: w[0])}
