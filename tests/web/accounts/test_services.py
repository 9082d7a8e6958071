"""Accounts are opened, changed and closed, and every change leaves a trace."""

import pytest
from argon2 import PasswordHasher

from kb.database import Database
from tests.conftest import StillClock
from tests.web.accounts.building import PASSWORD, a_person, accounts_on, resumed, sign_in
from web.accounts.errors import (
    InvalidStaff,
    LastAdmin,
    StaffExists,
    UnknownStaff,
    WeakPassword,
    WrongPassword,
)
from web.accounts.models import Role
from web.accounts.passwords import Passwords
from web.accounts.services import Accounts
from web.accounts.store import staff as rows


def test_an_account_opens_with_a_one_time_password(accounts: Accounts) -> None:
    password = accounts.add_staff("Budi@Toko.test ", "Budi", [Role.AGENT])
    who = resumed(accounts, sign_in(accounts, "budi@toko.test", password))
    assert who.staff.must_change_password
    accounts.change_password(who, password, PASSWORD)
    again = resumed(accounts, sign_in(accounts, "budi@toko.test"))
    assert not again.staff.must_change_password


def test_an_address_has_one_account(accounts: Accounts) -> None:
    a_person(accounts)
    with pytest.raises(StaffExists):
        a_person(accounts, email="DEWI@toko.test")


@pytest.mark.parametrize("email", ["", "dewi", "dewi@", "a b@toko.test", "x\r\nBcc: a@b.c"])
def test_what_is_no_address_gets_no_account(accounts: Accounts, email: str) -> None:
    with pytest.raises(InvalidStaff):
        accounts.add_staff(email, "Dewi", [Role.WRITER])


def test_an_account_needs_a_known_role(accounts: Accounts) -> None:
    with pytest.raises(InvalidStaff):
        accounts.add_staff("dewi@toko.test", "Dewi", [])
    with pytest.raises(InvalidStaff):
        accounts.add_staff("dewi@toko.test", "Dewi", ["owner"])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("pendek", "short"),
        ("a" * 257, "long"),
        ("aaaabbbbaaaabbbb", "repetitive"),
        ("Dewi Lestari", "own_name"),
        ("dewi@toko.test", "own_name"),
    ],
)
def test_a_weak_password_is_refused(accounts: Accounts, password: str, reason: str) -> None:
    with pytest.raises(WeakPassword) as refusal:
        accounts.add_staff("dewi@toko.test", "Dewi Lestari", [Role.WRITER], password)
    assert refusal.value.reason == reason


def test_a_long_phrase_without_digits_or_signs_will_do(accounts: Accounts) -> None:
    assert a_person(accounts, password="pagi pagi makan bubur ayam")


def test_changing_a_password_needs_the_present_one(accounts: Accounts) -> None:
    a_person(accounts)
    who = resumed(accounts, sign_in(accounts))
    with pytest.raises(WrongPassword):
        accounts.change_password(who, "something else", "kopi susu gula aren")


def test_the_last_admin_stays(accounts: Accounts) -> None:
    boss = a_person(accounts, Role.ADMIN, email="boss@toko.test")
    with pytest.raises(LastAdmin):
        accounts.disable(boss.id, by=boss)
    with pytest.raises(LastAdmin):
        accounts.change_roles(boss.id, [Role.WRITER], by=boss)
    second = a_person(accounts, Role.ADMIN, email="second@toko.test")
    accounts.disable(boss.id, by=second)
    with pytest.raises(LastAdmin):
        accounts.disable(second.id, by=second)


def test_a_password_for_nobody_is_an_error(accounts: Accounts) -> None:
    with pytest.raises(UnknownStaff):
        accounts.set_password("nobody@toko.test")


def test_the_audit_log_tells_who_changed_what_from_what_to_what(accounts: Accounts) -> None:
    boss = a_person(accounts, Role.ADMIN, email="boss@toko.test")
    dewi = a_person(accounts)
    accounts.change_roles(dewi.id, [Role.REVIEWER], by=boss)
    newest = accounts.audit.list_entries()[0]
    assert (newest.staff, newest.action, newest.subject) == (
        "boss@toko.test",
        "staff.change_roles",
        "dewi@toko.test",
    )
    assert (newest.before, newest.after) == ({"roles": ["writer"]}, {"roles": ["reviewer"]})


def test_the_audit_log_is_filtered_and_paged(accounts: Accounts) -> None:
    for number in range(60):
        accounts.audit.record("boss@toko.test", "threshold.change", f"{number}")
    accounts.audit.record("dewi@toko.test", "article.publish", "id/x")
    first = accounts.audit.list_entries(area="threshold")
    assert [entry.subject for entry in first][:2] == ["59", "58"]
    assert len(first) == 50
    rest = accounts.audit.list_entries(area="threshold", before_id=first[-1].id)
    assert [entry.subject for entry in rest][-1] == "0"
    assert len(accounts.audit.list_entries(staff="dewi@toko.test")) == 1
    assert accounts.audit.list_people() == ("boss@toko.test", "dewi@toko.test")


def test_the_audit_log_holds_no_password(accounts: Accounts) -> None:
    password = accounts.add_staff("budi@toko.test", "Budi", [Role.AGENT])
    accounts.set_password("budi@toko.test", PASSWORD)
    assert password not in str(accounts.audit.list_entries())
    assert PASSWORD not in str(accounts.audit.list_entries())


def test_signing_in_strengthens_a_hash_of_weaker_days(database: Database) -> None:
    clock = StillClock()
    a_person(accounts_on(database, clock))
    stronger = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    accounts = Accounts(database, clock, stronger)
    sign_in(accounts, "dewi@toko.test")
    with database.read() as connection:
        password_hash = rows.find_password_hash(connection, "dewi@toko.test") or ""
    assert "m=16,t=2" in password_hash
    assert sign_in(accounts, "dewi@toko.test")
