"""How much one visitor may do: counted in the database, the same for all processes."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

from flask import request
from werkzeug.exceptions import TooManyRequests

from kb.errors import DatabaseUnavailable
from web.services import services


@dataclass(frozen=True, slots=True)
class Limit:
    """How often in each window: `count` per address, `per_conversation` in one conversation.

    `only_reads`: goes on uncounted while nothing can be written.
    """

    count: int
    window: timedelta
    per_conversation: int = 0
    only_reads: bool = False


LIMITS: Mapping[str, Limit] = {
    "ask": Limit(60, timedelta(minutes=10)),
    # many customers of a mobile network share one address
    "contact": Limit(30, timedelta(hours=1)),
    "vote": Limit(60, timedelta(hours=1)),
    "api_ask": Limit(120, timedelta(minutes=10), per_conversation=40),
    "api_contact": Limit(6, timedelta(hours=12), per_conversation=3),
    "api_search": Limit(300, timedelta(minutes=10), only_reads=True),
    "api_vote": Limit(60, timedelta(hours=1)),
}


def hold(name: str, conversation: str | None = None) -> None:
    """Count one more for this visitor; raises TooManyRequests beyond the limit."""
    if not is_within(name, conversation):
        raise TooManyRequests(
            "this was too much in a short time; wait as long as Retry-After says",
            retry_after=_seconds_left(LIMITS[name].window),
        )


def is_within(name: str, conversation: str | None = None) -> bool:
    """Count one more for this visitor; whether that is within the limit."""
    limit = LIMITS[name]
    counted = {f"{name}:{_address()}": limit.count}
    if conversation is not None and limit.per_conversation:
        counted[f"{name}:{conversation}"] = limit.per_conversation
    try:
        return services().responder.quotas.allow_all(counted, limit.window)
    except DatabaseUnavailable:
        if not limit.only_reads:
            raise
        return True


def _address() -> str:
    """The visitor's address; of IPv6 the network, which is what one customer of a provider has."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        own = address.ipv4_mapped
        return str(own) if own else f"{IPv6Address(int(address) >> 64 << 64)}/64"
    return str(address)


def _seconds_left(window: timedelta) -> int:
    """Windows begin at full multiples of their length."""
    seconds = int(window.total_seconds())
    return seconds - int(time.time()) % seconds
