"""What is looked at in full in a large index: the answers are those of the whole."""

import json
from collections.abc import Iterable
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from kb import shortlist, sketch, starter
from kb.building import build_snapshot
from kb.embedders import HashingEmbedder
from kb.folder import read_folder
from kb.index import IndexSnapshot, entries_of
from kb.matching import match
from kb.models import Article, ArticleKey, Hit, HitKind, PublishedArticle, Route
from kb.semantic import centred, fit_head
from kb.shortlist import shortlisted
from kb.text import normalise
from kb.vectors import MemoryVectors
from tests.kb.shelf import GREETING
from tests.outside import eval_dir, needs

EMBEDDER = HashingEmbedder()
THINGS = ("wajan", "sprei", "blender", "lampu meja", "rice cooker", "jam dinding", "bantal", "oven")
SETS = {
    "stackfaq": ("kb", "queries"),
    "feedbackqa_who": ("kb", "queries"),
    "helpcenter_npm": ("kb", "queries"),
    "id_unwaha_kampus": ("kb", "queries"),
    "id_stif_informal": ("kb", "queries"),
    "clinc150": ("kb_10shot", "queries"),
    "hint3_sofmattress": ("kb_v1", "queries_v1"),
}
ASKED_OF_EACH = 60


def built(articles: Iterable[Article], routes: Iterable[Route] = ()) -> IndexSnapshot:
    entries = entries_of([PublishedArticle(article) for article in articles], routes)
    return build_snapshot(entries, {}, EMBEDDER, MemoryVectors())


def hits(snapshot: IndexSnapshot, text: str) -> tuple[Hit, ...]:
    text = normalise(text)
    return match(snapshot, [text], EMBEDDER.embed_questions([text]))[0]


@pytest.fixture(scope="module")
def shop() -> IndexSnapshot:
    source = [a for a in read_folder(starter.path()).articles if a.key.lang == "id"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sketch, "SMALLEST_INDEX", 1000)
        return built(
            (
                Article(
                    ArticleKey("id", f"{article.key.slug}-{number}"),
                    f"{article.title}: {thing}",
                    questions=tuple(f"{question} {thing}" for question in article.questions[:4]),
                )
                for number, (thing, article) in enumerate(product(THINGS, source))
            ),
            [GREETING],
        )


@pytest.fixture
def asked() -> list[str]:
    source = [a for a in read_folder(starter.path()).articles if a.key.lang == "id"]
    return [
        f"kak, {article.questions[-1]} {THINGS[number % len(THINGS)]} gimana"
        for number, article in enumerate(source)
    ]


def test_a_shortlist_gives_the_answers_of_the_whole(
    shop: IndexSnapshot, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shortlist, "LONGEST", 60)
    whole = replace(shop, sketch=None)
    for text in [*asked, "halo kak", "selamat pagi", "xyzzy", "🙂"]:
        assert_same(hits(shop, text), hits(whole, text))


def assert_same(short: tuple[Hit, ...], whole: tuple[Hit, ...]) -> None:
    """The same best, with all that its confidence depends on."""
    assert [hit.key for hit in short[:2]] == [hit.key for hit in whole[:2]]
    for one, other in zip(short[:2], whole[:2], strict=True):
        assert one.relevance == pytest.approx(other.relevance, abs=1e-5)
        assert one.doubt == other.doubt


def test_a_shortlist_holds_few_articles_and_every_route(
    shop: IndexSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shortlist, "LONGEST", 60)
    text = "ongkir wajan ke bandung"
    short = shortlisted(shop, text, EMBEDDER.embed_questions([text])[0])
    kinds = [entry.kind for entry in short.entries]
    assert (kinds.count(HitKind.ARTICLE), kinds.count(HitKind.ROUTE)) == (60, 1)
    assert len(short.vectors) == short.layout.counts.sum() < len(shop.vectors)


def test_an_article_that_alone_holds_most_passages_makes_the_whole_cheaper(
    shop: IndexSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shortlist, "WORTH_IT", 0.0)
    assert shortlisted(shop, "wajan", EMBEDDER.embed_questions(["wajan"])[0]) is shop


def test_a_small_index_has_no_sketch() -> None:
    assert built([Article(ArticleKey("id", "a"), "Ongkir")]).sketch is None


def test_a_head_among_few_classes_says_what_the_whole_head_says() -> None:
    chance = np.random.default_rng(5)
    rows = centred(chance.standard_normal((60, 16)).astype(np.float32), np.zeros(16, np.float32))
    labels = [f"class {number % 20:02d}" for number in range(60)]
    head = fit_head(rows, labels, np.ones(60, dtype=np.bool_))
    assert head is not None
    question = rows[7:8]
    chosen = np.array([2, 7, 11])
    few = head.among(chosen, question[0], head.logits(question)[0])
    assert few.classes == ("class 02", "class 07", "class 11")
    expected = head.probabilities(question)[:, chosen]
    assert few.probabilities(question) == pytest.approx(expected, rel=1e-5)
    whole = head.discriminant.probabilities(question)[:, chosen]
    assert few.discriminant.probabilities(question) == pytest.approx(whole, rel=1e-5)
    assert few.fitted(question) == pytest.approx(head.fitted(question)[:, chosen], rel=1e-5)


@pytest.mark.slow
def test_a_shortlist_gives_the_answers_of_the_whole_on_public_sets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = needs(eval_dir())
    monkeypatch.setattr(sketch, "SMALLEST_INDEX", 1000)
    monkeypatch.setattr("kb.semantic.MOST_CELLS", 0)  # the logistic regression alone takes a minute
    articles = [a for name, (kb, _) in SETS.items() for a in articles_of(folder / name, kb)]
    snapshot = built(articles, [GREETING])
    whole = replace(snapshot, sketch=None)
    for name, (_, questions) in SETS.items():
        rows = (folder / name / f"{questions}.jsonl").read_text(encoding="utf-8").splitlines()
        for row in rows[:: max(len(rows) // ASKED_OF_EACH, 1)]:
            text = json.loads(row)["text"]
            assert_same(hits(snapshot, text), hits(whole, text))


def articles_of(folder: Path, kb: str) -> Iterable[Article]:
    name = folder.name.replace("_", "-")
    lines = (folder / f"{kb}.jsonl").read_text(encoding="utf-8").splitlines()
    for number, row in enumerate(map(json.loads, lines)):
        yield Article(
            ArticleKey("en", f"{name}-{number}"),
            row["title"],
            body=row.get("body") or "",
            questions=tuple(row.get("variants") or ()),
        )
