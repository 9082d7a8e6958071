"""Sites for the tests of web."""

from collections.abc import Iterator
from pathlib import Path

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
def empty_site(tmp_path: Path, clock: StillClock) -> Iterator[Site]:
    """One's own, without articles."""
    site = make_site(tmp_path / "site", clock)
    yield site
    site.services.database.close()


@pytest.fixture
def site(empty_site: Site) -> Site:
    """One's own, for tests that change it."""
    publish(empty_site)
    return empty_site


@pytest.fixture
def visitor(shared_site: Site) -> FlaskClient:
    """A browser without cookies."""
    return shared_site.visitor()
