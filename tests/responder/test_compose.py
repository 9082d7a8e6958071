"""Texts that fit their channel; the link survives every cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.models import ArticleKey
from responder.channels.formats import FORMATS, channel_limits, get_format, utf8_bytes, x_weight
from responder.compose import ELLIPSIS, cut, fit, numbered, short_answer
from tests.responder.builders import PARCEL, an_article

LIMITED = sorted(name for name, form in FORMATS.items() if form.limit is not None)
LINK = "https://bantuan.toko-lentera.id/id/articles/paket-belum-sampai"
TEXTS = st.text(
    st.one_of(
        st.sampled_from("abcde fghij klm. no, pq\n"),
        st.sampled_from("e\u0301\U0001f44d\U0001f468\u200d\U0001f469\u4f60\u597d toko.id "),
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]),
    ),
    max_size=900,
)


@given(name=st.sampled_from(LIMITED), body=TEXTS, disclosure=st.text(max_size=60))
def test_no_text_is_ever_too_long_and_the_link_survives(
    name: str, body: str, disclosure: str
) -> None:
    form = FORMATS[name]
    text = fit(body, form, link=LINK, disclosure=disclosure)
    assert form.fits(text)
    assert LINK in text


@given(name=st.sampled_from(LIMITED), body=TEXTS)
def test_a_text_that_fits_is_left_whole(name: str, body: str) -> None:
    form = FORMATS[name]
    whole = fit(body, form, link=LINK)
    if form.fits(f"{body} {LINK}"):
        assert whole.startswith(body)
    else:
        assert ELLIPSIS in whole or whole == LINK


@given(text=TEXTS, limit=st.integers(1, 300))
def test_a_cut_ends_on_a_beginning_of_the_text(text: str, limit: int) -> None:
    shortened = cut(text, lambda piece: len(piece) <= limit)
    assert len(shortened) <= limit
    assert text.startswith(shortened.removesuffix(ELLIPSIS))


@given(
    titles=st.lists(TEXTS.filter(str.strip), min_size=1, max_size=3),
    name=st.sampled_from(LIMITED),
)
def test_titles_to_choose_from_fit_too(titles: list[str], name: str) -> None:
    form = FORMATS[name]
    text = numbered("Yang mana?", titles, "Balas dengan nomor.", form)
    assert form.fits(text)


def test_a_cut_keeps_whole_words() -> None:
    assert cut("satu dua tiga empat", lambda text: len(text) <= 12) == "satu dua…"


def test_no_cut_leaves_half_a_sign() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert cut(f"{family}{family}", lambda text: len(text) <= 7) == f"{family}{ELLIPSIS}"
    assert cut("e\u0301e\u0301e\u0301", lambda text: len(text) <= 4) == f"e\u0301{ELLIPSIS}"


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("halo", 4),
        ("\u4f60\u597d", 4),
        ("\U0001f44d", 2),
        (f"lihat {LINK}", 6 + 23),
        ("https://a.id", 23),
        ("toko.id", 23),
        ("tulis ke budi", 13),
        ("", 0),
    ],
)
def test_lengths_on_x_are_weighed(text: str, weight: int) -> None:
    assert x_weight(text) == weight


def test_instagram_counts_bytes() -> None:
    assert utf8_bytes("é\U0001f44d") == 6
    assert get_format("instagram").measure("é") == 2


def test_every_limit_is_given_to_whoever_checks_articles() -> None:
    assert channel_limits()["x"][0] == 280
    assert set(channel_limits()) == set(LIMITED)


def test_the_channels_own_text_comes_first_then_answer_then_paragraph_then_title() -> None:
    body = "# Judul\n\nParagraf **pertama** di [sini](/id).\n\nKedua."
    full = an_article(PARCEL, "Judul", body=body, channels={"x": "Singkat."}).article
    assert short_answer(full, "x") == "Singkat."
    assert short_answer(full, "web") == "Jawaban paket-belum-sampai."
    plain = an_article(PARCEL, "Judul", answer=None, body=body).article
    assert short_answer(plain, "web") == "Paragraf pertama di sini."
    bare = an_article(ArticleKey("id", "kosong"), "Judul", answer=None).article
    assert short_answer(bare, "web") == "Judul"


def test_a_page_gets_the_words_alone() -> None:
    web = get_format("web")
    assert fit("Halo.", web, link=LINK, disclosure="Otomatis.") == "Halo."


def test_what_does_not_fit_first_is_the_end_of_the_words_then_the_disclosure() -> None:
    form = get_format("instagram_comment")
    text = fit("kata " * 100, form, link=LINK, disclosure="Jawaban otomatis.")
    assert text.endswith(f"… {LINK} Jawaban otomatis.")
    long = fit("kata " * 100, form, link=LINK, disclosure="x" * 240)
    assert "x" * 240 not in long
    assert long.endswith(LINK)
