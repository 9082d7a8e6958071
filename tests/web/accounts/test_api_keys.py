"""API keys open once, are stored as hashes and can be ended."""

import pytest
import sqlalchemy as sa

from kb.database import Database
from tests.web.accounts.building import a_person
from web.accounts.errors import UnknownApiKey
from web.accounts.models import Role
from web.accounts.schema import api_key
from web.accounts.services import Accounts


def test_a_key_is_found_by_its_characters_until_it_is_revoked(accounts: Accounts) -> None:
    boss = a_person(accounts, Role.ADMIN)
    raw = accounts.api_keys.create("shop", by=boss)
    key = accounts.find_api_key(raw)
    assert key is not None
    assert (key.name, key.created_by) == ("shop", "dewi@toko.test")
    accounts.api_keys.revoke(key.id, by=boss)
    assert accounts.find_api_key(raw) is None
    assert accounts.api_keys.list_keys()[0].revoked_at


@pytest.mark.parametrize("raw", ["", "jwb_", "jwb_" + "x" * 43, "x" * 10_000])
def test_made_up_keys_open_nothing(accounts: Accounts, raw: str) -> None:
    accounts.api_keys.create("shop", by=a_person(accounts, Role.ADMIN))
    assert accounts.find_api_key(raw) is None


def test_the_database_holds_no_key(accounts: Accounts, database: Database) -> None:
    raw = accounts.api_keys.create("shop", by=a_person(accounts, Role.ADMIN))
    with database.read() as connection:
        row = connection.execute(sa.select(api_key)).one()
    assert raw not in map(str, row)


def test_use_of_a_key_is_noted(accounts: Accounts) -> None:
    raw = accounts.api_keys.create("shop", by=a_person(accounts, Role.ADMIN))
    assert accounts.api_keys.list_keys()[0].last_used_at is None
    accounts.find_api_key(raw)
    assert accounts.api_keys.list_keys()[0].last_used_at


def test_revoking_an_unknown_key_is_an_error(accounts: Accounts) -> None:
    with pytest.raises(UnknownApiKey):
        accounts.api_keys.revoke(99, by=a_person(accounts, Role.ADMIN))
