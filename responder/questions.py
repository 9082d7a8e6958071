"""The questions of one message: most have one, some have two or three."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

from responder.speech import (
    EDGES,
    MOST_LISTS,
    MOST_TEXTS,
    Phrase,
    Speech,
    beginning,
    spoken,
    spoken_words,
)

SENTENCE_END = re.compile(r"(?:[?!…;]+|\.(?=\s|$)|\n)\s*")
COMMA = re.compile(r",(?!\d)\s*")
NUMBERED = re.compile(r"(?:^|\n)\s*(\d{1,2}[.)])\s")
# with fewer telling words a question may lean on the one before
TELLING = 2


class Seam(IntEnum):
    """What stands before a piece, the weakest first."""

    LINK = 1
    SENTENCE = 2
    JOIN = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """One of several questions; a slight one may only be more words about the one before."""

    text: str
    is_slight: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row; `asks` and `troubles` only where it also says what about."""

    text: str
    seam: Seam
    # a sentence or comma ended before it
    is_apart: bool
    tells: int
    asks: bool
    troubles: bool

    @property
    def may_begin(self) -> bool:
        """Whether it is enough for a question of its own, if one stands before it."""
        is_led = self.seam is Seam.JOIN and self.is_apart
        return self.asks or (is_led and (self.troubles or self.tells >= TELLING))


@lru_cache(MOST_TEXTS)
def questions_in(text: str, speech: Speech) -> tuple[Asked, ...]:
    """The message in order, cut where another question begins; empty if it is one question.

    A sentence that only tells what happened stays with the question beside it.
    """
    found: list[list[Piece]] = [[]]
    announced = [False]
    asked, troubled = False, False
    for piece in _pieces(text, speech):
        if piece.may_begin and (asked or (troubled and piece.seam is Seam.JOIN)):
            found.append([])
            announced.append(asked and piece.seam is Seam.JOIN)
            asked, troubled = False, False
        found[-1].append(piece)
        asked = asked or piece.asks or ("?" in piece.text and any(p.tells for p in found[-1]))
        troubled = troubled or piece.troubles
    if len(found) == 1:
        return ()
    whole = zip(found, announced, strict=True)
    return tuple(_asked(pieces, speech, is_announced=led) for pieces, led in whole)


def _asked(pieces: list[Piece], speech: Speech, *, is_announced: bool) -> Asked:
    """After a question and a word that leads on, whatever comes is another matter."""
    text = without_joiner("".join(piece.text for piece in pieces), speech)
    is_led = pieces[0].seam is Seam.JOIN
    says_enough = is_led or sum(piece.tells for piece in pieces) >= TELLING
    wants_something = any(piece.asks or piece.troubles or "?" in piece.text for piece in pieces)
    return Asked(text, is_slight=not (is_announced or (says_enough and wants_something)))


def without_joiner(text: str, speech: Speech) -> str:
    """ "trus cara retur gimana" without the "trus"."""
    tokens = spoken_words(text)
    listed = speech.joining_phrases | speech.linking_phrases
    said = tuple(word for _, word in tokens)
    led = 0
    while led < len(said) and (taken := _led(said[led:], listed)):
        led += taken
    start = tokens[led][0] if led < len(tokens) else 0
    return text[start:].strip(EDGES)


def _led(said: Phrase, listed: frozenset[Phrase]) -> int:
    return beginning(said, listed) or int(said[0].isdigit())


def _pieces(text: str, speech: Speech) -> list[Piece]:
    tokens = spoken_words(text)
    sentences = {0, *(match.end() for match in SENTENCE_END.finditer(text))}
    commas = {match.end() for match in COMMA.finditer(text)}
    links = _beginnings(tokens, speech.linking_phrases)
    joins = _beginnings(tokens, speech.joining_phrases) | (links & sentences)
    joins |= {match.start(1) for match in NUMBERED.finditer(text)}
    places = sorted((sentences | commas | links | joins) - {len(text)})
    found: list[Piece] = []
    led = ""
    for place, end in pairwise([*places, len(text)]):
        seam = Seam.SENTENCE if place in sentences else Seam.LINK
        seam = Seam.JOIN if place in joins else seam
        is_apart = place in sentences or place in commas
        if led:
            seam, is_apart = Seam.JOIN, found.pop().is_apart
        piece = _piece(text[place:end], seam, is_apart, speech)
        found.append(replace(piece, text=led + piece.text))
        led = found[-1].text if seam is Seam.JOIN and not piece.tells else ""
    return found


def _piece(text: str, seam: Seam, is_apart: bool, speech: Speech) -> Piece:
    said = spoken(text)
    tells = len(speech.telling(said))
    is_marked = "?" in text and is_apart and seam is not Seam.LINK
    return Piece(
        text=text,
        seam=seam,
        is_apart=is_apart,
        tells=tells,
        asks=tells > 0 and (is_marked or speech.asks(said)),
        troubles=tells > 0 and speech.names_trouble(said),
    )


def _beginnings(tokens: Sequence[tuple[int, str]], listed: frozenset[Phrase]) -> set[int]:
    """Where one of the phrases begins."""
    lengths = _lengths(listed)
    said = tuple(word for _, word in tokens)
    return {
        start
        for number, (start, word) in enumerate(tokens)
        if word in lengths
        and any(said[number : number + length] in listed for length in lengths[word])
    }


@lru_cache(MOST_LISTS)
def _lengths(listed: frozenset[Phrase]) -> Mapping[str, frozenset[int]]:
    """How long the phrases are that begin with each word."""
    found: dict[str, set[int]] = {}
    for phrase in listed:
        found.setdefault(phrase[0], set()).add(len(phrase))
    return {word: frozenset(lengths) for word, lengths in found.items()}
