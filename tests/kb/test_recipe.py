import pytest

from kb.passages import Passage, PassageKind
from kb.recipe import Recipe

RECIPE = Recipe("e", {"gmn": "bagaimana", "brp": "berapa", "gimana": "bagaimana", "b4": "before"})


@pytest.mark.parametrize("text", ["GMN CARA REFUND", "Gmn Cara Refund", "gmnnn caraaa refund"])
def test_shouting_and_stretching_change_nothing(text: str) -> None:
    assert RECIPE.wording(text) == "bagaimana cara refund"


def test_the_embedder_reads_colloquial_words_as_they_are() -> None:
    assert RECIPE.wording("Gimana caranya, brp lama? b4 2025") == (
        "gimana caranya, berapa lama? b4 2025"
    )
    assert RECIPE.lexical_text("gimana") == "bagaimana"


def test_numbers_are_no_stretched_words() -> None:
    assert RECIPE.wording("Rp 1000000 (COD 555)") == "rp 1000000 (cod 555)"


def test_sections_are_embedded_as_they_are_written() -> None:
    section = Passage(PassageKind.SECTION, "Bayar di Tempat (COD), brp pun.", "Cara Bayar")
    assert RECIPE.as_embedded(section) is section


def test_another_lexicon_is_another_recipe() -> None:
    assert Recipe("e", {}).name != RECIPE.name
    assert Recipe("e", dict(sorted(RECIPE.slang.items(), reverse=True))).name == RECIPE.name
