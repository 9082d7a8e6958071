"""Greetings and thanks around what a customer wants; the firm's routes say what they are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Self

from rapidfuzz import process
from rapidfuzz.distance import Indel

from kb.models import Route, RouteAction
from responder.minimum import spelt_out
from responder.models import Candidate
from responder.speech import (
    EDGES,
    MOST_TEXTS,
    MOST_WORDS,
    Phrase,
    Speech,
    beginning,
    spoken,
    spoken_words,
)

Phrases = frozenset[Phrase]
ACTIONS = frozenset({RouteAction.GREETING, RouteAction.THANKS})
# how much two spellings of one word have in common: letters in order, of all letters
SAME_WORD = 0.79
MOST_REMEMBERED = 8


@dataclass(frozen=True)
class Pleasantries:
    """The texts of the routes that greet and thank, in words."""

    greetings: Phrases = frozenset()
    thanks: Phrases = frozenset()

    @classmethod
    def of(cls, routes: Iterable[Route]) -> Self:
        texts: dict[RouteAction, list[str]] = defaultdict(list)
        for route in routes:
            texts[route.action] += route.questions
        greetings, thanks = (
            frozenset(filter(None, map(spoken, texts[action])))
            for action in (RouteAction.GREETING, RouteAction.THANKS)
        )
        return cls(greetings, thanks)

    def taken_off(self, text: str, speech: Speech) -> str:
        """ "selamat pagi, ongkir brp kak" → "ongkir brp"; all of it where nothing else is said.
        "min" is spelt out where it means minimum."""
        rest, is_more = _heard(self, text, speech)
        return rest if is_more else text

    def passed_over(
        self, ranked: tuple[Candidate, ...], text: str, speech: Speech
    ) -> tuple[Candidate, ...]:
        """Without the routes that greet and thank where the text says more: "Hello!" is no reply
        to what else was said."""
        if not ranked or ranked[0].action not in ACTIONS or not _heard(self, text, speech)[1]:
            return ranked
        return tuple(candidate for candidate in ranked if candidate.action not in ACTIONS)

    def rest(self, text: str, speech: Speech) -> str:
        """Without the greetings and thanks around it, whatever is left."""
        listed = _unmistakable(self._all, speech)
        return _without_beginning(spelt_out(_without_end(text, listed), speech), listed)

    def is_more(self, rest: str, text: str, speech: Speech) -> bool:
        """Whether something is amiss, asked or wanted, or a word tells what no greeting (if the
        text greets) or thanks (if it thanks) has, not even misspelt."""
        said = spoken(rest)
        telling = speech.telling(said)
        if not telling or speech.names_trouble(said):
            return speech.names_trouble(said)
        known = self._words_for(spoken(text))
        return (
            speech.asks(said)
            or speech.requests(said)
            or not all(_is_among(word, known) for word in telling)
        )

    @cached_property
    def _all(self) -> Phrases:
        return self.greetings | self.thanks

    def _words_for(self, said: Phrase) -> frozenset[str]:
        both = (self.greetings, self.thanks)
        uttered = tuple(phrases for phrases in both if _stand_in(said, phrases))
        return _words(uttered or both)


NO_PLEASANTRIES = Pleasantries()


@lru_cache(MOST_TEXTS)
def _heard(pleasantries: Pleasantries, text: str, speech: Speech) -> tuple[str, bool]:
    """What is left of a masked text, and whether that is more than a greeting or thanks."""
    rest = pleasantries.rest(text, speech)
    return rest, pleasantries.is_more(rest, text, speech)


def _without_beginning(text: str, listed: Phrases) -> str:
    tokens = spoken_words(text)
    said = tuple(word for _, word in tokens)
    first = _length(said, listed)
    if not first:
        return text
    return text[tokens[first][0] :].strip(EDGES) if first < len(tokens) else ""


def _without_end(text: str, listed: Phrases) -> str:
    tokens = spoken_words(text)
    said = tuple(word for _, word in tokens)
    taken = _length(said[::-1], _backwards(listed))
    return text[: tokens[len(said) - taken][0]].strip(EDGES) if taken else text


def _length(said: Phrase, listed: Phrases) -> int:
    """How many words all the phrases take with which it begins."""
    length = 0
    while taken := beginning(said, listed, length):
        length += taken
    return length


@lru_cache(MOST_REMEMBERED)
def _unmistakable(phrases: Phrases, speech: Speech) -> Phrases:
    """A word by itself only where it means nothing else: "kak", but not "tes"."""
    return frozenset(phrase for phrase in phrases if len(phrase) > 1 or not speech.telling(phrase))


@lru_cache(MOST_REMEMBERED)
def _backwards(phrases: Phrases) -> Phrases:
    return frozenset(phrase[::-1] for phrase in phrases)


def _stand_in(said: Phrase, phrases: Phrases) -> bool:
    """Whether one of the phrases is said, a single word perhaps misspelt."""
    if any(beginning(said, phrases, place) for place in range(len(said))):
        return True
    single = _single(phrases)
    return any(_is_among(word, single) for word in said)


@lru_cache(MOST_WORDS)
def _is_among(word: str, known: frozenset[str]) -> bool:
    return word in known or bool(
        process.extractOne(word, known, scorer=Indel.normalized_similarity, score_cutoff=SAME_WORD)
    )


@lru_cache(MOST_REMEMBERED)
def _single(phrases: Phrases) -> frozenset[str]:
    return frozenset(phrase[0] for phrase in phrases if len(phrase) == 1)


@lru_cache(MOST_REMEMBERED)
def _words(lists: tuple[Phrases, ...]) -> frozenset[str]:
    return frozenset(word for phrases in lists for phrase in phrases for word in phrase)
