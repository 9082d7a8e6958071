"""Trying the API from its page, on a phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.live import LiveSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_question_can_be_tried(live_site: LiveSite, page: Page) -> None:
    page.goto(f"{live_site.url}/api/docs")
    page.fill("#ask-body", '{"text": "lupa kata sandi"}')
    expect(page.locator("#ask [data-curl]")).to_contain_text("lupa kata sandi")
    page.click("#ask button[type=submit]")
    expect(page.locator("#ask [data-status]")).to_have_text("200 OK")
    expect(page.locator("#ask [data-answer]")).to_contain_text('"reply"')
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_an_operation_can_be_linked_to_and_takes_what_stands_in_the_address(
    live_site: LiveSite, page: Page
) -> None:
    page.goto(f"{live_site.url}/api/docs#search")
    page.fill("#search-q", "kata sandi & lain")
    expect(page.locator("#search [data-curl]")).to_contain_text("q=kata+sandi+%26+lain")
    page.click("#search button[type=submit]")
    expect(page.locator("#search [data-status]")).to_have_text("200 OK")
