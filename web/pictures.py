"""Pictures from outside: what is taken, judged by its content, and what of it is kept."""

import hashlib
import io
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from PIL import Image, ImageOps, UnidentifiedImageError

from web.i18n import N_
from web.i18n import gettext as _

SUFFIXES: Mapping[str, str] = MappingProxyType(
    {"PNG": ".png", "JPEG": ".jpg", "WEBP": ".webp", "GIF": ".gif"}
)
MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
WIDEST = (1600, 1600)
PROBLEMS: Mapping[str, str] = MappingProxyType(
    {
        "missing": N_("Choose a picture first."),
        "format": N_("This is not a picture we can use: choose a PNG, JPEG, WebP or GIF file."),
        "bytes": N_("This file is too big: at most %(kilobytes)s kB."),
        "pixels": N_("This picture has too many pixels: make it smaller first."),
    }
)


class UnusablePicture(Exception):
    """No picture, or one that is too big. `reason` is one of PROBLEMS."""

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(reason)
        self.reason, self.facts = reason, facts


def problem_text(unusable: UnusablePicture) -> str:
    return _(PROBLEMS[unusable.reason], **unusable.facts)


def read_picture(data: bytes, *, most_bytes: int = MOST_BYTES) -> Image.Image:
    """Its pixels, all of them read; raises UnusablePicture."""
    if len(data) > most_bytes:
        raise UnusablePicture("bytes", kilobytes=most_bytes // 1024)
    try:
        image = Image.open(io.BytesIO(data), formats=tuple(SUFFIXES))
        if image.width * image.height > MOST_PIXELS:
            raise UnusablePicture("pixels")
        image.load()
    except Image.DecompressionBombError:
        raise UnusablePicture("pixels") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise UnusablePicture("format") from None
    return image


def store_picture(data: bytes, folder: Path) -> str:
    """Its file name, made from what it holds. Raises UnusablePicture."""
    image = read_picture(data)
    kept = _slimmed(image) if _is_heavy(image) else data
    name = hashlib.sha256(kept).hexdigest()[:24] + SUFFIXES[str(image.format)]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(kept)
    return name


def _is_heavy(image: Image.Image) -> bool:
    """Too wide for a page, or a photo, which may tell where and when it was taken."""
    if getattr(image, "is_animated", False):
        return False
    return image.format == "JPEG" or image.width > WIDEST[0] or image.height > WIDEST[1]


def _slimmed(image: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail(WIDEST)
    out = io.BytesIO()
    upright.save(out, str(image.format), quality=85, exif=b"")
    return out.getvalue()
