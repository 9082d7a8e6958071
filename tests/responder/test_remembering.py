"""A repeated question is answered from memory, and never out of date."""

from dataclasses import replace
from pathlib import Path

import pytest

from kb import search
from kb.embedders import HashingEmbedder
from kb.search import Searcher
from responder.confidence import Calibration
from responder.searching import SearchedKnowledge
from tests.kb.shelf import SHOP, ShelfSource, an_article

ASKED = "refund berapa lama ya"


class Stored:
    """What the newest stored calibration is."""

    def __init__(self) -> None:
        self.calibration: Calibration | None = None

    def find(self) -> Calibration | None:
        return self.calibration


@pytest.fixture(autouse=True)
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "CHECK_SECONDS", 0.0)


@pytest.fixture
def source() -> ShelfSource:
    return ShelfSource(*SHOP)


@pytest.fixture
def searcher(tmp_path: Path, source: ShelfSource) -> Searcher:
    return Searcher(tmp_path / "index.db", source, HashingEmbedder, dict)


def test_what_is_remembered_equals_what_is_worked_out(searcher: Searcher) -> None:
    knowledge = SearchedKnowledge(searcher)
    first = knowledge.find(ASKED)
    assert knowledge.find(ASKED) is first
    assert SearchedKnowledge(searcher).find(ASKED).candidates == first.candidates
    languages = ["id", "en"]
    assert knowledge.find_language(ASKED, languages) == knowledge.find_language(ASKED, languages)


def test_a_new_calibration_is_in_force_for_a_repeated_question(searcher: Searcher) -> None:
    stored = Stored()
    knowledge = SearchedKnowledge(searcher, stored.find)
    knowledge._stored._max_age_seconds = 0.0
    before = knowledge.find(ASKED).candidates[0]
    stored.calibration = replace(knowledge.calibration(), slope=0.0, intercept=-4.0)
    after = knowledge.find(ASKED).candidates[0]
    assert after.key == before.key
    assert after.confidence == pytest.approx(0.018, abs=0.001) != before.confidence


def test_a_published_article_answers_a_repeated_question(
    searcher: Searcher, source: ShelfSource
) -> None:
    knowledge = SearchedKnowledge(searcher)
    assert knowledge.find(ASKED).candidates[0].key.slug == "refund"
    source.put(an_article("lama", "Refund berapa lama ya?", ASKED))
    found = knowledge.find(ASKED)
    assert found.candidates[0].key.slug == "lama"
    assert found.shelf.articles.keys() >= {found.candidates[0].key}
