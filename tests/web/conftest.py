"""Sites for the tests of web."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.conftest import StillClock
from tests.web.sites import Site, make_site, publish


@pytest.fixture(scope="module")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """For tests that only read or that begin their own conversation."""
    site = make_site(tmp_path_factory.mktemp("site") / "site", StillClock())
    publish(site)
    yield site
    site.services.database.close()


@pytest.fixture
def visitor(shared_site: Site) -> FlaskClient:
    """A browser without cookies."""
    return shared_site.visitor()
