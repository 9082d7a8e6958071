"""The promise is kept: in simulation it breaks no more often than it says."""

import numpy as np
import pytest

from bench.promise import ALLOWED, MEASURED, World, plain_share, simulate, world_of
from responder.promise import (
    GRID,
    Labelled,
    choose,
    counted,
    least_reviews,
    promise,
    wrong_bound,
)
from tests.responder.publicsets import scored


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


def a_world(steepness: float) -> World:
    """Questions whose chance to be right grows with confidence, as `steepness` says."""
    random = np.random.default_rng(11)
    confidences = random.beta(4, 1, 50_000)
    is_right = random.random(len(confidences)) < 1 - (1 - confidences) ** steepness
    return World(confidences, is_right)


def test_many_draws_are_judged_as_one_is() -> None:
    world = a_world(1.5)
    random = np.random.default_rng(3)
    for _ in range(20):
        drawn = random.integers(0, len(world.confidences), 400)
        confidences, is_right = world.confidences[drawn], world.is_right[drawn]
        place = int(choose(*counted(confidences, ~is_right), 0.05))
        reviewed = [Labelled(*pair) for pair in zip(confidences, is_right, strict=True)]
        chosen = promise(reviewed, 0.05).chosen
        assert (chosen.threshold if chosen else None) == (GRID[place] if place >= 0 else None)


@pytest.mark.parametrize("steepness", [1.2, 1.5, 2.0])
@pytest.mark.parametrize("allowed", [0.02, 0.05])
def test_a_promise_is_broken_in_no_more_than_ten_of_a_hundred_draws(
    steepness: float, allowed: float
) -> None:
    found = simulate(a_world(steepness), allowed, reviews=600)
    assert found.broken_share <= 0.10, found.interval


def test_a_wrong_bound_is_caught() -> None:
    assert simulate(a_world(1.5), 0.05, bounds=plain_share).broken_share > 0.10


@pytest.fixture(scope="module", params=MEASURED)
def real_world(request: pytest.FixtureRequest) -> World:
    return world_of(scored(request.param))


@pytest.mark.slow
@pytest.mark.xdist_group("public sets")
def test_on_real_questions_too_and_a_wrong_bound_is_caught_there(real_world: World) -> None:
    kept = [simulate(real_world, allowed) for allowed in ALLOWED]
    assert max(found.made for found in kept) >= 100, "promises that are never made prove nothing"
    assert all(found.broken_share <= 0.10 for found in kept), [f.interval for f in kept]
    plain = [simulate(real_world, allowed, bounds=plain_share) for allowed in ALLOWED]
    assert max(found.broken_share for found in plain) > 0.10
