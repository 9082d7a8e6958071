"""Who calls: a program with an API key, or a stranger within limits."""

import time
from collections.abc import Callable

from flask import current_app, g, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from web.accounts.models import ApiKey
from web.limits import hold

KEY_RING = "jawab.api_keys"
OLDEST_SECONDS = 1.0
MOST_KEYS = 1000


class KeyRing:
    """Looks a key up at most once a second, so that a revoked one is dead within that time."""

    def __init__(self, find: Callable[[str], ApiKey | None]) -> None:
        self._find = find
        self._held: dict[str, tuple[float, ApiKey | None]] = {}

    def find(self, raw: str) -> ApiKey | None:
        now = time.monotonic()
        held = self._held.get(raw)
        if held is not None and now - held[0] < OLDEST_SECONDS:
            return held[1]
        found = self._find(raw)
        if len(self._held) >= MOST_KEYS:
            self._held = {}
        self._held[raw] = (now, found)
        return found


def recognise() -> None:
    """Find out who calls; raises Unauthorized when what should be a key is none."""
    g.api_key = None
    header = request.headers.get("Authorization")
    if header is None:
        return
    scheme, _space, raw = header.partition(" ")
    ring: KeyRing = current_app.extensions[KEY_RING]
    if scheme.lower() == "bearer":
        g.api_key = ring.find(raw.strip())
    if g.api_key is None:
        raise Unauthorized(
            "this is no valid API key; send 'Authorization: Bearer <key>' with one made in the "
            "portal, or leave it out",
            www_authenticate=WWWAuthenticate("bearer"),
        )


def has_key() -> bool:
    return g.api_key is not None


def demand_key() -> None:
    """Raises Unauthorized for a stranger."""
    if not has_key():
        raise Unauthorized(
            "this takes an API key; send 'Authorization: Bearer <key>' with one made in the portal",
            www_authenticate=WWWAuthenticate("bearer"),
        )


def caller_name() -> str:
    """How the program is called in histories and the audit log."""
    return f"API: {g.api_key.name}"


def hold_stranger(name: str, conversation: str | None = None) -> None:
    """Programs with a key are trusted; everybody else may do only so much."""
    if not has_key():
        hold(name, conversation)
