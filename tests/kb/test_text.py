from hypothesis import given
from hypothesis import strategies as st

from kb.text import has_words, merged_slang, normalise, spelt_out, words


def test_invisible_and_direction_characters_do_not_count() -> None:
    assert normalise("pa\u200bket\u202e saya\u00ad") == "paket saya"


def test_wide_letters_and_ligatures_become_plain_ones() -> None:
    assert normalise("Ｒｅｆｕｎｄ ﬁx") == "Refund fix"


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_words_are_lower_case() -> None:
    assert words("Gmn cr-nya, Min?") == ["gmn", "cr", "nya", "min"]


def test_slang_is_spelt_out_and_stretched_letters_are_cut() -> None:
    assert spelt_out("GMN cr byrrrr", {"gmn": "bagaimana", "cr": "cara", "byr": "bayar"}) == (
        "bagaimana cara bayar"
    )


def test_a_form_that_two_languages_spell_differently_stays() -> None:
    assert merged_slang({"id": {"u": "untuk", "yg": "yang"}, "en": {"u": "you"}}) == {"yg": "yang"}


def test_a_form_that_stands_for_another_is_spelt_out_to_the_end() -> None:
    forms = {"gmna": "gimana", "gimana": "bagaimana", "ayam": "telur", "telur": "ayam", "ok": "ok"}
    assert merged_slang({"id": forms}) == {
        "gmna": "bagaimana",
        "gimana": "bagaimana",
        "ayam": "ayam",
        "telur": "telur",
        "ok": "ok",
    }
    assert merged_slang({"id": {"a": "b"}, "en": {"b": "c"}}) == {"a": "b", "b": "c"}


def test_punctuation_and_emoji_are_no_words() -> None:
    assert not has_words("?!… \u200b 🙏 ___")
    assert has_words("a")
