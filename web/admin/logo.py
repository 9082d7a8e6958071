"""A firm's logo: a picture from outside, drawn anew so that only pixels come in."""

import hashlib
import io
from pathlib import Path

from web.pictures import read_picture

MOST_BYTES = 900 * 1024
SHOWN = (512, 512)


def store_logo(data: bytes, media_dir: Path) -> str:
    """Write it as PNG, at most 512 pixels wide and high; its file name in the media folder.

    Raises UnusablePicture.
    """
    drawn = read_picture(data, most_bytes=MOST_BYTES).convert("RGBA")
    drawn.thumbnail(SHOWN)
    out = io.BytesIO()
    drawn.save(out, "PNG", optimize=True)
    name = f"logo-{hashlib.sha256(out.getvalue()).hexdigest()[:16]}.png"
    media_dir.mkdir(parents=True, exist_ok=True)
    (media_dir / name).write_bytes(out.getvalue())
    return name
