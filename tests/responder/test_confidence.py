import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.embedders import HashingEmbedder
from kb.index import Rehearsal, Statistics
from kb.matching import match
from kb.models import ArticleKey, Evidence, Hit, HitKind
from kb.rehearsal import rehearsed
from responder.confidence import Calibration, calibrate, candidates
from tests.kb.shelf import SHOP, an_article
from tests.kb.test_index import snapshot_of

EMBEDDER = HashingEmbedder()
FIVE_TITLES = (
    "Cara melacak paket",
    "Metode pembayaran",
    "Mengganti kata sandi",
    "Jam buka toko",
    "Pengembalian barang",
)
SNAPSHOT = rehearsed(snapshot_of(*SHOP))
CALIBRATION = calibrate(SNAPSHOT.statistics)


def statistics_of(kept: list[float], right: list[bool], removed: list[float]) -> Statistics:
    def column(values: list[float]) -> np.ndarray:
        return np.array(values, dtype=np.float32)

    rival = column([0.5] * len(kept))
    rehearsal = Rehearsal(column(kept), rival, np.array(right), column(removed), rival)
    return replace(SNAPSHOT.statistics, rehearsal=rehearsal)


def a_hit(slug: str, relevance: float, kind: HitKind = HitKind.ARTICLE) -> Hit:
    return Hit(ArticleKey("id", slug), kind, slug, relevance, Evidence())


def confidences(*hits: Hit) -> list[float]:
    return [c.confidence for c in candidates(hits, SNAPSHOT, CALIBRATION)]


@given(st.lists(st.floats(-2, 5), min_size=1, max_size=10, unique=True))
def test_confidence_keeps_the_order_of_relevance(relevances: list[float]) -> None:
    ordered = sorted(relevances, reverse=True)
    got = confidences(*(a_hit(f"a{n}", relevance) for n, relevance in enumerate(ordered)))
    assert got == sorted(got, reverse=True)
    assert all(0.0 <= confidence <= 1.0 for confidence in got)


def test_what_is_right_only_when_very_relevant_needs_much_relevance() -> None:
    strict = calibrate(
        statistics_of(
            [1.0, 1.5, 3.5, 4.0] * 30, [False, False, True, True] * 30, [1.5, 2.0, 2.5, 2.5] * 30
        )
    )
    lax = calibrate(statistics_of([1.0, 1.5, 3.5, 4.0] * 30, [True] * 120, [0.2] * 120))
    assert strict.confidence(2.0, 0.5) < 0.5 < lax.confidence(2.0, 0.5)


def test_without_rehearsals_the_prior_is_careful() -> None:
    prior = calibrate(statistics_of([], [], []))
    assert prior.confidence(0.4, 0.3) < 0.1
    assert prior.confidence(2.0, 1.4) < 0.9
    assert prior.confidence(3.0, 0.5) > 0.9


def test_the_more_alike_articles_are_the_more_careful_is_the_prior() -> None:
    nothing = statistics_of([], [], [])

    def confidence_beside(neighbour: float) -> float:
        alike = np.full(60, neighbour, dtype=np.float32)
        rehearsal = replace(nothing.rehearsal, neighbours=alike)
        return calibrate(replace(nothing, rehearsal=rehearsal)).confidence(2.2, 1.8)

    assert confidence_beside(1.8) < confidence_beside(1.1) < confidence_beside(0.4)


def test_five_articles_of_titles_alone_are_answered_carefully() -> None:
    titles = [an_article(f"a{n}", title) for n, title in enumerate(FIVE_TITLES)]
    snapshot = rehearsed(snapshot_of(*titles))
    calibration = calibrate(snapshot.statistics)

    def confidence(text: str) -> float:
        [hits] = match(snapshot, [text], EMBEDDER.embed_questions([text]))
        return candidates(hits, snapshot, calibration)[0].confidence

    assert confidence("Cara melacak paket") > 0.9
    assert confidence("harga emas hari ini berapa ya") < 0.5


def test_one_article_alone_gives_a_finite_curve() -> None:
    alone = rehearsed(snapshot_of(SHOP[0]))
    calibration = calibrate(alone.statistics)
    assert 0.0 < calibration.confidence(1.5, -np.inf) < 1.0


def test_a_calibration_is_json_and_names_what_it_was_fitted_to() -> None:
    again = Calibration.from_json(json.loads(json.dumps(CALIBRATION.to_json())))
    assert again == CALIBRATION
    assert again.fingerprint == SNAPSHOT.statistics.fingerprint
    assert again.rehearsed == 9


def test_a_route_wins_only_on_strong_evidence() -> None:
    weak, strong = (a_hit("greeting", r, HitKind.ROUTE) for r in (1.4, 2.8))
    assert confidences(strong, a_hit("a", 0.4))[0] > 0.9
    assert confidences(a_hit("a", 3.2), strong)[1] < 0.6
    assert confidences(weak, a_hit("a", 1.2))[0] < 0.2
    assert confidences(a_hit("greeting", 0.9, HitKind.ROUTE), a_hit("a", 0.1))[0] < 0.2


def test_a_route_is_held_against_what_an_article_says_not_against_its_head() -> None:
    route = a_hit("person", 2.8, HitKind.ROUTE)
    article = replace(a_hit("hubungi", 3.0), evidence=Evidence(head_probability=1, head_fit=0.6))
    ranked = candidates([article, route], SNAPSHOT, CALIBRATION)
    assert [candidate.key.slug for candidate in ranked] == ["person", "hubungi"]
    assert ranked[0].confidence > 0.9


def test_candidates_carry_the_signals_and_whether_they_are_new() -> None:
    text = "gratis ongkir ga"
    hits = match(SNAPSHOT, [text], EMBEDDER.embed_questions([text]))[0]
    best = candidates(hits, SNAPSHOT, CALIBRATION)[0]
    assert best.features["word_cosine"] == pytest.approx(1.0, abs=1e-3)
    assert not best.is_new
    assert candidates([a_hit("baru", 1.0)], SNAPSHOT, CALIBRATION)[0].is_new
