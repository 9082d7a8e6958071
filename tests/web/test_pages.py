"""The list of pages is complete, and each page opens."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from flask import url_for
from flask.testing import FlaskClient

from responder.exchange import Incoming
from tests.web.sites import Site
from tests.web.staffing import a_colleague
from web.accounts.models import Role
from web.accounts.rights import RIGHTS
from web.pages import ARTICLE, ARTICLES, DECISION, NOT_PAGES, PAGES, STATUS, TICKET, Page

GOLD = "id/paket-belum-sampai"
LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)')


def test_every_address_is_a_page_or_known_as_none(shared_site: Site) -> None:
    answered = {
        rule.endpoint
        for rule in shared_site.app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
    }
    listed = {page.endpoint for page in PAGES}
    assert answered == listed | set(NOT_PAGES)
    assert not listed & set(NOT_PAGES)


@pytest.mark.parametrize("page", [p for p in PAGES if p.role is not None], ids=lambda p: p.name)
def test_pages_of_staff_name_a_role_that_may_see_them(page: Page) -> None:
    assert page.role in RIGHTS[page.endpoint]


@dataclass(frozen=True, slots=True)
class Visit:
    """A browser of somebody with every role, and what the site has to fill addresses with."""

    browser: FlaskClient
    filled: Mapping[str, str]


@pytest.fixture(scope="module", params=["id", "en"])
def visit(shared_site: Site, request: pytest.FixtureRequest) -> Visit:
    lang: str = request.param
    services = shared_site.services
    asked = services.responder.responder.reply(Incoming("ORANG", "web", "id"))
    assert asked.ticket is not None
    email = f"semua-{lang}@example.com"
    if not services.responder.golden.list_sets():
        golden = services.responder.golden.create("Uji", email)
        services.responder.golden.add(golden.id, "paket dimana", [GOLD], staff=email)
        services.responder.golden_runs.run(golden.id, email)
    browser = a_colleague(shared_site, *Role, lang=lang).browser
    status = services.responder.conversations.status_token(asked.conversation)
    filled = {
        ARTICLE: ARTICLES[lang],
        TICKET: asked.ticket.public_id,
        STATUS: status,
        DECISION: asked.decision.public_id,
        "lang": lang,
    }
    return Visit(browser, filled)


def path_of(page: Page, site: Site, filled: Mapping[str, str]) -> str:
    values = {name: filled.get(value, value) for name, value in page.values.items()}
    if site.app.url_map.is_endpoint_expecting(page.endpoint, "lang"):
        values["lang"] = filled["lang"]
    with site.app.test_request_context():
        return url_for(page.endpoint, **values, **page.query)  # type: ignore[arg-type]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_a_page_opens_and_its_links_lead_somewhere(
    shared_site: Site, visit: Visit, page: Page
) -> None:
    path = path_of(page, shared_site, visit.filled)
    browser = visit.browser if page.role is not None else shared_site.visitor()
    opened = browser.get(path)
    assert opened.status_code == 200, path
    text = opened.get_data(as_text=True)
    assert "<html" in text
    known = shared_site.app.url_map.bind("localhost")
    for link in set(LINK.findall(text)):
        target = link.replace("&amp;", "&").partition("?")[0]
        assert known.test(target, "GET") or known.test(target, "POST"), link
