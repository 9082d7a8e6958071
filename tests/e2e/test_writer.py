"""What a writer does: edit with a live preview, publish, and see the bot answer with it."""

import time

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.live import LiveSite
from tests.web.accounts.building import CHEAP, PASSWORD, sign_in
from web.accounts.cookie import staff_cookie
from web.accounts.models import Role
from web.accounts.passwords import Passwords
from web.accounts.services import Accounts
from web.help.shelf import LOOK_EVERY_SECONDS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
EMAIL = "sari@toko.test"
AT_EDIT = "/edit/id/lupa-kata-sandi"


@pytest.fixture
def cookie(live_site: LiveSite) -> dict[str, str]:
    """Of a browser that is signed in as a writer."""
    services = live_site.services
    accounts = Accounts(services.database, services.responder.clock, Passwords(CHEAP))
    if accounts.find_staff(EMAIL) is None:
        accounts.add_staff(EMAIL, "Sari", [Role.WRITER], PASSWORD, lang="en")
    session_id = sign_in(accounts, EMAIL)
    return {"name": staff_cookie(services.settings), "value": session_id, "url": live_site.url}


@pytest.fixture
def writer(page: Page, cookie: dict[str, str]) -> Page:
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    return page


def go_live(page: Page) -> None:
    """Publish, also where earlier tests asked what the text now treats otherwise."""
    page.get_by_role("button", name="Publish").click()
    gate = page.locator("form.outlook-knowingly")
    expect(gate.or_(page.locator(".alert-success"))).to_be_visible()
    if gate.is_visible():
        if gate.locator("#confirmed").is_visible():
            gate.locator("#confirmed").check()
        gate.get_by_role("button").click()


def test_an_edit_is_previewed_published_and_answered_with(
    live_site: LiveSite, writer: Page
) -> None:
    writer.goto(f"{live_site.url}{AT_EDIT}")
    writer.fill("#answer", "Tekan tombol biru di halaman masuk.")
    writer.fill("#body", "Sekarang ada **tombol biru**.")
    expect(writer.locator("#preview .bubble")).to_have_text("Tekan tombol biru di halaman masuk.")
    expect(writer.locator("#preview strong")).to_have_text("tombol biru")
    expect(writer.locator("[data-counters=answer] li").first).to_have_text("X 35/256")
    go_live(writer)
    expect(writer.locator(".alert-success")).to_contain_text("customers and the bot have it now")
    time.sleep(LOOK_EVERY_SECONDS)
    writer.goto(f"{live_site.url}/id/ask")
    writer.fill("#text", "lupa password")
    writer.keyboard.press("Enter")
    expect(writer.locator(".turn-bot").last).to_contain_text("Tekan tombol biru")


def test_text_that_was_never_saved_comes_back(live_site: LiveSite, writer: Page) -> None:
    writer.on("dialog", lambda dialog: dialog.accept())
    writer.goto(f"{live_site.url}/edit/id/promo-lama")
    writer.fill("#title", "Promo yang belum disimpan")
    expect(writer.locator("#preview .preview-title")).to_have_text("Promo yang belum disimpan")
    writer.goto(f"{live_site.url}/edit/id/promo-lama")
    expect(writer.locator("#title")).to_have_value("Promo akhir tahun")
    writer.get_by_role("button", name="Restore it").click()
    expect(writer.locator("#title")).to_have_value("Promo yang belum disimpan")
    writer.get_by_role("button", name="Save draft").click()
    expect(writer.locator("h1")).to_have_text("Promo yang belum disimpan")
    expect(writer.locator("[data-restore]")).to_be_hidden()


def test_an_article_is_written_without_javascript(
    live_site: LiveSite, browser: Browser, cookie: dict[str, str]
) -> None:
    context: BrowserContext = browser.new_context(java_script_enabled=False)
    context.add_cookies([cookie])  # type: ignore[list-item]
    page = context.new_page()
    page.goto(f"{live_site.url}/edit/new")
    page.fill("#title", "Bisa cicilan?")
    page.get_by_role("button", name="Begin writing").click()
    page.fill("#body", "Bisa, **tiga bulan**.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview strong")).to_have_text("tiga bulan")
    go_live(page)
    expect(page.locator(".alert-success")).to_be_visible()
    page.goto(f"{live_site.url}/id/articles/bisa-cicilan")
    expect(page.locator("strong").filter(has_text="tiga bulan")).to_be_visible()
    context.close()


def test_slang_is_saved_and_found_as_one_types(live_site: LiveSite, writer: Page) -> None:
    writer.goto(f"{live_site.url}/edit/slang?lang=id")
    writer.get_by_role("link", name="Add a word").click()
    writer.fill("#form", "Qqzz")
    writer.fill("#plain", "zebra")
    writer.get_by_role("button", name="Save").click()
    expect(writer.locator(".alert-success")).to_contain_text("“qqzz” stands for “zebra”")
    expect(writer.locator(".alert-info")).to_contain_text("in force in a moment")
    writer.locator("#q").press_sequentially("zeb")
    expect(writer).to_have_url(f"{live_site.url}/edit/slang?lang=id&q=zeb")
    expect(writer.locator(".slang-pair")).to_have_text("qqzz zebra")
    live_site.services.searcher.rebuild()
    writer.goto(f"{live_site.url}/edit/slang?lang=id&saved=1")
    expect(writer.locator(".alert-success")).to_contain_text("The list is in force")
