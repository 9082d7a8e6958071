"""The list of articles: filters, counts, badges, pages, speed."""

import time
from datetime import date

import pytest

from kb.models import ArticleKey
from tests.web.editor.portal import Person
from tests.web.sites import Site
from web.accounts.models import Role
from web.editor.listing import ROWS, Filters, Order, View, listing_of, rows_of
from web.editor.merging import merge

TODAY = date(2027, 3, 1)


def test_views_count_what_the_filters_leave(site: Site) -> None:
    rows = rows_of(site.services.library.list_articles(), ("id", "en"), TODAY)
    listing = listing_of(rows, Filters(lang="id"), 1)
    assert listing.counts[View.ALL] == 6
    assert listing.counts[View.OVERDUE] == 1
    assert listing.counts[View.UNTRANSLATED] == 5
    assert listing.counts[View.ARCHIVED] == 0


def test_words_are_looked_for_everywhere_in_the_article(site: Site) -> None:
    rows = rows_of(site.services.library.list_articles(), ("id",), TODAY)
    for text in ("nyampe", "Bandingkan estimasi", "PAKET sampai", "id/paket"):
        found = listing_of(rows, Filters(text=text, order=Order.TITLE), 1).rows
        assert found[0].key == ArticleKey("id", "paket-belum-sampai"), text


def test_the_page_shows_badges(writer: Person) -> None:
    page = writer.page("/edit/?lang=id")
    for text in ("review overdue", "no longer valid", "no EN", "Toko Uji"):
        assert text in page
    assert "No article fits these filters." in writer.page("/edit/?q=zzzz")
    assert writer.client.get("/edit/?page=0&view=nothing&order=x").status_code == 200


@pytest.mark.slow
def test_a_thousand_articles_come_in_pages_and_quickly(site: Site, writer: Person) -> None:
    library = site.services.library
    for number in range(1000):
        source = f"---\ntitle: Artikel {number}\nanswer: Ya.\nquestions: [tanya {number}]\n---\n"
        library.create(ArticleKey("id", f"artikel-{number:04}"), source, "dewi")
    writer.page("/edit/")
    started = time.perf_counter()
    page = writer.page("/edit/?view=draft&page=3&order=title")
    elapsed = time.perf_counter() - started
    assert elapsed < 2, elapsed
    assert page.count('class="queue-row article-row"') == ROWS
    assert "Page 3 of 25" in page


def test_agents_do_not_write(site: Site) -> None:
    agent = Person(site, Role.AGENT, email="agus@toko.test")
    assert agent.client.get("/edit/").status_code == 403
    assert agent.post("/edit/id/paket-belum-sampai/archive").status_code == 403


def test_a_form_without_its_token_changes_nothing(site: Site, writer: Person) -> None:
    response = writer.client.post("/edit/id/paket-belum-sampai/archive")
    assert response.status_code == 400
    assert site.services.library.find_published(ArticleKey("id", "paket-belum-sampai"))


def test_merging_keeps_both_edits_or_says_that_it_cannot() -> None:
    base = "a\nb\nc\nd\n"
    assert merge(base, "a\nB\nc\nd\n", "a\nb\nc\nD\n") == "a\nB\nc\nD\n"
    assert merge(base, "a\nB\nc\nd\n", base) == "a\nB\nc\nd\n"
    assert merge(base, "a\nX\nc\nd\n", "a\nX\nc\nd\n") == "a\nX\nc\nd\n"
    assert merge(base, "a\nB1\nc\nd\n", "a\nB2\nc\nd\n") is None
    assert merge(base, "a\nnew\nb\nc\nd\n", "a\nother\nb\nc\nd\n") is None
