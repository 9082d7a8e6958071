"""One site and two people for the tests of the editor; each test has a fresh copy."""

import pytest

from tests.web.editor.portal import Person
from tests.web.sites import Site
from web.accounts.models import Role


@pytest.fixture
def writer(site: Site) -> Person:
    return Person(site, Role.WRITER)


@pytest.fixture
def reviewer(site: Site) -> Person:
    return Person(site, Role.REVIEWER, email="rina@toko.test")
