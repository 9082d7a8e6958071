"""The promise is kept: in simulation it breaks no more often than it says."""

import numpy as np
import pytest

from responder import promise as module
from responder.promise import Labelled, least_reviews, promise, wrong_bound

DRAWS = 1_000


def test_two_in_a_hundred_takes_114_faultless_reviews() -> None:
    assert least_reviews(0.02) == 114
    assert wrong_bound(0, 114) <= 0.02 < wrong_bound(0, 113)


def test_the_bound_is_the_textbook_one() -> None:
    assert wrong_bound(3, 100) == pytest.approx(0.0656, abs=1e-3)
    assert wrong_bound(0, 0) == 1.0
    assert wrong_bound(5, 5) == 1.0


def test_too_little_evidence_promises_nothing_and_says_how_much_is_missing() -> None:
    outcome = promise([Labelled(0.99, True)] * 50, 0.02)
    assert outcome.chosen is None
    assert outcome.missing == 64


def test_enough_faultless_evidence_gives_the_lowest_threshold_that_holds() -> None:
    sure = [Labelled(0.9, True)] * 300
    unsure = [Labelled(0.6, False)] * 50
    chosen = promise(sure + unsure, 0.02).chosen
    assert chosen is not None
    assert 0.6 < chosen.threshold <= 0.9
    assert chosen.wrong == 0


@pytest.mark.parametrize("allowed", [0, 1, -0.1])
def test_a_share_outside_zero_and_one_is_refused(allowed: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        promise([], allowed)


class World:
    """Questions whose true chance to be right grows with confidence, as `steepness` says."""

    def __init__(self, seed: int, steepness: float) -> None:
        self.random, self.steepness = np.random.default_rng(seed), steepness

    def chance_right(self, confidence: np.ndarray) -> np.ndarray:
        return 1 - (1 - confidence) ** self.steepness

    def draw(self, count: int) -> list[Labelled]:
        confidence = self.random.beta(4, 1, count)
        is_right = self.random.random(count) < self.chance_right(confidence)
        return [Labelled(float(c), bool(r)) for c, r in zip(confidence, is_right, strict=True)]

    def true_wrong_share(self, threshold: float) -> float:
        confidence = self.random.beta(4, 1, 200_000)
        answered = confidence[confidence >= threshold]
        return float((1 - self.chance_right(answered)).mean())


def broken_share(steepness: float, allowed: float = 0.02, count: int = 600) -> float:
    world = World(seed=7, steepness=steepness)
    truth = {t: world.true_wrong_share(t) for t in module.GRID}
    broken = 0
    for _ in range(DRAWS):
        chosen = promise(world.draw(count), allowed).chosen
        broken += chosen is not None and truth[chosen.threshold] > allowed
    return broken / DRAWS


@pytest.mark.slow
@pytest.mark.parametrize("steepness", [1.2, 1.5, 2.0])
def test_the_promise_is_broken_in_no_more_than_ten_of_a_hundred_draws(steepness: float) -> None:
    assert broken_share(steepness) <= 0.10


@pytest.mark.slow
def test_a_wrong_bound_would_be_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        module, "wrong_bound", lambda wrong, answers, certainty: wrong / max(answers, 1)
    )
    assert broken_share(1.5) > 0.10
