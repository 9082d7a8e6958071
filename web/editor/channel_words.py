"""How much of a short answer fits on a channel."""

from dataclasses import dataclass

from responder.channels.formats import FORMATS, channel_limits, utf8_bytes, utf16_units, x_weight
from web.desk.words import channel_name

LINK_ROOM = 24
LONGEST_SHOWN = 2000
# how editor.js counts what the channel counts
UNITS = {x_weight: "weight", utf8_bytes: "bytes", utf16_units: "units", len: "letters"}


@dataclass(frozen=True, slots=True)
class Room:
    """`limit` leaves room for the article's link; both numbers are in the channel's own unit."""

    channel: str
    name: str
    limit: int
    unit: str
    used: int

    @property
    def is_over(self) -> bool:
        return self.used > self.limit


def answer_limits() -> dict[str, int]:
    """How long a short answer may be per channel, with room for the link."""
    return {name: limit - LINK_ROOM for name, (limit, _measure) in channel_limits().items()}


def rooms_for(text: str) -> tuple[Room, ...]:
    """The channels that a short answer could outgrow, the tightest first."""
    found = [
        Room(
            name,
            channel_name(name),
            limit,
            UNITS[FORMATS[name].measure],
            FORMATS[name].measure(text),
        )
        for name, limit in answer_limits().items()
        if limit <= LONGEST_SHOWN
    ]
    return tuple(sorted(found, key=lambda room: (room.limit, room.channel)))


def room_on(channel: str, text: str) -> Room | None:
    """For a channel's own text; None where length does not matter."""
    limit = answer_limits().get(channel)
    if limit is None:
        return None
    measure = FORMATS[channel].measure
    return Room(channel, channel_name(channel), limit, UNITS[measure], measure(text))
