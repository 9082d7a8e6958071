"""What goes out, what became of it, and the seam every sending channel fills."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Outbound:
    """One message to send. `message_id` stays the same over all tries; `references` are those of
    earlier messages of the conversation, oldest first."""

    id: int
    channel: str
    recipient: str
    subject: str
    text: str
    message_id: str
    references: tuple[str, ...]
    attempts: int


@dataclass(frozen=True, slots=True)
class Sent:
    platform_id: str


@dataclass(frozen=True, slots=True)
class Postponed:
    """Certainly not sent; worth another try, at the earliest after so many seconds."""

    error: str
    after_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Refused:
    """Not sent, and trying again is useless."""

    error: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """It may have arrived: sending again could say it twice."""

    error: str


Delivery = Sent | Postponed | Refused | Uncertain


class Channel(Protocol):
    name: str

    def send(self, outbound: Outbound) -> Delivery: ...
