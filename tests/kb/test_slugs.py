"""Slugs: from any title, and never the same twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.models import SLUG, ArticleKey
from kb.slugs import FreeKeys, slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Paket saya belum sampai?", "paket-saya-belum-sampai"),
        ("Café & Crème", "cafe-creme"),
        ("日本", "article"),
        (
            "kata " * 30,
            "kata-kata-kata-kata-kata-kata-kata-kata-kata-kata-kata-kata-kata-kata-kata-kata",
        ),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_title_gives_a_slug(title: str, slug: str) -> None:
    assert slug_of(title) == slug


@given(st.text())
def test_every_title_gives_a_valid_slug(title: str) -> None:
    assert SLUG.fullmatch(slug_of(title))


def test_a_slug_is_given_once_per_language() -> None:
    keys = FreeKeys([ArticleKey("id", "a-2")])
    found = [str(keys.claim(lang, "a")) for lang in ("id", "id", "id", "en")]
    assert found == ["id/a", "id/a-3", "id/a-4", "en/a"]
