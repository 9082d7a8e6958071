"""Sessions end when they should, and their ids change when they should."""

import sqlalchemy as sa

from kb.database import Database
from tests.conftest import StillClock
from tests.web.accounts.building import PASSWORD, a_person, resumed, sign_in
from web.accounts.models import Role
from web.accounts.schema import session
from web.accounts.services import Accounts


def test_a_session_ends_after_half_an_hour_without_use(
    accounts: Accounts, clock: StillClock
) -> None:
    a_person(accounts)
    cookie = sign_in(accounts)
    clock.move(minutes=29)
    resumed(accounts, cookie)
    clock.move(minutes=29)
    resumed(accounts, cookie)
    clock.move(minutes=30)
    assert accounts.sessions.resume(cookie) is None


def test_a_session_ends_after_twelve_hours_of_use(accounts: Accounts, clock: StillClock) -> None:
    a_person(accounts)
    cookie = sign_in(accounts)
    for _ in range(12 * 3 - 1):
        clock.move(minutes=20)
        resumed(accounts, cookie)
    clock.move(minutes=20)
    assert accounts.sessions.resume(cookie) is None


def test_what_the_page_asks_by_itself_keeps_nobody_signed_in(
    accounts: Accounts, clock: StillClock
) -> None:
    a_person(accounts)
    cookie = sign_in(accounts)
    for _ in range(29):
        clock.move(minutes=1)
        assert accounts.sessions.resume(cookie, touch=False)
    clock.move(minutes=1)
    assert accounts.sessions.resume(cookie, touch=False) is None


def test_the_database_holds_no_session_id(accounts: Accounts, database: Database) -> None:
    a_person(accounts)
    cookie = sign_in(accounts)
    with database.read() as connection:
        stored = connection.execute(sa.select(session.c.id_hash)).scalar_one()
    assert cookie not in stored
    assert len(cookie) >= 43


def test_changed_roles_give_the_browser_a_new_id_and_kill_the_old(accounts: Accounts) -> None:
    boss = a_person(accounts, Role.ADMIN, email="boss@toko.test")
    dewi = a_person(accounts)
    cookie = sign_in(accounts)
    accounts.change_roles(dewi.id, [Role.WRITER, Role.AGENT], by=boss)
    who = resumed(accounts, cookie)
    assert who.new_id
    assert who.staff.roles == {Role.WRITER, Role.AGENT}
    assert accounts.sessions.resume(cookie) is None
    assert resumed(accounts, who.new_id).new_id is None


def test_signing_out_kills_the_session(accounts: Accounts) -> None:
    a_person(accounts)
    cookie = sign_in(accounts)
    accounts.sessions.close(cookie)
    assert accounts.sessions.resume(cookie) is None


def test_a_disabled_person_is_out_with_the_next_request(accounts: Accounts) -> None:
    boss = a_person(accounts, Role.ADMIN, email="boss@toko.test")
    dewi = a_person(accounts)
    cookie = sign_in(accounts)
    accounts.disable(dewi.id, by=boss)
    assert accounts.sessions.resume(cookie) is None


def test_a_new_password_ends_the_other_sessions_and_renews_this_one(accounts: Accounts) -> None:
    a_person(accounts)
    here, elsewhere = sign_in(accounts), sign_in(accounts)
    renewed = accounts.change_password(resumed(accounts, here), PASSWORD, "kopi susu gula aren")
    assert accounts.sessions.resume(elsewhere) is None
    assert accounts.sessions.resume(here) is None
    assert resumed(accounts, renewed)
    assert sign_in(accounts, password="kopi susu gula aren")


def test_a_reset_password_ends_every_session(accounts: Accounts) -> None:
    a_person(accounts)
    cookie = sign_in(accounts)
    one_time = accounts.set_password("dewi@toko.test")
    assert accounts.sessions.resume(cookie) is None
    assert resumed(accounts, sign_in(accounts, password=one_time)).staff.must_change_password


def test_sessions_are_listed_and_ended_one_by_one(accounts: Accounts, clock: StillClock) -> None:
    dewi = a_person(accounts)
    first = sign_in(accounts)
    clock.move(minutes=1)
    second = sign_in(accounts)
    listed = accounts.sessions.list_sessions(dewi)
    assert [s.id_hash for s in listed] == [
        resumed(accounts, cookie).session.id_hash for cookie in (second, first)
    ]
    assert accounts.sessions.revoke(dewi, listed[1].id_hash)
    assert accounts.sessions.resume(first) is None
    assert resumed(accounts, second)


def test_nobody_ends_the_session_of_somebody_else(accounts: Accounts) -> None:
    a_person(accounts)
    budi = a_person(accounts, email="budi@toko.test")
    cookie = sign_in(accounts)
    who = resumed(accounts, cookie)
    assert not accounts.sessions.revoke(budi, who.session.id_hash)
    assert accounts.sessions.resume(cookie)
