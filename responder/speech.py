"""Words that show how a message is built, of all languages together: customers mix them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kb.text import STRETCHED

Phrase = tuple[str, ...]
SPOKEN = re.compile(r"\w+(?:['’`´]\w+)*")
# a wording is read anew every second, with the same lists
MOST_LISTS = 64
MOST_WORDS = 10_000
# masked texts of which is remembered what was understood
MOST_TEXTS = 2_000
# what may stand around a piece of a message
EDGES = " \t\n,;&-"
APOSTROPHES = str.maketrans("", "", "'’`´")


@dataclass(frozen=True)
class Speech:
    """Each list as the firm keeps it: words or phrases separated by commas."""

    joining: str
    linking: str
    asking: str
    asking_first: str
    trouble: str
    empty: str
    follow_up: str
    pointing: str
    requesting: str
    minimum: str
    how_much: str

    @classmethod
    def of(cls, list_of: Callable[[str], str]) -> "Speech":
        """`list_of` gives the words under a key of the wording, those of all languages joined."""
        return cls(
            joining=list_of("joining_words"),
            linking=list_of("linking_words"),
            asking=list_of("asking_words"),
            asking_first=list_of("asking_first_words"),
            trouble=list_of("trouble_words"),
            empty=list_of("empty_words"),
            follow_up=list_of("follow_up_words"),
            pointing=list_of("pointing_words"),
            requesting=list_of("requesting_words"),
            minimum=list_of("minimum_words"),
            how_much=list_of("how_much_words"),
        )

    @cached_property
    def joining_phrases(self) -> frozenset[Phrase]:
        return phrases(self.joining)

    @cached_property
    def linking_phrases(self) -> frozenset[Phrase]:
        return phrases(self.linking)

    @cached_property
    def follow_up_phrases(self) -> frozenset[Phrase]:
        return phrases(self.follow_up)

    @cached_property
    def _asking(self) -> frozenset[str]:
        return single(self.asking)

    @cached_property
    def _asking_first(self) -> frozenset[str]:
        return single(self.asking_first)

    @cached_property
    def _trouble(self) -> frozenset[str]:
        return single(self.trouble)

    @cached_property
    def _empty(self) -> frozenset[str]:
        return single(self.empty)

    @cached_property
    def _pointing(self) -> frozenset[str]:
        return single(self.pointing)

    @cached_property
    def _requesting(self) -> frozenset[str]:
        return single(self.requesting)

    @cached_property
    def _minimum(self) -> frozenset[Phrase]:
        return phrases(self.minimum)

    @cached_property
    def _how_much(self) -> frozenset[Phrase]:
        return phrases(self.how_much)

    def asks_minimum(self, said: Phrase) -> bool:
        """Whether it begins with "min order" for "minimum", as by "min order berapa": what follows
        asks how much, or nothing follows."""
        length = beginning(said, self._minimum)
        after = said[length:]
        return bool(length) and (not after or bool(beginning(after, self._how_much)))

    def telling(self, said: Iterable[str]) -> tuple[str, ...]:
        """The words that mean something by themselves."""
        return tuple(word for word in said if word not in self._empty and not word.isdigit())

    def asks(self, said: Phrase) -> bool:
        """Whether a question is put, by its words: "bisa" asks, "ga bisa" states."""
        for place, word in enumerate(said):
            if word in self._asking and not self._is_denied(said, place):
                return True
        opening = next((w for w in said if w in self._asking_first or w not in self._empty), "")
        return opening in self._asking_first

    def names_trouble(self, said: Phrase) -> bool:
        return any(word in self._trouble for word in said)

    def requests(self, said: Phrase) -> bool:
        return any(word in self._requesting for word in said)

    def points_back(self, said: Phrase) -> bool:
        return any(word in self._pointing for word in said)

    def _is_denied(self, said: Phrase, place: int) -> bool:
        """A "no" asks only at the end ("bisa cod ga"); what stands after a "no" does not ask."""
        if said[place] in self._trouble:
            return place + 1 < len(said) and bool(self.telling(said[place + 1 :]))
        return place > 0 and said[place - 1] in self._trouble


def spoken(text: str) -> Phrase:
    """The words of a text: "hasn't" is one, and "trusss" is "trus"."""
    return tuple(word for _, word in spoken_words(text))


def spoken_words(text: str) -> list[tuple[int, str]]:
    """Each word with where it begins."""
    return [(match.start(), _plain(match.group())) for match in SPOKEN.finditer(text)]


@lru_cache(MOST_WORDS)
def _plain(word: str) -> str:
    return STRETCHED.sub(r"\1", word.lower().translate(APOSTROPHES))


@lru_cache(MOST_LISTS)
def phrases(listed: str) -> frozenset[Phrase]:
    return frozenset(found for part in listed.split(",") if (found := spoken(part)))


@lru_cache(MOST_LISTS)
def single(listed: str) -> frozenset[str]:
    return frozenset(word for phrase in phrases(listed) if len(phrase) == 1 for word in phrase)


def beginning(said: Phrase, listed: frozenset[Phrase], place: int = 0) -> int:
    """How many words the longest of the phrases takes from that place on; 0 if none does."""
    longest = min(_longest(listed), len(said) - place)
    return next((n for n in range(longest, 0, -1) if said[place : place + n] in listed), 0)


@lru_cache(MOST_LISTS)
def _longest(listed: frozenset[Phrase]) -> int:
    return max(map(len, listed), default=0)
