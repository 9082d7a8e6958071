"""How texts become what is matched."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kb.embedders import Embedder
from kb.passages import PASSAGES_VERSION, Passage
from kb.text import Lexicon, abbreviations, merged_slang, spelt_out


@dataclass(frozen=True)
class Recipe:
    """An index of another embedder is of no use; one with other slang answers until the next.

    Words are compared with all slang spelt out. The embedder reads a title or question in lower
    case ("COD", "Cod" and "cod" are one question) with abbreviations spelt out; colloquial words
    it has read often enough, and formal ones in their place make unlike questions alike. Sections
    it reads as they are written.
    """

    embedder: str
    slang: Mapping[str, str]

    @classmethod
    def of(cls, embedder: Embedder, lexicon: Lexicon) -> "Recipe":
        return cls(embedder.recipe, merged_slang(lexicon))

    @cached_property
    def name(self) -> str:
        slang = hashlib.blake2b(json.dumps(sorted(self.slang.items())).encode(), digest_size=8)
        return f"{self.embedder} passages-{PASSAGES_VERSION} slang-{slang.hexdigest()}"

    def lexical_text(self, text: str) -> str:
        """Of a normalised text, as its words are compared."""
        return spelt_out(text, self.slang)

    def wording(self, text: str) -> str:
        """Of a normalised title or question, as the embedder reads it."""
        return spelt_out(text, self._abbreviations)

    def as_embedded(self, passage: Passage) -> Passage:
        """With the text that the embedder reads; its hash names the vector."""
        return Passage(passage.kind, self.wording(passage.text)) if passage.is_wording else passage

    @cached_property
    def _abbreviations(self) -> Mapping[str, str]:
        return abbreviations(self.slang)
