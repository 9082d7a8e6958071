"""Greetings and thanks around what a customer wants; the firm's routes say what they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Self

from kb.models import Route, RouteAction
from responder.minimum import spelt_out
from responder.models import Candidate
from responder.speech import EDGES, Phrase, Speech, beginning, spoken, spoken_words

ACTIONS = frozenset({RouteAction.GREETING, RouteAction.THANKS})
# how much two spellings of one word have in common, as difflib counts it
SAME_WORD = 0.8
MOST_REMEMBERED = 8


@dataclass(frozen=True, slots=True)
class Pleasantries:
    """The texts of the routes that greet and thank, in words."""

    phrases: frozenset[Phrase] = frozenset()

    @classmethod
    def of(cls, routes: Iterable[Route]) -> Self:
        texts = (text for route in routes if route.action in ACTIONS for text in route.questions)
        return cls(frozenset(filter(None, map(spoken, texts))))

    def taken_off(self, text: str, speech: Speech) -> str:
        """ "selamat pagi, ongkir brp kak" → "ongkir brp"; all of it where nothing else is said.
        "min" is spelt out where it means minimum."""
        listed = _unmistakable(self.phrases, speech)
        asked = spelt_out(_without_end(text, listed), speech)
        rest = _without_beginning(asked, listed)
        return rest if speech.telling(spoken(rest)) else text

    def passed_over(
        self, ranked: tuple[Candidate, ...], text: str, speech: Speech
    ) -> tuple[Candidate, ...]:
        """Without the routes that greet and thank where the text says more: "Hello!" is no reply
        to what else was said."""
        if not ranked or ranked[0].action not in ACTIONS or not self._are_not_all(text, speech):
            return ranked
        return tuple(candidate for candidate in ranked if candidate.action not in ACTIONS)

    def _are_not_all(self, text: str, speech: Speech) -> bool:
        """Whether a word tells something that no greeting or thanks has, not even misspelt."""
        known = _words(self.phrases)
        return any(
            word not in known and not get_close_matches(word, known, 1, SAME_WORD)
            for word in speech.telling(spoken(text))
        )


NO_PLEASANTRIES = Pleasantries()


def _without_beginning(text: str, listed: frozenset[Phrase]) -> str:
    tokens = spoken_words(text)
    said = tuple(word for _, word in tokens)
    first = _length(said, listed)
    if not first:
        return text
    return text[tokens[first][0] :].strip(EDGES) if first < len(tokens) else ""


def _without_end(text: str, listed: frozenset[Phrase]) -> str:
    tokens = spoken_words(text)
    said = tuple(word for _, word in tokens)
    taken = _length(said[::-1], _backwards(listed))
    return text[: tokens[len(said) - taken][0]].strip(EDGES) if taken else text


def _length(said: Phrase, listed: frozenset[Phrase]) -> int:
    """How many words all the phrases take with which it begins."""
    length = 0
    while taken := beginning(said[length:], listed):
        length += taken
    return length


@lru_cache(MOST_REMEMBERED)
def _unmistakable(phrases: frozenset[Phrase], speech: Speech) -> frozenset[Phrase]:
    """A word by itself only where it means nothing else: "kak", but not "tes"."""
    return frozenset(phrase for phrase in phrases if len(phrase) > 1 or not speech.telling(phrase))


@lru_cache(MOST_REMEMBERED)
def _backwards(phrases: frozenset[Phrase]) -> frozenset[Phrase]:
    return frozenset(phrase[::-1] for phrase in phrases)


@lru_cache(MOST_REMEMBERED)
def _words(phrases: frozenset[Phrase]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in phrase)
