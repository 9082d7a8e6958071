"""Bootstrap Icons, printed into the page: only the icons a page shows are sent."""

import json
from functools import cache
from pathlib import Path

from markupsafe import Markup, escape

ICONS_FILE = Path(__file__).parent / "static" / "vendor" / "bootstrap-icons.json"
FALLBACK = "question-circle"


@cache
def icon_shapes() -> dict[str, str]:
    """Icon name → the inside of its SVG."""
    shapes: dict[str, str] = json.loads(ICONS_FILE.read_text(encoding="utf-8"))
    return shapes


def icon(name: str, label: str = "", css: str = "") -> Markup:
    """An inline SVG; without a label it is decoration and hidden from screen readers."""
    shapes = icon_shapes()
    shape = Markup(shapes.get(name) or shapes[FALLBACK])  # noqa: S704 (vendored, hash-locked)
    named = Markup('role="img" aria-label="{}"').format(label)
    meaning = named if label else Markup('aria-hidden="true"')
    return Markup('<svg class="bi {}" viewBox="0 0 16 16" fill="currentColor" {}>{}</svg>').format(
        escape(css), meaning, shape
    )
