"""How much one visitor may do: counted in the database, the same for all processes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import request
from werkzeug.exceptions import TooManyRequests

from web.services import services


@dataclass(frozen=True, slots=True)
class Limit:
    count: int
    window: timedelta


# per address of the visitor
LIMITS: Mapping[str, Limit] = {
    "ask": Limit(60, timedelta(minutes=10)),
    "contact": Limit(6, timedelta(hours=12)),
    "vote": Limit(60, timedelta(hours=1)),
    "api": Limit(120, timedelta(minutes=10)),
    "api_contact": Limit(6, timedelta(hours=12)),
}
# per API key
KEY_LIMIT = Limit(1200, timedelta(minutes=1))


def hold(name: str) -> None:
    """Count one more for this visitor; raises TooManyRequests beyond the limit."""
    _count(f"{name}:{request.remote_addr or 'unknown'}", LIMITS[name])


def hold_key(key_id: int) -> None:
    _count(f"key:{key_id}", KEY_LIMIT)


def _count(key: str, limit: Limit) -> None:
    if not services().responder.quotas.allow(key, limit.count, limit.window):
        raise TooManyRequests(retry_after=int(limit.window.total_seconds()))
