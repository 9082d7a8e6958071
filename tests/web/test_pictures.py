"""Pictures from outside are judged by what they hold."""

import io
from pathlib import Path

import pytest
from PIL import Image

from web.pictures import MOST_BYTES, UnusablePicture, store_picture

GPS = 0x8825
ORIENTATION = 0x0112


def a_picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#0b5ed7").save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "suffix"), [("PNG", ".png"), ("JPEG", ".jpg"), ("WEBP", ".webp"), ("GIF", ".gif")]
)
def test_the_name_follows_from_the_content(tmp_path: Path, kind: str, suffix: str) -> None:
    first, again = (store_picture(a_picture(kind), tmp_path) for _ in range(2))
    assert first == again
    assert Path(first).suffix == suffix
    with Image.open(tmp_path / first) as kept:
        assert (kept.format, kept.size) == (kind, (40, 20))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "format"),
        (b"%PDF-1.7", "format"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "format"),
        (a_picture()[:60], "format"),
        (a_picture("BMP"), "format"),
        (b"", "format"),
        (b"\0" * (MOST_BYTES + 1), "bytes"),
        (a_picture(size=(7000, 6000)), "pixels"),
    ],
)
def test_what_is_no_fitting_picture_is_not_kept(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(UnusablePicture) as refused:
        store_picture(data, tmp_path)
    assert refused.value.reason == reason
    assert list(tmp_path.iterdir()) == []


def test_a_photo_stands_upright_and_tells_no_place(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[1] = "S"
    name = store_picture(a_picture("JPEG", exif=exif), tmp_path)
    with Image.open(tmp_path / name) as kept:
        assert kept.size == (20, 40)
        assert dict(kept.getexif()) == {}
        assert not kept.getexif().get_ifd(GPS)


def test_a_wide_picture_becomes_as_wide_as_a_page(tmp_path: Path) -> None:
    name = store_picture(a_picture(size=(3200, 1000)), tmp_path)
    with Image.open(tmp_path / name) as kept:
        assert kept.size == (1600, 500)


def test_moving_pictures_keep_moving(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    name = store_picture(out.getvalue(), tmp_path)
    assert (tmp_path / name).read_bytes() == out.getvalue()
