"""A picture of every page, in both languages, on a phone and on a desk: `make screenshots`.

Written to build/screenshots, with the pages that are wider than their window named at the end.
"""

import logging
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, url_for
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as Tab
from werkzeug.serving import make_server

from responder.exchange import Incoming
from responder.trends import NIGHTLY
from web.accounts.models import Role
from web.app import create_app
from web.cli.init import make_site, take_in_golden
from web.cli.serve import prepare
from web.pages import ARTICLE, ARTICLES, DECISION, PAGES, STATUS, TICKET, Page
from web.services import WebServices
from web.settings import load_settings
from web.wiring import build_web_services

TARGET = Path("build") / "screenshots"
WIDTHS = (360, 1280)
LANGUAGES = ("id", "en")
HEIGHT = 800
EMAILS = {"id": "dewi@example.com", "en": "dwight@example.com"}
PASSWORD = "layang-layang di sore hari"
SETTINGS = '[site]\nurl = "{url}"\n[embedder]\nname = "hashing"\n'
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
ASKED = ("paket saya belum sampai", "lupa password", "saya mau bicara dengan orang")


@dataclass(frozen=True, slots=True)
class Shown:
    """A running site, and what its addresses are filled with."""

    url: str
    app: Flask
    ticket: str
    status: str
    decision: str

    def address(self, page: Page, lang: str) -> str:
        filled = {
            ARTICLE: ARTICLES[lang],
            TICKET: self.ticket,
            STATUS: self.status,
            DECISION: self.decision,
        }
        values = {name: filled.get(value, value) for name, value in page.values.items()}
        if self.app.url_map.is_endpoint_expecting(page.endpoint, "lang"):
            values["lang"] = lang
        with self.app.test_request_context():
            return self.url + url_for(page.endpoint, **values, **page.query)  # type: ignore[arg-type]


@contextmanager
def shown_site(folder: Path) -> Iterator[Shown]:
    make_site(folder, demo=True)
    server = make_server("127.0.0.1", 0, lambda _environ, _start: [], threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    (folder / "jawab.toml").write_text(SETTINGS.format(url=url), encoding="utf-8")
    web = build_web_services(load_settings(folder))
    prepare(web)
    take_in_golden(web)
    for golden in web.responder.golden.list_sets():
        web.responder.golden_runs.run(golden.id, NIGHTLY)
    ticket, status, decision = converse(web)
    server.app = app = create_app(web.settings, web)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Shown(url, app, ticket, status, decision)
    finally:
        server.shutdown()
        thread.join()
        web.database.close()


def converse(web: WebServices) -> tuple[str, str, str]:
    """One customer who was answered, then handed over: the ticket's id, the status token, and the
    id of the last decision."""
    for lang, email in EMAILS.items():
        web.accounts.add_staff(email, "Dewi Lestari", list(Role), PASSWORD, lang=lang)
    conversations = web.responder.conversations
    conversation = conversations.open("web", "id")
    for text in ASKED:
        incoming = Incoming(text, "web", "id", conversation.public_id)
        outcome = web.responder.responder.reply(incoming)
        conversation = outcome.conversation
    ticket = conversations.leave_contact(
        conversation.public_id, name="Ani Wijaya", email="ani@example.com"
    )
    return ticket.public_id, conversations.status_token(conversation), outcome.decision.public_id


def take_all(site: Shown, browser: Browser) -> Iterator[str]:
    """The names of pictures that show a page wider than its window."""
    for lang in LANGUAGES:
        for width in WIDTHS:
            context = browser.new_context(
                viewport={"width": width, "height": HEIGHT}, locale=lang, color_scheme="light"
            )
            tab, is_staff = context.new_page(), False
            for page in sorted(PAGES, key=lambda page: page.role is not None):
                if page.role is not None and not is_staff:
                    sign_in(tab, site, lang)
                    is_staff = True
                name = f"{page.name}-{lang}-{width}"
                if not take(tab, site.address(page, lang), TARGET / f"{name}.png", width):
                    yield name
            context.close()


def sign_in(tab: Tab, site: Shown, lang: str) -> None:
    tab.goto(f"{site.url}/sign-in")
    tab.fill("input[name=email]", EMAILS[lang])
    tab.fill("input[name=password]", PASSWORD)
    tab.press("input[name=password]", "Enter")
    tab.wait_for_url(lambda url: not url.endswith("/sign-in"))


def take(tab: Tab, address: str, target: Path, width: int) -> bool:
    """Whether the page fits into the window."""
    tab.goto(address)
    tab.screenshot(path=str(target), full_page=True)
    return int(tab.evaluate("document.documentElement.scrollWidth")) <= width


def main() -> None:
    logging.disable(logging.INFO)
    program = shutil.which("chromium")
    if program is None:
        sys.exit("chromium is not on this machine: install it, e.g. apt install chromium")
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        with shown_site(Path(folder) / "site") as site:
            too_wide = list(take_all(site, browser))
        browser.close()
    print(f"{len(list(TARGET.glob('*.png')))} pictures in {TARGET}")
    if too_wide:
        sys.exit("wider than the window: " + ", ".join(too_wide))


if __name__ == "__main__":
    main()
