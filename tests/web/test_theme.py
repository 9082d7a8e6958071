"""Any colour a firm may choose stays readable."""

from hypothesis import given
from hypothesis import strategies as st

from web.theme import (
    DARK_PAGE,
    LEAST_TEXT_CONTRAST,
    WHITE,
    Colour,
    contrast,
    readable,
    solid,
    text_on,
    theme_css,
)

channels = st.integers(min_value=0, max_value=255)
colours = st.builds(Colour, channels, channels, channels)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(Colour(0, 0, 0), WHITE) == 21
    assert round(contrast(Colour.parse("#767676"), WHITE), 2) == 4.54


@given(colours)
def test_text_on_a_button_can_be_read(colour: Colour) -> None:
    fill = solid(colour)
    assert contrast(text_on(fill), fill) >= LEAST_TEXT_CONTRAST


@given(colours)
def test_links_can_be_read_on_light_and_dark_panels(colour: Colour) -> None:
    for page in (WHITE, Colour.parse(DARK_PAGE), colour.mixed(WHITE, 0.9)):
        assert contrast(readable(colour, page), page) >= LEAST_TEXT_CONTRAST


def test_what_is_no_colour_becomes_the_default() -> None:
    assert theme_css("red;}body{display:none") == theme_css("#0f6b5c")
