"""Text as the matcher sees it: normalised, in words, slang spelt out."""

import re
import unicodedata
from collections.abc import Mapping

WORD = re.compile(r"\w+")
STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
VOWEL = re.compile(r"[aeiou\d]")
INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs"})

Lexicon = Mapping[str, Mapping[str, str]]


def normalise(text: str) -> str:
    """NFKC, without control, zero-width and bidi characters, with single spaces."""
    text = unicodedata.normalize("NFKC", text)
    if not text.isprintable():
        text = "".join(
            " " if char.isspace() else char
            for char in text
            if char.isspace() or unicodedata.category(char) not in INVISIBLE
        )
    return " ".join(text.split())


def words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def spelling(text: str) -> str:
    """Equal for texts that differ only in case, signs and spaces."""
    return " ".join(words(text))


def has_words(text: str) -> bool:
    """Whether there is anything to match: at least one letter or digit."""
    return WORD.search(normalise(text).replace("_", " ")) is not None


def merged_slang(lexicon: Lexicon) -> dict[str, str]:
    """One map for all languages; a form that two languages spell out differently stays as it is."""
    merged: dict[str, str] = {}
    disputed: set[str] = set()
    for forms in lexicon.values():
        lower = {form.lower(): plain.lower() for form, plain in forms.items()}
        for form in lower:
            plain = spelt_out_whole(form, lower)
            if merged.setdefault(form, plain) != plain:
                disputed.add(form)
    return {form: plain for form, plain in merged.items() if form not in disputed}


def spelt_out_whole(form: str, forms: Mapping[str, str]) -> str:
    """The plain word at the end, where one form stands for another; itself if there is no end."""
    seen, plain = {form}, forms.get(form, form)
    while plain in forms and plain not in seen:
        seen.add(plain)
        plain = forms[plain]
    return form if plain in seen else plain


def abbreviations(slang: Mapping[str, str]) -> dict[str, str]:
    """Those forms that have lost all their vowels ("gmn", "brp", "pls")."""
    return {form: plain for form, plain in slang.items() if not VOWEL.search(form)}


def spelt_out(text: str, slang: Mapping[str, str]) -> str:
    """Lower case, stretched letters cut ("tolooong"), slang forms replaced by plain ones."""

    def plain(match: re.Match[str]) -> str:
        word = match.group()
        if word in slang:
            return slang[word]
        cut = STRETCHED.sub(r"\1", word)
        return slang.get(cut, cut)

    return WORD.sub(plain, text.lower())
