"""An admin sees what a threshold would do, moves it, and the bot's decision changes at once."""

import pytest
from playwright.sync_api import Page, expect

from responder.exchange import Incoming
from tests.e2e.live import LiveSite
from web.accounts.models import Role

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PASSWORD = "pisang goreng hangat"
TEXT = "paket saya dimana"


@pytest.fixture
def admin(live_site: LiveSite, page: Page) -> Page:
    accounts = live_site.services.accounts
    if accounts.find_staff("budi@toko.test") is None:
        accounts.add_staff("budi@toko.test", "Budi", [Role.ADMIN], PASSWORD, lang="en")
    page.goto(f"{live_site.url}/admin/thresholds")
    page.fill("#email", "budi@toko.test")
    page.fill("#password", PASSWORD)
    page.locator(".alone-card button").click()
    expect(page.get_by_role("heading", name="How sure must the bot be?")).to_be_visible()
    return page


def change(page: Page, live_site: LiveSite, percent: str) -> None:
    page.goto(f"{live_site.url}/admin/thresholds")
    page.select_option("#channel", "web")
    page.fill("#percent", percent)
    page.fill("#reason", "kami mencobanya")
    page.get_by_role("button", name="See what would happen").click()
    expect(page.get_by_role("heading", name="this would happen")).to_be_visible()
    expect(page.get_by_text("Tried on")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_text("From now on the bot goes by version")).to_be_visible()


def tried(page: Page, live_site: LiveSite) -> str:
    page.goto(f"{live_site.url}/admin/try")
    page.fill("#text", TEXT)
    page.get_by_role("button", name="What would it say?").click()
    rule = page.locator("#reply-panel .rule code").inner_text()
    expect(page.get_by_role("heading", name="Candidates")).to_be_visible()
    return rule


def test_a_moved_threshold_changes_what_the_bot_does(live_site: LiveSite, admin: Page) -> None:
    live_site.services.responder.responder.reply(Incoming(TEXT, lang="id"))
    best = live_site.services.responder.responder.preview(TEXT, "web", "id").candidates[0]
    below, above = max(50.0, best.confidence * 100 - 5), min(100.0, best.confidence * 100 + 0.5)
    change(admin, live_site, f"{below:.0f}")
    admin.wait_for_timeout(1100)
    assert tried(admin, live_site) == "confidence_reaches_threshold"
    change(admin, live_site, f"{above + 0.5:.0f}" if above < 99.5 else "100")
    admin.wait_for_timeout(1100)
    assert tried(admin, live_site) != "confidence_reaches_threshold"
    change(admin, live_site, "90")


def test_the_menu_opens_on_a_phone_and_every_page_fits(live_site: LiveSite, admin: Page) -> None:
    for path in ("", "thresholds", "try", "wording", "firm", "staff", "api-keys", "audit"):
        admin.goto(f"{live_site.url}/admin/{path}")
        width = admin.evaluate("document.documentElement.scrollWidth")
        assert width <= 360, path
    admin.get_by_role("button", name="Menu").click()
    admin.get_by_role("link", name="Staff").click()
    expect(admin.get_by_role("heading", name="Staff", exact=True)).to_be_visible()
