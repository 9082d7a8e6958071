"""A picture put into a text in the portal."""

import html
import io
import re

import pytest
from werkzeug.test import TestResponse, encode_multipart

from tests.web.editor.portal import AT_PAKET, PAKET, Person, form_values
from tests.web.sites import Site
from tests.web.test_pictures import a_picture
from web.editor.picture_views import with_picture

AT_PICTURE = f"{AT_PAKET}/picture"
IN_TEXT = re.compile(r"!\[Resi di \\\[kanan\\\]\]\(/media/([0-9a-f]{24}\.png)\)")


def send(writer: Person, data: bytes, name: str = "resi.png", **fields: str) -> TestResponse:
    picture = (io.BytesIO(data), name)
    sent = {**fields, "alt": fields.get("alt") or "Resi di [kanan]", "picture": picture}
    return writer.post(AT_PICTURE, content_type="multipart/form-data", **sent)


def test_a_picture_joins_the_text_that_was_typed_and_nothing_is_saved(
    site: Site, writer: Person
) -> None:
    form = writer.form(title="Judul baru", body="Satu.\r\n\r\nDua.\r\n")
    response = send(writer, a_picture(), **form, at="2")
    page = response.get_data(as_text=True)
    assert response.status_code == 200
    values = form_values(page)
    assert values["title"] == "Judul baru"
    found = IN_TEXT.search(values["body"])
    assert found is not None
    above, below = values["body"].replace("\r\n", "\n").split(found.group())
    assert (above.strip(), below.strip()) == ("Satu.", "Dua.")
    assert site.services.library.get_article(PAKET).latest.number == 2
    with site.visitor().get(f"/media/{found.group(1)}") as shown:
        assert (shown.status_code, shown.mimetype) == (200, "image/png")
    assert 'alt="Resi di [kanan]"' in html.unescape(page)


def test_a_picture_joins_the_whole_file(site: Site, writer: Person) -> None:
    source = site.services.library.get_article(PAKET).latest.source
    response = send(writer, a_picture(), mode="source", source=source, based_on="2")
    page = html.unescape(response.get_data(as_text=True))
    assert response.status_code == 200
    assert source.rstrip() in page.replace("\r\n", "\n")
    assert IN_TEXT.search(page)


@pytest.mark.parametrize(
    ("data", "fields", "problem"),
    [
        (b"<svg></svg>", {}, "picture-problem"),
        (b"", {}, "picture-problem"),
        (a_picture(), {"alt": " "}, "alt-problem"),
    ],
)
def test_what_is_wrong_is_said_and_the_text_stays(
    site: Site, writer: Person, data: bytes, fields: dict[str, str], problem: str
) -> None:
    response = send(writer, data, **{**writer.form(body="Yang diketik."), **fields})
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert f'id="{problem}"' in page
    assert "Yang diketik." in page
    assert not (site.services.settings.articles_dir / "media").exists()


def test_a_photo_of_a_phone_is_not_too_big_to_send(writer: Person) -> None:
    heavy = a_picture("BMP", size=(900, 900))
    assert len(heavy) > 2 * 1024 * 1024
    sent = {**writer.form(), "csrf_token": writer.token, "alt": "Resi"}
    boundary, body = encode_multipart({**sent, "picture": (io.BytesIO(heavy), "resi.bmp")})
    content_type = f"multipart/form-data; boundary={boundary}"
    response = writer.client.post(AT_PICTURE, data=body, content_type=content_type)
    assert response.status_code == 422
    assert 'id="picture-problem"' in response.get_data(as_text=True)


def test_the_cursor_is_counted_as_browsers_count() -> None:
    assert with_picture("🙏🙏 a\nb\n", "x", "/p", 5) == "🙏🙏 a\n\n![x](/p)\n\nb\n"
    assert with_picture("", "x", "/p", 0) == "![x](/p)\n"
    assert with_picture("a\n", "x", "/p", None) == "a\n\n![x](/p)\n"
