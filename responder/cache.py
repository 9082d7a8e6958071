"""A value that is loaded again when it is too old."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
OLDEST_SECONDS = 0.9


class Cached(Generic[T]):
    """Loads at most once per `max_age_seconds`; so a change is seen in every process by then."""

    def __init__(self, load: Callable[[], T], max_age_seconds: float = OLDEST_SECONDS) -> None:
        self._load = load
        self._max_age_seconds = max_age_seconds
        self._held: tuple[float, T] | None = None

    def get(self) -> T:
        held = self._held
        now = time.monotonic()
        if held is not None and now - held[0] < self._max_age_seconds:
            return held[1]
        value = self._load()
        self._held = (now, value)
        return value

    def forget(self) -> None:
        self._held = None
