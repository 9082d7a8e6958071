"""One site and two people for the tests of the editor; each test has a fresh copy."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import StillClock
from tests.web.editor.portal import Person
from tests.web.sites import Site, make_site, publish
from web.accounts.models import Role


@pytest.fixture
def site(tmp_path: Path, clock: StillClock) -> Iterator[Site]:
    made = make_site(tmp_path / "site", clock)
    publish(made)
    yield made
    made.services.database.close()


@pytest.fixture
def writer(site: Site) -> Person:
    return Person(site, Role.WRITER)


@pytest.fixture
def reviewer(site: Site) -> Person:
    return Person(site, Role.REVIEWER, email="rina@toko.test")
