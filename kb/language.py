"""The language of a text, among those that matter here."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Self

from kb.index import Entry
from kb.models import HitKind
from kb.passages import PassageKind
from kb.text import Lexicon, words

FEWEST_WORDS = 3
# how many times as likely a word is in a language whose articles or slang list have it
KNOWN_WORD_ODDS = 3.0
# a replay asks the same of two knowledge bases
MOST_REMEMBERED = 1_024


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of each language that its articles and slang list use and no other's do."""

    own: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, entries: Iterable[Entry], lexicon: Lexicon) -> Self:
        known: dict[str, set[str]] = {lang: set(forms) for lang, forms in lexicon.items()}
        for entry in entries:
            if entry.kind is HitKind.ARTICLE:
                mine = known.setdefault(entry.key.lang, set())
                for passage in entry.passages:
                    if passage.kind is not PassageKind.SECTION:
                        mine.update(words(passage.text))
        return cls(
            {
                lang: frozenset(
                    mine.difference(*(known[other] for other in known if other != lang))
                )
                for lang, mine in known.items()
            }
        )

    def find_language(self, text: str, languages: Sequence[str]) -> str | None:
        """None when there are too few words to tell."""
        said = words(text)
        if len(said) < FEWEST_WORDS or not languages:
            return None
        chances = _chances(text, tuple(sorted(languages)))
        odds = {
            lang: math.log(max(chances.get(lang, 0.0), 1e-6))
            + math.log(KNOWN_WORD_ODDS)
            * sum(word in self.own.get(lang, frozenset()) for word in said)
            for lang in languages
        }
        return max(languages, key=lambda lang: odds[lang])


@lru_cache(MOST_REMEMBERED)
def _chances(text: str, languages: tuple[str, ...]) -> Mapping[str, float]:
    return {lang: float(chance) for lang, chance in _identifier(languages).rank(text)}


@cache
def _identifier(languages: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier: Any = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = set(identifier.nb_classes)
    identifier.set_languages([lang for lang in languages if lang in known] or None)
    return identifier
