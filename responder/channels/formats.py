"""What fits on each channel: length in the channel's own unit, and what a page shows on its own."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from responder.errors import UnknownChannel

X_URL_WEIGHT = 23
X_LINK = re.compile(
    r"https?://\S+|(?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}\b(?:/\S*)?", re.IGNORECASE
)
X_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))


@dataclass(frozen=True, slots=True)
class Format:
    """`limit` counts by `measure`; None is endless. With `has_parts` the page or program at the
    other end shows link, choices and disclosure itself, so they are not put into the text."""

    name: str
    limit: int | None = None
    measure: Callable[[str], int] = len
    has_parts: bool = False
    # everybody reads along, whatever the caller says
    is_public: bool = False

    def fits(self, text: str) -> bool:
        return self.limit is None or self.measure(text) <= self.limit


def x_weight(text: str) -> int:
    """Length on X: a link weighs 23, most letters 1, emoji and East Asian letters 2.

    Something that only looks like a link counts as the heavier of both.
    """
    weight, reached = 0, 0
    for match in X_LINK.finditer(text):
        found = match.group()
        is_link = found.startswith(("http://", "https://"))
        weight += _letters_weight(text[reached : match.start()])
        weight += X_URL_WEIGHT if is_link else max(X_URL_WEIGHT, _letters_weight(found))
        reached = match.end()
    return weight + _letters_weight(text[reached:])


def _letters_weight(text: str) -> int:
    return sum(1 if any(a <= ord(char) <= b for a, b in X_LIGHT) else 2 for char in text)


def utf8_bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        Format("web", has_parts=True),
        Format("widget", has_parts=True),
        Format("api", has_parts=True),
        Format("email"),
        Format("outbox"),
        Format("x", 280, x_weight, is_public=True),
        Format("x_dm", 10_000),
        Format("telegram", 4096, utf16_units),
        Format("whatsapp", 4096),
        Format("messenger", 2000, utf8_bytes),
        Format("facebook", 8000, is_public=True),
        Format("instagram", 1000, utf8_bytes),
        Format("instagram_comment", 300, is_public=True),
        Format("linkedin", 1250, is_public=True),
    )
}


def get_format(channel: str) -> Format:
    found = FORMATS.get(channel)
    if found is None:
        raise UnknownChannel(channel)
    return found


def channel_limits() -> dict[str, tuple[int, Callable[[str], int]]]:
    """Limit and measure of every channel that has one; for checks when an article is saved."""
    return {
        name: (form.limit, form.measure) for name, form in FORMATS.items() if form.limit is not None
    }
