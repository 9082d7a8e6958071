"""Which of a customer's messages can become an example question."""

from kb.text import words
from responder.privacy import mask

FEWEST_LETTERS = 3
MOST_WORDS = 40
LONGEST = 200


def is_teachable(question: str) -> bool:
    """Neither too short nor too long, and without personal data or the marks of it."""
    said = words(question)
    letters = sum(char.isalpha() for word in said for char in word)
    fits = letters >= FEWEST_LETTERS and len(said) <= MOST_WORDS and len(question) <= LONGEST
    return fits and not mask(question).kinds
