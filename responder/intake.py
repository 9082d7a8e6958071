"""A customer's message as it comes in: cleaned, measured, never trusted."""

import unicodedata

from responder.errors import MessageTooLong

LONGEST_MESSAGE = 4000
LONGEST_RAW = 4 * LONGEST_MESSAGE
KEPT_CONTROLS = frozenset("\n\t")
DROPPED = frozenset({"Cc", "Cs", "Co", "Cn"})
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u200b")
MOST_BLANK_LINES = 2


def clean(text: str) -> str:
    """Composed characters, plain line ends, no invisible tricks; raises MessageTooLong."""
    if len(text) > LONGEST_RAW:
        raise MessageTooLong(len(text), LONGEST_MESSAGE)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not (text.isascii() and text.isprintable()):
        text = "".join(char for char in text if _is_kept(char))
    lines = [line.rstrip() for line in text.strip().split("\n")]
    text = "\n".join(_without_gaps(lines))
    if len(text) > LONGEST_MESSAGE:
        raise MessageTooLong(len(text), LONGEST_MESSAGE)
    return text


def one_line(text: str, longest: int) -> str:
    """A name or search word without signs that no database takes."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:longest]


def _is_kept(char: str) -> bool:
    if char in KEPT_CONTROLS:
        return True
    return char not in BIDI and unicodedata.category(char) not in DROPPED


def _without_gaps(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if line or any(kept[-MOST_BLANK_LINES:]):
            kept.append(line)
    return kept
