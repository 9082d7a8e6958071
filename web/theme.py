"""A firm's colour made into a readable theme: contrast is computed, never hoped for."""

import hashlib
import re
from dataclasses import dataclass

HEX = re.compile(r"#[0-9a-fA-F]{6}")
DEFAULT_BRAND = "#0f6b5c"
DARK_PAGE = "#14191c"
INK = "#10201d"
LEAST_TEXT_CONTRAST = 4.5
STEP = 0.04


@dataclass(frozen=True, slots=True)
class Colour:
    """Channels 0 to 255."""

    red: int
    green: int
    blue: int

    @classmethod
    def parse(cls, text: str) -> "Colour":
        """`#rrggbb`; anything else becomes the default brand colour."""
        value = text.strip() if HEX.fullmatch(text.strip()) else DEFAULT_BRAND
        return cls(*(int(value[i : i + 2], 16) for i in (1, 3, 5)))

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def rgb(self) -> str:
        return f"{self.red}, {self.green}, {self.blue}"

    @property
    def luminance(self) -> float:
        """WCAG 2.2 relative luminance, 0 to 1."""
        return sum(
            weight * _linear(channel / 255)
            for weight, channel in zip(
                (0.2126, 0.7152, 0.0722), (self.red, self.green, self.blue), strict=True
            )
        )

    def mixed(self, other: "Colour", share: float) -> "Colour":
        """This colour with `share` (0 to 1) of the other in it."""
        return Colour(
            *(
                round(mine * (1 - share) + theirs * share)
                for mine, theirs in (
                    (self.red, other.red),
                    (self.green, other.green),
                    (self.blue, other.blue),
                )
            )
        )


WHITE, BLACK = Colour(255, 255, 255), Colour(0, 0, 0)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def contrast(one: Colour, other: Colour) -> float:
    """WCAG 2.2 contrast ratio, 1 to 21."""
    lighter, darker = sorted((one.luminance, other.luminance), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def text_on(background: Colour) -> Colour:
    """White or near-black, whichever reads better on it."""
    ink = Colour.parse(INK)
    return WHITE if contrast(WHITE, background) >= contrast(ink, background) else ink


def readable(colour: Colour, page: Colour) -> Colour:
    """The colour moved towards black or white until it can be read as text on the page."""
    goal = BLACK if page.luminance > 0.5 else WHITE
    share = 0.0
    while contrast(colour.mixed(goal, share), page) < LEAST_TEXT_CONTRAST:
        share += STEP
    return colour.mixed(goal, share)


def solid(colour: Colour) -> Colour:
    """The colour for filled buttons: darkened until its text reaches the contrast for text."""
    share = 0.0
    while contrast(text_on(colour.mixed(BLACK, share)), colour.mixed(BLACK, share)) < (
        LEAST_TEXT_CONTRAST
    ):
        share += STEP
    return colour.mixed(BLACK, share)


def theme_css(brand: str) -> str:
    """The custom properties that site.css draws with, for light and dark pages."""
    colour = Colour.parse(brand)
    fill = solid(colour)
    tint = colour.mixed(WHITE, 0.9)
    # links are also read on the tinted panels, the darker of the light backgrounds
    light = _scheme(fill, readable(colour, tint), tint, WHITE)
    dark_page = Colour.parse(DARK_PAGE)
    dark_tint = dark_page.mixed(colour, 0.22)
    dark = _scheme(fill, readable(colour, dark_tint), dark_tint, dark_page)
    return (
        f":root,[data-bs-theme=light]{{{light}}}\n"
        f"[data-bs-theme=dark]{{{dark}}}\n"
        f".hero{{{_hero(fill)}}}\n"
    )


def _scheme(fill: Colour, link: Colour, tint: Colour, page: Colour) -> str:
    goal = BLACK if text_on(fill) == WHITE else WHITE
    hover = fill.mixed(goal, 0.12)
    values = {
        "--jw-fill": str(fill),
        "--jw-fill-hover": str(hover),
        "--jw-on-fill": str(text_on(fill)),
        "--jw-brand-text": str(link),
        "--jw-brand-text-hover": str(link.mixed(BLACK if page == WHITE else WHITE, 0.2)),
        "--jw-tint": str(tint),
        "--bs-primary": str(fill),
        "--bs-primary-rgb": fill.rgb,
        "--bs-link-color": str(link),
        "--bs-link-color-rgb": link.rgb,
        "--bs-link-hover-color-rgb": link.rgb,
    }
    return "".join(f"{name}:{value};" for name, value in values.items())


def _hero(fill: Colour) -> str:
    on_fill = text_on(fill)
    deep = fill.mixed(BLACK if on_fill == WHITE else WHITE, 0.28)
    return f"--jw-hero-from:{deep};--jw-hero-to:{fill};--jw-on-hero:{on_fill};"


def version_of(css: str) -> str:
    return hashlib.sha256(css.encode()).hexdigest()[:12]
