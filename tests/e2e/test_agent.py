"""An agent answers from the inbox, and the customer reads it on their page."""

import pytest
from playwright.sync_api import Browser, Page, expect

from responder.exchange import Incoming
from tests.e2e.conftest import PHONE
from tests.e2e.live import LiveSite
from web.accounts.models import Role

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PASSWORD = "pisang goreng hangat"
EMAIL = "petugas@toko.test"


def sign_in(page: Page, site: LiveSite) -> None:
    if site.services.accounts.find_staff(EMAIL) is None:
        site.services.accounts.add_staff(EMAIL, "Sari", [Role.AGENT], PASSWORD, lang="en")
    page.goto(f"{site.url}/desk/")
    page.fill("#email", EMAIL)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Masuk").or_(page.get_by_role("button", name="Sign in")).click()


def test_the_customer_sees_what_the_agent_writes(
    live_site: LiveSite, browser: Browser, page: Page
) -> None:
    page.goto(f"{live_site.url}/id/contact")
    page.fill("#name", "Ani Rahma")
    page.fill("#email", "ani.rahma@example.com")
    page.fill("textarea", "Rak saya datang penyok di ujung kiri, mohon dibantu ya")
    page.locator("main form button.btn-lg").click()
    page.wait_for_url("**/s/*")

    desk = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    agent = desk.new_page()
    sign_in(agent, live_site)
    agent.get_by_role("link", name="Ani Rahma").click()
    expect(agent.locator("#transcript")).to_contain_text("penyok di ujung kiri")
    agent.get_by_role("button", name="Take", exact=True).click()
    expect(agent.get_by_text("The conversation is yours.")).to_be_visible()
    agent.fill("#pick", "paket belum sampai")
    agent.locator("#picked button").first.click()
    expect(agent.locator("#reply-text")).to_have_value(
        "Cek posisi paket dengan nomor resi di halaman Lacak."
    )
    expect(agent.locator("#article")).to_have_value("id/paket-belum-sampai")
    agent.fill("#reply-text", "Maaf ya Kak, rak pengganti kami kirim besok.")
    agent.get_by_role("button", name="Send", exact=True).click()
    expect(agent.get_by_text("Sent.")).to_be_visible()

    expect(page.get_by_text("rak pengganti kami kirim besok")).to_be_visible()
    expect(page.get_by_text("Sari").first).to_be_visible()
    agent.get_by_role("button", name="Solve", exact=True).click()
    expect(agent.get_by_text("Solved. If the customer writes again")).to_be_visible()
    desk.close()


def test_new_conversations_appear_by_themselves(live_site: LiveSite, page: Page) -> None:
    sign_in(page, live_site)
    asked = live_site.services.responder.responder.reply(Incoming("ORANG", "web", "id"))
    live_site.services.responder.conversations.leave_contact(
        asked.conversation.public_id,
        name="Muncul Sendiri",
        email="m@example.com",
        phone="",
        text="",
    )
    expect(page.get_by_text("Muncul Sendiri")).to_be_visible()
