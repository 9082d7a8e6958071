"""The discriminant trusts what it learned of how wordings of one class differ."""

import numpy as np
import pytest

from kb.discriminant import Discriminant

CHANCE = np.random.default_rng(11)
CLASSES = 4


def wordings(each: int) -> tuple[np.ndarray, np.ndarray]:
    """Classes differ a little in the first four directions; wordings a lot in the fifth."""
    numbers = np.repeat(np.arange(CLASSES), each)
    rows = CHANCE.normal(0, 0.05, (len(numbers), 12))
    rows[np.arange(len(numbers)), numbers] += 0.4
    rows[:, 4] += CHANCE.normal(0, 1.0, len(numbers))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32), numbers


def test_directions_in_which_wordings_of_one_article_differ_hardly_count() -> None:
    fitted = Discriminant.fit(*wordings(20), CLASSES)
    asked, own = wordings(10)
    found = fitted.probabilities(asked)
    assert (found.argmax(axis=1) == own).mean() > 0.9
    assert found.sum(axis=1) == pytest.approx(np.full(len(own), fitted.trust), rel=1e-4)


def test_trust_grows_with_wordings_and_is_nothing_with_titles_alone() -> None:
    trusts = [Discriminant.fit(*wordings(each), CLASSES).trust for each in (1, 3, 30)]
    assert trusts[0] == 0
    assert trusts[0] < trusts[1] < trusts[2] < 1


def test_a_class_that_came_later_is_like_one_learned_with_the_same_covariance() -> None:
    rows, numbers = wordings(20)
    fitted = Discriminant.fit(rows, numbers, CLASSES)
    again = fitted.with_class(rows[numbers == 2])
    assert again.coefficients[-1] == pytest.approx(fitted.coefficients[2], rel=1e-3, abs=1e-3)
    assert again.offsets[-1] == pytest.approx(fitted.offsets[2], rel=1e-3)
