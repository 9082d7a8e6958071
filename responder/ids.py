"""Public ids: sortable by time, with 80 random bits that nobody guesses."""

import secrets
from datetime import datetime

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id(at: datetime) -> str:
    """A ULID: 26 characters."""
    number = (int(at.timestamp() * 1000) << 80) | secrets.randbits(80)
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(125, -5, -5))


def is_id(text: str) -> bool:
    """Whether it can be one of ours; what customers send may be anything."""
    return len(text) == 26 and all(sign in ALPHABET for sign in text)
