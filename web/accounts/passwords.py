"""Passwords: which are good enough, how they are hashed, and never more than two at a time."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from web.accounts.errors import SignInBusy, WeakPassword

SHORTEST = 12
LONGEST = 256
FEWEST_DIFFERENT = 5
ONE_TIME_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
ONE_TIME_GROUPS = 4
HASHES_AT_ONCE = 2
WAIT_SECONDS = 10.0


def check_password(password: str, *, email: str, name: str) -> None:
    """Raise WeakPassword for one that is too short or says who you are. No composition rules."""
    if len(password) < SHORTEST:
        raise WeakPassword("short")
    if len(password) > LONGEST:
        raise WeakPassword("long")
    if len(set(password)) < FEWEST_DIFFERENT:
        raise WeakPassword("repetitive")
    if password.casefold() in (email.casefold(), name.casefold()):
        raise WeakPassword("own_name")


def one_time_password() -> str:
    """Twenty letters and digits that cannot be mistaken for one another: about 99 bits."""
    groups = (
        "".join(secrets.choice(ONE_TIME_ALPHABET) for _ in range(5)) for _ in range(ONE_TIME_GROUPS)
    )
    return "-".join(groups)


class Passwords:
    """Argon2id behind a small gate: each hash takes 64 MiB, so a rush waits instead of swapping."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._gate = BoundedSemaphore(HASHES_AT_ONCE)
        self._nobodys: str | None = None

    def hash(self, password: str) -> str:
        with self._one_of_two():
            return self._hasher.hash(password)

    def fits(self, password_hash: str | None, password: str) -> bool:
        """Compare; without a hash the same time is spent on nobody's, and the answer is no."""
        nobodys = self._nobodys_hash()
        against = password_hash or nobodys
        with self._one_of_two():
            try:
                right = self._hasher.verify(against, password[:LONGEST])
            except (VerificationError, InvalidHashError):
                return False
        return right and password_hash is not None and len(password) <= LONGEST

    def rehashed(self, password_hash: str | None, password: str) -> str | None:
        """A new hash where the old one was made with weaker settings than today's."""
        if password_hash is None or not self._hasher.check_needs_rehash(password_hash):
            return None
        return self.hash(password)

    def _nobodys_hash(self) -> str:
        if self._nobodys is None:
            self._nobodys = self.hash(secrets.token_urlsafe(16))
        return self._nobodys

    @contextmanager
    def _one_of_two(self) -> Iterator[None]:
        if not self._gate.acquire(timeout=WAIT_SECONDS):
            raise SignInBusy("too many people are signing in; try again in a few seconds")
        try:
            yield
        finally:
            self._gate.release()
