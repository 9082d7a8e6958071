"""Hostile texts, wherever people can write them, run nowhere in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from kb.frontmatter import new_source
from kb.models import ArticleKey
from responder.models import StaffName
from tests.e2e.live import LiveSite
from tests.outside import corpora_dir, needs
from web.accounts.models import Role

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
EVERY = 12
A_PAGE = 60
PASSWORD = "layang-layang di sore hari"
WATCH = """
window.found = [];
for (const name of ['alert', 'confirm', 'prompt', 'print'])
  window[name] = () => { window.found.push(name); };
document.addEventListener('securitypolicyviolation', (event) => {
  if (event.effectiveDirective.startsWith('script')) window.found.push(event.blockedURI);
});
"""


@pytest.fixture
def watched(context: BrowserContext) -> Iterator[Page]:
    """A page that tells whether a dialog opened or the policy had to stop a script."""
    context.add_init_script(WATCH)
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.dismiss())
    yield page
    page.close()


def payloads() -> list[str]:
    """Every twelfth of the corpus: some five hundred and fifty."""
    path = needs(corpora_dir() / "xss" / "payloadbox.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines[::EVERY] if line.strip() and line.isprintable()]


def pages_of(texts: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(texts), A_PAGE):
        yield texts[start : start + A_PAGE]


def visit(page: Page, address: str) -> None:
    """What was just published is there within a second or two on a busy machine."""
    for _ in range(20):
        answer = page.goto(address)
        if answer is not None and answer.ok:
            return
        page.wait_for_timeout(250)
    pytest.fail(f"{address} does not come")


def assert_nothing_ran(page: Page) -> None:
    assert page.evaluate("window.found") == []
    own = page.evaluate("location.origin")
    sources = page.eval_on_selector_all("script", "all => all.map(one => one.src || 'inline')")
    assert all(source.startswith(own) for source in sources), sources
    events = "all => all.flatMap(e => e.getAttributeNames()).filter(n => n.startsWith('on'))"
    assert page.eval_on_selector_all("body *", events) == []
    links = page.eval_on_selector_all("a", "all => all.map(one => one.protocol)")
    assert set(links) <= {"http:", "https:", "mailto:", "tel:", ":"}


def test_article_bodies_and_titles_run_nothing(live_site: LiveSite, watched: Page) -> None:
    library = live_site.services.library
    for number, texts in enumerate(pages_of(payloads())):
        key = ArticleKey("id", f"serangan-{number}")
        body = "\n\n".join(texts) + "\n\n" + "\n\n".join(f"[x](<{text}>)" for text in texts)
        source = new_source(title=texts[0][:200], body=body, answer=texts[-1], questions=texts)
        library.create(key, source, "dewi")
        library.publish(key, "dewi")
        visit(watched, f"{live_site.url}/id/articles/{key.slug}")
        assert_nothing_ran(watched)
    for address in ("/id/", "/id/search?q=alert", "/id/search?q=%3Cscript%3Ealert(1)%3C/script%3E"):
        visit(watched, live_site.url + address)
        assert_nothing_ran(watched)
    for number, _ in enumerate(pages_of(payloads())):
        library.archive(ArticleKey("id", f"serangan-{number}"), "dewi")


def test_questions_and_names_run_nothing_for_customers_or_staff(
    live_site: LiveSite, watched: Page
) -> None:
    services = live_site.services.responder
    texts = payloads()
    conversation = services.conversations.open("web", "id")
    for text in texts[:30]:
        services.conversations.add_customer_message(conversation.public_id, text[:500])
    name = next(text for text in texts if "<" in text and len(text) < 100)
    more = "\n".join(texts[30:60])[:3000]
    ticket = services.conversations.leave_contact(
        conversation.public_id,
        name=name,
        email="ani@example.com",
        text=more,
    )
    services.inbox.reply(ticket.public_id, StaffName("budi@example.com", "Budi"), texts[61])
    token = services.conversations.status_token(conversation)
    visit(watched, f"{live_site.url}/s/{token}")
    assert_nothing_ran(watched)
    email = "penjaga@example.com"
    live_site.services.accounts.add_staff(email, "Penjaga", list(Role), PASSWORD)
    watched.goto(f"{live_site.url}/sign-in")
    watched.fill("input[name=email]", email)
    watched.fill("input[name=password]", PASSWORD)
    watched.press("input[name=password]", "Enter")
    watched.wait_for_url(lambda url: "/sign-in" not in url)
    for address in (f"/desk/tickets/{ticket.public_id}", "/desk/", "/edit/", "/admin/"):
        visit(watched, live_site.url + address)
        assert_nothing_ran(watched)
