"""Guessing passwords is slowed down, then stopped, and tells nothing."""

import threading
from datetime import timedelta

import pytest

from kb.database import Database
from tests.conftest import StillClock
from tests.web.accounts.building import PASSWORD, a_person, accounts_on, sign_in
from web.accounts.attempts import FREE_TRIES, LOCK_TRIES, paused_until
from web.accounts.errors import SignInRefused
from web.accounts.models import Role
from web.accounts.services import Accounts


def wrong(accounts: Accounts, clock: StillClock, times: int, address: str = "10.0.0.1") -> None:
    for _ in range(times):
        clock.move(seconds=40)
        with pytest.raises(SignInRefused):
            sign_in(accounts, password="not this one", address=address)


def test_four_wrong_tries_cost_nothing(accounts: Accounts, clock: StillClock) -> None:
    a_person(accounts)
    wrong(accounts, clock, FREE_TRIES - 1)
    assert sign_in(accounts)


def test_after_five_wrong_tries_even_the_right_password_must_wait(
    accounts: Accounts, clock: StillClock
) -> None:
    a_person(accounts)
    wrong(accounts, clock, FREE_TRIES)
    with pytest.raises(SignInRefused):
        sign_in(accounts)
    clock.move(seconds=2)
    assert sign_in(accounts)


def test_ten_wrong_tries_lock_the_account_for_a_quarter_of_an_hour_from_everywhere(
    accounts: Accounts, clock: StillClock
) -> None:
    a_person(accounts)
    for number in range(LOCK_TRIES):
        wrong(accounts, clock, 1, address=f"10.0.1.{number}")
    clock.move(minutes=9)
    with pytest.raises(SignInRefused):
        sign_in(accounts, address="10.0.9.9")
    clock.move(minutes=6)
    assert sign_in(accounts, address="10.0.9.9")


def test_ten_wrong_tries_lock_the_address_for_every_account(
    accounts: Accounts, clock: StillClock
) -> None:
    a_person(accounts)
    for number in range(LOCK_TRIES):
        clock.move(seconds=40)
        with pytest.raises(SignInRefused):
            sign_in(accounts, email=f"nobody{number}@toko.test")
    with pytest.raises(SignInRefused):
        sign_in(accounts)
    assert sign_in(accounts, address="10.0.0.2")


def test_the_lock_counts_over_processes(database: Database, clock: StillClock) -> None:
    here, there = accounts_on(database, clock), accounts_on(database, clock)
    a_person(here)
    wrong(here, clock, FREE_TRIES)
    with pytest.raises(SignInRefused):
        sign_in(there)


def test_a_burst_at_once_gets_no_more_tries_than_one_after_the_other(
    database: Database, clock: StillClock
) -> None:
    a_person(accounts_on(database, clock))
    hashed: list[int] = []
    workers = [accounts_on(database, clock) for _ in range(2)]

    def guess(number: int) -> None:
        tries = workers[number % 2]._attempts
        try:
            tries.begin(email="dewi@toko.test", address=f"10.0.2.{number}")
        except SignInRefused:
            return
        hashed.append(number)

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(hashed) == FREE_TRIES


def test_refused_tries_do_not_make_the_lock_longer(accounts: Accounts, clock: StillClock) -> None:
    a_person(accounts)
    wrong(accounts, clock, FREE_TRIES)
    for _ in range(30):
        with pytest.raises(SignInRefused):
            sign_in(accounts)
    clock.move(seconds=2)
    assert sign_in(accounts)


def test_every_refusal_has_the_same_words(accounts: Accounts, clock: StillClock) -> None:
    a_person(accounts)
    dewi = a_person(accounts, email="away@toko.test")
    boss = a_person(accounts, Role.ADMIN, email="boss@toko.test")
    accounts.disable(dewi.id, by=boss)
    said = set()
    for email, password in (
        ("nobody@toko.test", PASSWORD),
        ("dewi@toko.test", "wrong password"),
        ("away@toko.test", PASSWORD),
        ("not an address", PASSWORD),
    ):
        with pytest.raises(SignInRefused) as refusal:
            sign_in(accounts, email=email, password=password)
        said.add(str(refusal.value))
    assert len(said) == 1


def test_the_delay_doubles_and_then_locks(clock: StillClock) -> None:
    now = clock()
    pauses = [paused_until([now] * count) for count in range(4, 12)]
    assert [p and (p - now).total_seconds() for p in pauses] == [
        None,
        2,
        4,
        8,
        16,
        32,
        timedelta(minutes=15).total_seconds(),
        timedelta(minutes=15).total_seconds(),
    ]
