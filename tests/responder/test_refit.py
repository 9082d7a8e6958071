"""Confidence refitted to labels: a few hardly move it, three hundred decide."""

import json
from itertools import pairwise

import numpy as np
import pytest

from bench.calibration import MEASURED, TARGET, TARGET_AT, error_after
from responder.confidence import KNOTS, Calibration
from responder.evaluation.metrics import Scored, excess_calibration_error
from responder.models import ReplyKind
from responder.refit import Observation, refitted
from tests.responder.publicsets import scored

LABEL_FREE = Calibration(slope=2.0, intercept=-1.0, rehearsed=50, fingerprint="a" * 16)


def world(count: int, seed: int) -> list[tuple[float, bool]]:
    """Log-odds and outcome, where the label-free confidence is far too bold."""
    random = np.random.default_rng(seed)
    log_odds = random.normal(1.5, 2.0, count)
    is_right = random.random(count) < 1 / (1 + np.exp(-(0.5 * log_odds - 1.5)))
    return [(float(x), bool(y)) for x, y in zip(log_odds, is_right, strict=True)]


def excess(calibration: Calibration, rows: list[tuple[float, bool]]) -> float:
    return excess_calibration_error(
        [
            Scored(True, y, y, ReplyKind.ANSWER, calibration.confidence_at_log_odds(x))
            for x, y in rows
        ]
    )


def fitted(count: int, seed: int) -> Calibration:
    return refitted(LABEL_FREE, [Observation(x, y) for x, y in world(count, seed)])


def test_without_labels_nothing_changes() -> None:
    assert refitted(LABEL_FREE, []) is LABEL_FREE
    assert refitted(LABEL_FREE, [Observation(1.0, True, weight=0.0)]) is LABEL_FREE


def test_one_label_hardly_moves_it() -> None:
    once = refitted(LABEL_FREE, [Observation(2.0, False)])
    moved = [
        abs(once.confidence_at_log_odds(x) - LABEL_FREE.confidence_at_log_odds(x)) for x in KNOTS
    ]
    assert max(moved) < 0.12


def test_three_hundred_labels_decide() -> None:
    unseen = world(4000, seed=1)
    assert excess(LABEL_FREE, unseen) > 0.2
    assert np.mean([excess(fitted(300, seed), unseen) for seed in range(2, 8)]) < 0.03


def test_the_more_sure_stays_the_more_sure() -> None:
    for seed in range(10):
        assert all(a <= b + 1e-12 for a, b in pairwise(fitted(60, seed).corrected))


def test_labels_that_say_the_opposite_leave_no_confidence_but_break_nothing() -> None:
    perverse = refitted(LABEL_FREE, [Observation(x, x < 0) for x in np.linspace(-4, 4, 200)])
    assert all(0 < value < 1 for value in perverse.corrected)
    assert all(a <= b + 1e-12 for a, b in pairwise(perverse.corrected))


def test_a_label_that_is_trusted_little_moves_it_little() -> None:
    rows = world(100, seed=3)
    little = refitted(LABEL_FREE, [Observation(x, y, weight=0.05) for x, y in rows])
    much = refitted(LABEL_FREE, [Observation(x, y) for x, y in rows])
    before = LABEL_FREE.confidence_at_log_odds(1.5)
    assert (
        abs(little.confidence_at_log_odds(1.5) - before)
        < abs(much.confidence_at_log_odds(1.5) - before) / 2
    )


def test_it_is_stored_and_read_again_as_it_was() -> None:
    once = fitted(50, seed=5)
    assert Calibration.from_json(json.loads(json.dumps(once.to_json()))) == once


@pytest.mark.slow
@pytest.mark.xdist_group("public sets")
@pytest.mark.parametrize("name", MEASURED)
def test_three_hundred_labels_are_enough_on_public_sets(name: str) -> None:
    assert error_after(scored(name), TARGET_AT).mean <= TARGET
