import pytest

from tests.web.sites import Site
from tests.web.staffing import Colleague, a_colleague
from web.accounts.models import Role


@pytest.fixture
def boss(site: Site) -> Colleague:
    return a_colleague(site, Role.ADMIN, name="Boss")
