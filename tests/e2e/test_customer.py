"""What a customer does on a phone, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from responder.models import StaffName
from tests.e2e.live import LiveSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
BUDI = StaffName("budi@example.com", "Budi")


def ask(page: Page, text: str) -> None:
    page.fill("#text", text)
    page.keyboard.press("Enter")
    expect(page.locator(".turn-customer").last).to_contain_text(text)


def test_a_customer_asks_and_is_answered(live_site: LiveSite, page: Page) -> None:
    page.goto(f"{live_site.url}/")
    page.fill("#ask-q", "kok blm nyampe ya")
    page.click(".ask-box button")
    answer = page.locator(".turn-bot").last
    expect(answer).to_contain_text("Cek posisi paket dengan nomor resi")
    answer.get_by_role("button", name="Ya").click()
    expect(page.locator(".helpful-thanks")).to_be_visible()
    answer.locator(".answer-link").click()
    expect(page.locator("h1")).to_have_text("Paket saya belum sampai")


def test_suggestions_appear_while_typing(live_site: LiveSite, page: Page) -> None:
    page.goto(f"{live_site.url}/id/")
    page.locator("#ask-q").press_sequentially("lupa kata san", delay=20)
    expect(page.locator("#suggestions a")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Lupa kata sandi")


def test_search_follows_the_typing(live_site: LiveSite, page: Page) -> None:
    page.goto(f"{live_site.url}/id/search")
    page.locator("#q").press_sequentially("paket belum", delay=20)
    expect(page.locator("#results")).to_contain_text("Paket saya belum sampai")
    expect(page).to_have_url(re.compile("q=paket"))


def test_a_conversation_goes_on_and_ends_with_a_person(live_site: LiveSite, page: Page) -> None:
    page.goto(f"{live_site.url}/id/ask")
    ask(page, "lupa password")
    expect(page.locator(".turn-bot").last).to_contain_text("Tekan Lupa kata sandi")
    ask(page, "ORANG")
    page.get_by_role("link", name="Tinggalkan kontak").click()
    page.fill("#email", "ani@example.com")
    page.fill("#name", "Ani")
    page.get_by_role("button", name="Kirim ke tim kami").click()
    expect(page.locator(".status-bar")).to_contain_text("Menunggu tim kami")
    token = page.url.rpartition("/")[2].partition("#")[0]
    answer_as_staff(live_site, token, "Sudah kami atur ulang, silakan coba.")
    expect(page.locator(".turn-staff")).to_contain_text("Sudah kami atur ulang")
    expect(page.locator(".status-bar")).to_contain_text("Sedang ditangani")


def answer_as_staff(site: LiveSite, token: str, text: str) -> None:
    responder = site.services.responder
    conversation = responder.conversations.by_token(token)
    ticket = responder.conversations.find_ticket(conversation.public_id)
    assert ticket is not None
    responder.inbox.take(ticket.public_id, BUDI)
    responder.inbox.reply(ticket.public_id, BUDI, text)


def test_everything_works_without_javascript(live_site: LiveSite, browser: Browser) -> None:
    context = browser.new_context(locale="id-ID", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_site.url}/")
    page.fill("#ask-q", "kok blm nyampe ya")
    page.click(".ask-box button")
    expect(page.locator(".turn-bot").last).to_contain_text("Cek posisi paket")
    page.get_by_role("button", name="Tidak").click()
    page.get_by_label("Penjelasannya sulit dipahami").check()
    page.locator(".helpful-why").get_by_role("button", name="Kirim").click()
    expect(page.locator(".helpful-thanks")).to_be_visible()
    page.get_by_role("link", name="Bicara dengan petugas").last.click()
    page.fill("#phone", "0812 3456 7890")
    page.get_by_role("button", name="Kirim ke tim kami").click()
    expect(page.locator(".status-bar")).to_contain_text("Menunggu tim kami")
    page.goto(f"{live_site.url}/id/search?q=lupa+sandi")
    page.get_by_role("link", name="Lupa kata sandi").click()
    expect(page.locator("h1")).to_have_text("Lupa kata sandi")
    context.close()


def test_light_and_dark_are_remembered(live_site: LiveSite, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{live_site.url}/id/")
    page.locator("header [data-theme-toggle]").click()
    page.goto(f"{live_site.url}/id/ask")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_no_page_is_wider_than_a_phone(live_site: LiveSite, page: Page) -> None:
    for path in ("/id/", "/id/ask", "/id/contact", "/id/articles/paket-belum-sampai", "/api/docs"):
        page.goto(live_site.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
