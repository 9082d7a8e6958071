"""Hashing costs the same for everybody and never more than two at a time."""

import threading
import time

from argon2 import PasswordHasher

from web.accounts.passwords import HASHES_AT_ONCE, LONGEST, Passwords, one_time_password


class Watched(PasswordHasher):
    """Counts its checks, and how many ran at once."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.checks = 0
        self.running = 0
        self.most_at_once = 0
        self._lock = threading.Lock()

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]  # noqa: A002 (its name in argon2)
        with self._lock:
            self.checks += 1
            self.running += 1
            self.most_at_once = max(self.most_at_once, self.running)
        time.sleep(0.01)
        try:
            return super().verify(hash, password)
        finally:
            with self._lock:
                self.running -= 1


def test_a_name_without_account_costs_as_many_checks_as_one_with() -> None:
    hasher = Watched()
    passwords = Passwords(hasher)
    known = passwords.hash("kopi susu gula aren")
    assert not passwords.fits(known, "salah")
    assert not passwords.fits(None, "salah")
    assert hasher.checks == 2


def test_nobodys_password_fits_nothing() -> None:
    assert not Passwords(Watched()).fits(None, "")


def test_a_rush_is_let_through_two_by_two() -> None:
    hasher = Watched()
    passwords = Passwords(hasher)
    known = passwords.hash("kopi susu gula aren")
    threads = [
        threading.Thread(target=passwords.fits, args=(known, "kopi susu gula aren"))
        for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert hasher.checks == 12
    assert hasher.most_at_once == HASHES_AT_ONCE


def test_a_damaged_hash_and_an_endless_password_fit_nothing() -> None:
    passwords = Passwords(Watched())
    assert not passwords.fits("not a hash", "kopi susu gula aren")
    assert not passwords.fits(passwords.hash("a" * LONGEST), "a" * (LONGEST + 1))


def test_one_time_passwords_are_long_readable_and_never_the_same() -> None:
    made = {one_time_password() for _ in range(100)}
    assert len(made) == 100
    assert all(len(password) == 23 for password in made)
    assert not set("".join(made)) & set("il1o0ILO")
