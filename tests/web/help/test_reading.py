"""Home, topics, articles and search."""

import gzip
import re
import time
from pathlib import Path

from flask.testing import FlaskClient

from kb.models import ArticleKey
from tests.conftest import StillClock
from tests.web.sites import Site, make_site, publish
from web.help.shelf import LOOK_EVERY_SECONDS


def text_of(visitor: FlaskClient, path: str, status: int = 200) -> str:
    response = visitor.get(path)
    assert response.status_code == status, path
    return response.get_data(as_text=True)


def test_the_root_leads_to_the_visitors_language(visitor: FlaskClient) -> None:
    english = visitor.get("/", headers={"Accept-Language": "en-GB,en;q=0.9"})
    other = visitor.get("/", headers={"Accept-Language": "fr"})
    assert (english.location, other.location) == ("/en/", "/id/")
    assert "Accept-Language" in english.headers["Vary"]


def test_a_chosen_language_is_remembered(visitor: FlaskClient) -> None:
    chosen = visitor.get("/language/en?to=/en/ask")
    assert chosen.location == "/en/ask"
    assert visitor.get("/", headers={"Accept-Language": "id"}).location == "/en/"


def test_a_language_link_leads_to_no_other_site(visitor: FlaskClient) -> None:
    for wanted in ("//evil.example/en/", "https://evil.example/en/", "/\\evil", "/id/ask"):
        assert visitor.get("/language/en", query_string={"to": wanted}).location == "/en/"


def test_home_shows_topics_with_counts_and_new_articles(visitor: FlaskClient) -> None:
    page = text_of(visitor, "/id/")
    assert "Toko Uji" in page
    assert "Pengiriman" in page and "1 artikel" in page
    assert "/id/articles/paket-belum-sampai" in page


def test_staff_and_private_articles_are_listed_nowhere(visitor: FlaskClient) -> None:
    listings = ("/id/", "/id/search?q=catatan+petugas", "/id/search?q=rekening", "/sitemap.xml")
    for path in listings:
        page = text_of(visitor, path)
        assert "khusus-staf" not in page and "khusus-pelanggan" not in page


def test_an_article_is_there_the_moment_another_process_published_it(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", StillClock())
    visitor = site.visitor()
    assert visitor.get("/id/articles/baru").status_code == 404
    key = ArticleKey("id", "baru")
    site.services.library.create(key, "---\ntitle: Baru\n---\nIsi\n", "dewi")
    site.services.library.publish(key, "dewi")
    assert visitor.get("/id/articles/baru").status_code == 200
    site.services.database.close()


def test_a_private_article_opens_with_its_signed_key_only(shared_site: Site) -> None:
    key = ArticleKey("id", "khusus-pelanggan")
    links = shared_site.services.responder.links
    signed = links.article(key, private=True).removeprefix("http://localhost")
    visitor = shared_site.visitor()
    assert visitor.get("/id/articles/khusus-pelanggan").status_code == 404
    assert visitor.get("/id/articles/khusus-pelanggan?key=forged").status_code == 404
    opened = visitor.get(signed)
    assert opened.status_code == 200
    assert opened.headers["Cache-Control"] == "no-store"
    assert "noindex" in opened.get_data(as_text=True)


def test_a_staff_article_never_opens_even_with_a_key(shared_site: Site) -> None:
    links = shared_site.services.responder.links
    signed = links.article(ArticleKey("id", "khusus-staf"), private=True)
    path = signed.removeprefix("http://localhost")
    assert shared_site.visitor().get(path).status_code == 404


def test_an_article_has_contents_translation_and_canonical_address(visitor: FlaskClient) -> None:
    page = text_of(visitor, "/id/articles/paket-belum-sampai")
    assert 'href="#h-baca-riwayat-terakhir"' in page
    assert 'rel="canonical" href="http://localhost/id/articles/paket-belum-sampai"' in page
    assert 'hreflang="en" href="http://localhost/en/articles/parcel-not-arrived"' in page
    assert 'hreflang="x-default" href="http://localhost/id/articles/paket-belum-sampai"' in page
    assert "/language/en?to=/en/articles/parcel-not-arrived" in page


def test_a_short_article_has_no_contents(visitor: FlaskClient) -> None:
    assert "contents-side" not in text_of(visitor, "/id/articles/lupa-kata-sandi")


def test_an_expired_article_says_so(visitor: FlaskClient) -> None:
    page = text_of(visitor, "/id/articles/promo-lama")
    assert "31 Desember 2026" in page and "alert-warning" in page


def test_an_overdue_article_stays_readable_and_says_that_it_is_checked(
    visitor: FlaskClient,
) -> None:
    assert "Kami sedang memeriksa" in text_of(visitor, "/id/articles/perlu-ditinjau")


def test_articles_are_kept_by_browsers_and_asked_for_by_etag(visitor: FlaskClient) -> None:
    first = visitor.get("/id/articles/paket-belum-sampai")
    again = visitor.get(
        "/id/articles/paket-belum-sampai", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert "public" in first.headers["Cache-Control"]
    assert again.status_code == 304
    assert "Set-Cookie" not in first.headers


def test_an_edit_is_seen_at_once(tmp_path: Path, clock: StillClock) -> None:
    site = make_site(tmp_path / "site", clock)
    publish(site, ["id/lupa-kata-sandi"])
    visitor = site.visitor()
    assert "Tekan Lupa" in text_of(visitor, "/id/articles/lupa-kata-sandi")
    key = ArticleKey("id", "lupa-kata-sandi")
    stored = site.services.library.get_article(key)
    source = stored.latest.source.replace("Tekan Lupa", "Pilih Lupa")
    site.services.library.save(key, source, by="dewi", based_on=stored.latest.number)
    assert "Pilih Lupa" not in text_of(visitor, "/id/articles/lupa-kata-sandi")
    site.services.library.publish(key, "dewi")
    time.sleep(LOOK_EVERY_SECONDS)
    assert "Pilih Lupa" in text_of(visitor, "/id/articles/lupa-kata-sandi")


def test_a_renamed_article_redirects_and_an_archived_one_is_gone(
    tmp_path: Path, clock: StillClock
) -> None:
    site = make_site(tmp_path / "site", clock)
    publish(site, ["id/lupa-kata-sandi", "id/promo-lama"])
    library = site.services.library
    library.rename(ArticleKey("id", "lupa-kata-sandi"), "reset-kata-sandi", "dewi")
    library.archive(ArticleKey("id", "promo-lama"), "dewi")
    visitor = site.visitor()
    moved = visitor.get("/id/articles/lupa-kata-sandi")
    assert (moved.status_code, moved.location) == (301, "/id/articles/reset-kata-sandi")
    gone = visitor.get("/id/articles/promo-lama")
    assert gone.status_code == 410
    assert "big-search" in gone.get_data(as_text=True)


def test_search_finds_by_meaning_and_shows_nothing_for_nonsense(visitor: FlaskClient) -> None:
    assert "/id/articles/lupa-kata-sandi" in text_of(visitor, "/id/search?q=lupa+pasword")
    assert "Tidak ada hasil" in text_of(visitor, "/id/search?q=xkcdqq")


def test_search_shows_the_readers_language_of_linked_articles(visitor: FlaskClient) -> None:
    page = text_of(visitor, "/en/search?q=paket+saya+dimana")
    assert "/en/articles/parcel-not-arrived" in page
    assert 'href="/id/articles/paket-belum-sampai"' not in page


def test_search_as_one_types_answers_with_a_part(visitor: FlaskClient) -> None:
    part = visitor.get("/id/search?q=paket", headers={"HX-Request": "true"})
    assert "<html" not in part.get_data(as_text=True)
    assert "HX-Request" in part.headers["Vary"]
    assert "/id/articles/paket-belum-sampai" in text_of(visitor, "/id/suggest?text=paket+belum")
    assert text_of(visitor, "/id/suggest?q=pa").strip() == ""


def test_what_a_visitor_searches_is_never_markup(visitor: FlaskClient) -> None:
    page = text_of(visitor, "/id/search?q=<script>alert(1)</script>")
    assert "<script>alert" not in page


def test_the_sitemap_lists_public_pages_and_robots_names_it(visitor: FlaskClient) -> None:
    sitemap = text_of(visitor, "/sitemap.xml")
    addresses = re.findall("<loc>(.*?)</loc>", sitemap)
    assert "http://localhost/id/articles/paket-belum-sampai" in addresses
    assert "http://localhost/sitemap.xml" in text_of(visitor, "/robots.txt")


def test_unknown_languages_topics_and_articles_are_not_found(visitor: FlaskClient) -> None:
    for path in ("/xx/", "/id/categories/nope", "/id/articles/nope", "/id/articles/BAD_slug"):
        page = text_of(visitor, path, 404)
        assert "big-search" in page


def test_pages_are_small(visitor: FlaskClient) -> None:
    for path in ("/id/", "/id/articles/paket-belum-sampai", "/id/ask", "/id/contact"):
        assert len(text_of(visitor, path)) < 50_000


def test_pages_for_everybody_are_sent_packed(visitor: FlaskClient) -> None:
    packed = visitor.get("/id/", headers={"Accept-Encoding": "gzip, br"})
    plain = visitor.get("/id/")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in plain.headers["Vary"]
