"""A firm's logo: a picture from outside, drawn anew so that only pixels come in."""

import hashlib
import io
from pathlib import Path

from PIL import Image, UnidentifiedImageError

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MOST_BYTES = 900 * 1024
MOST_PIXELS = 40_000_000
SHOWN = (512, 512)


class UnusableLogo(Exception):
    """Not a picture, or one that is too big. `reason` is one of format, bytes, pixels."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def store_logo(data: bytes, media_dir: Path) -> str:
    """Write it as PNG, at most 512 pixels wide and high; its file name in the media folder."""
    picture = _redrawn(data)
    name = f"logo-{hashlib.sha256(picture).hexdigest()[:16]}.png"
    media_dir.mkdir(parents=True, exist_ok=True)
    (media_dir / name).write_bytes(picture)
    return name


def _redrawn(data: bytes) -> bytes:
    if len(data) > MOST_BYTES:
        raise UnusableLogo("bytes")
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise UnusableLogo("pixels")
            drawn = image.convert("RGBA")
    except Image.DecompressionBombError:
        raise UnusableLogo("pixels") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise UnusableLogo("format") from None
    drawn.thumbnail(SHOWN)
    out = io.BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue()
