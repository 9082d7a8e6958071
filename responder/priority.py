"""What comes first, and until when it should be answered."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from kb.text import words
from responder.hours import WorkingHours
from responder.models import Priority, Reason

URGENT_REASONS = frozenset(
    {Reason.COMPLAINT, Reason.ASKED_TWICE, Reason.PRIVATE_DATA, Reason.SEND_UNCERTAIN}
)
PUBLIC_SHARE = 4
LEAST_MINUTES = 15


def priority_of(reason: Reason, text: str, urgent_words: str) -> Priority:
    """`urgent_words` are words or phrases separated by commas."""
    if reason in URGENT_REASONS or _is_urgent(text, urgent_words):
        return Priority.HIGH
    return Priority.LOW if reason is Reason.UNREADABLE else Priority.NORMAL


def _is_urgent(text: str, urgent_words: str) -> bool:
    said = f" {' '.join(words(text))} "
    phrases = (" ".join(words(phrase)) for phrase in urgent_words.split(","))
    return any(f" {phrase} " in said for phrase in phrases if phrase)


def due_at(
    at: datetime,
    priority: Priority,
    hours: WorkingHours,
    minutes: Mapping[Priority, int],
    *,
    public: bool,
) -> datetime:
    """In working time; in public, where everybody watches, a quarter of it."""
    allowed = minutes[priority]
    if public:
        allowed = max(allowed // PUBLIC_SHARE, LEAST_MINUTES)
    return hours.add(at, timedelta(minutes=allowed))
