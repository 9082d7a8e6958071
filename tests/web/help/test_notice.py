"""The notice above the help centre, planned by an admin."""

import pytest

from tests.conftest import StillClock
from tests.web.sites import Site
from tests.web.staffing import a_colleague
from web.accounts.models import Role


@pytest.fixture
def site(empty_site: Site) -> Site:
    return empty_site


def shown(site: Site, lang: str = "id") -> str:
    return site.visitor().get(f"/{lang}/").get_data(as_text=True)


def test_a_notice_is_shown_in_the_language_it_was_written_in(site: Site) -> None:
    admin = a_colleague(site, Role.ADMIN)
    admin.post("/admin/notice", {"text_id": "Pengiriman ke Papua tertunda <b>2 hari</b>."})
    assert "Papua tertunda &lt;b&gt;2 hari" in shown(site)
    assert "site-notice" not in shown(site, "en")


def test_a_planned_notice_begins_and_ends_in_the_firms_time(site: Site, clock: StillClock) -> None:
    admin = a_colleague(site, Role.ADMIN)
    # the clock stands at 09:00 in Jakarta
    planned = {"starts_at": "2027-03-01T10:00", "ends_at": "2027-03-01T12:00"}
    admin.post("/admin/notice", {"text_id": "QRIS sedang gangguan.", **planned})
    assert "QRIS" not in shown(site)
    assert "planned and not shown yet" in admin.read("/admin/notice")
    clock.move(minutes=61)
    assert "QRIS" in shown(site)
    clock.move(hours=2)
    assert "QRIS" not in shown(site)


def test_an_empty_text_takes_it_down_and_the_audit_log_knows(site: Site) -> None:
    admin = a_colleague(site, Role.ADMIN)
    admin.post("/admin/notice", {"text_id": "Libur Nyepi."})
    admin.post("/admin/notice", {"text_id": ""})
    assert "Libur Nyepi" not in shown(site)
    assert "Libur Nyepi" in admin.read("/admin/audit")


def test_an_end_before_the_beginning_is_refused_and_nothing_lost(site: Site) -> None:
    admin = a_colleague(site, Role.ADMIN)
    wrong = {"starts_at": "2027-03-02T10:00", "ends_at": "2027-03-01T10:00"}
    refused = admin.post("/admin/notice", {"text_id": "Libur.", **wrong})
    assert refused.status_code == 422
    page = refused.get_data(as_text=True)
    assert "Choose an end after the beginning." in page and "Libur." in page


def test_only_admins_write_notices(site: Site) -> None:
    agent = a_colleague(site, Role.AGENT)
    assert agent.get("/admin/notice").status_code == 403
    assert agent.post("/admin/notice", {"text_id": "x"}).status_code == 403
