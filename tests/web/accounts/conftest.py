import pytest

from kb.database import Database
from tests.conftest import StillClock
from tests.web.accounts.building import accounts_on
from web.accounts.services import Accounts


@pytest.fixture
def accounts(database: Database, clock: StillClock) -> Accounts:
    return accounts_on(database, clock)
