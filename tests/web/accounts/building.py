"""Builders for the tests of accounts."""

from argon2 import PasswordHasher

from kb.database import Database
from tests.conftest import StillClock
from web.accounts.models import Role, SignedIn, Staff
from web.accounts.passwords import Passwords
from web.accounts.services import Accounts

PASSWORD = "pisang goreng hangat"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def accounts_on(database: Database, clock: StillClock) -> Accounts:
    return Accounts(database, clock, Passwords(CHEAP))


def a_person(
    accounts: Accounts, *roles: Role, email: str = "dewi@toko.test", password: str = PASSWORD
) -> Staff:
    accounts.add_staff(email, "Dewi Lestari", roles or (Role.WRITER,), password)
    staff = accounts.find_staff(email)
    assert staff is not None
    return staff


def sign_in(
    accounts: Accounts,
    email: str = "dewi@toko.test",
    password: str = PASSWORD,
    address: str = "10.0.0.1",
) -> str:
    return accounts.sign_in(email, password, address=address, user_agent="test browser")


def resumed(accounts: Accounts, session_id: str) -> SignedIn:
    who = accounts.sessions.resume(session_id)
    assert who is not None
    return who
