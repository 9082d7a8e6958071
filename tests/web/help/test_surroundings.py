"""Pictures, theme and icon of the firm."""

from dataclasses import replace

import pytest

from tests.web.sites import Site

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def site(empty_site: Site) -> Site:
    uploaded = empty_site.services.settings.media_dir
    shared = empty_site.services.settings.articles_dir / "media"
    for folder in (uploaded, shared):
        folder.mkdir(parents=True)
    (uploaded / "logo.png").write_bytes(PNG)
    (shared / "langkah.png").write_bytes(PNG)
    (shared / "gambar.svg").write_text("<svg><script>alert(1)</script></svg>")
    (shared.parent / "rahasia.txt").write_text("rahasia")
    return empty_site


def test_pictures_of_articles_are_found_from_their_page(site: Site) -> None:
    visitor = site.visitor()
    for path in ("/media/langkah.png", "/id/media/langkah.png", "/id/articles/media/langkah.png"):
        with visitor.get(path) as shown:
            assert (shown.status_code, shown.mimetype, shown.data) == (200, "image/png", PNG)


def test_a_picture_that_can_hold_scripts_is_saved_not_shown(site: Site) -> None:
    with site.visitor().get("/media/gambar.svg") as saved:
        assert saved.headers["Content-Disposition"] == "attachment"
        assert saved.headers["X-Content-Type-Options"] == "nosniff"


def test_nothing_beside_the_pictures_is_served(site: Site) -> None:
    for name in ("..%2frahasia.txt", "%2e%2e%2frahasia.txt", "..", "none.png", "a%00.png"):
        assert site.visitor().get(f"/media/{name}").status_code in (404, 308), name


def test_the_logo_replaces_the_firms_letter(site: Site) -> None:
    firm = site.services.responder.firm
    assert site.visitor().get("/logo").status_code == 404
    firm.save(replace(firm.get(), logo="logo.png"), "admin@example.com")
    with site.visitor().get("/logo") as shown:
        assert shown.data == PNG
    page = site.visitor().get("/id/").get_data(as_text=True)
    assert 'src="/logo"' in page
    assert 'property="og:image" content="http://localhost/logo"' in page


def test_the_theme_follows_the_firms_colour(site: Site) -> None:
    firm = site.services.responder.firm
    before = site.visitor().get("/theme.css").headers["ETag"]
    firm.save(replace(firm.get(), colour="#7a1fa2"), "admin@example.com")
    theme = site.visitor().get("/theme.css")
    assert "#7a1fa2" in theme.get_data(as_text=True)
    assert theme.headers["ETag"] != before
    assert "#7a1fa2" in site.visitor().get("/favicon.svg").get_data(as_text=True)


def test_a_firms_name_is_text_in_its_icon(site: Site) -> None:
    firm = site.services.responder.firm
    firm.save(replace(firm.get(), name="<b>"), "admin@example.com")
    assert "&lt;</text>" in site.visitor().get("/favicon.svg").get_data(as_text=True)
