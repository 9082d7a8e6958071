from pathlib import Path

import pytest

from kb.database import Database
from responder.bootstrap import Services, build_services
from tests.conftest import StillClock
from tests.responder.builders import WORKING_HOUR, Script, some_settings


@pytest.fixture
def clock() -> StillClock:
    still = StillClock()
    still.now = WORKING_HOUR
    return still


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def services(database: Database, clock: StillClock, script: Script, tmp_path: Path) -> Services:
    return build_services(database, some_settings(outbox=tmp_path / "outbox"), script, clock)


@pytest.fixture
def sqlite_services(sqlite_database: Database, clock: StillClock, script: Script) -> Services:
    """For what does not depend on the database."""
    return build_services(sqlite_database, some_settings(), script, clock)
