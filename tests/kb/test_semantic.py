import numpy as np
import pytest

from kb import semantic
from kb.semantic import centred, fit_head

CHANCE = np.random.default_rng(3)
MIDDLES = np.eye(8, dtype=np.float32)[:3]
EVERY = np.ones(18, dtype=np.bool_)


def rows_around(middle: np.ndarray, count: int) -> np.ndarray:
    noisy = middle + CHANCE.normal(0, 0.15, (count, 8))
    return (noisy / np.linalg.norm(noisy, axis=1, keepdims=True)).astype(np.float32)


def three_classes() -> tuple[np.ndarray, list[str]]:
    rows = np.vstack([rows_around(middle, 6) for middle in MIDDLES])
    return rows, [name for name in "abc" for _ in range(6)]


def test_centred_vectors_have_length_one_and_the_mean_itself_has_none() -> None:
    mean = np.full(4, 0.5, dtype=np.float32)
    rows = centred(np.array([[1, 0, 0, 0], [0.5, 0.5, 0.5, 0.5]], dtype=np.float32), mean)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1.0, 0.0])


def test_the_head_names_the_class_of_what_it_has_not_seen() -> None:
    head = fit_head(*three_classes(), EVERY)
    assert head is not None
    asked = np.vstack([rows_around(middle, 1) for middle in MIDDLES])
    assert head.probabilities(asked).argmax(axis=1).tolist() == [0, 1, 2]
    assert head.fitted(asked).argmax(axis=1).tolist() == [0, 1, 2]
    assert head.probabilities(asked).sum(axis=1) == pytest.approx([1, 1, 1])


def test_a_class_that_came_later_wins_its_own_questions_and_no_others() -> None:
    rows, labels = three_classes()
    head = fit_head(rows[:12], labels[:12], EVERY[:12])
    assert head is not None
    grown = head.with_class("c", rows[12:], EVERY[12:])
    asked = np.vstack([rows_around(middle, 4) for middle in MIDDLES])
    assert grown.classes == ("a", "b", "c")
    assert grown.probabilities(asked).argmax(axis=1).tolist() == [0] * 4 + [1] * 4 + [2] * 4


def test_two_classes_make_a_head_and_one_makes_none() -> None:
    rows, labels = three_classes()
    two = fit_head(rows[:12], labels[:12], EVERY[:12])
    assert two is not None
    assert two.probabilities(rows[:1]).shape == (1, 2)
    assert fit_head(rows[:6], labels[:6], EVERY[:6]) is None


def test_a_head_of_very_many_classes_is_learned_without_the_logistic_regression(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(semantic, "MOST_CELLS", 0)
    rows, labels = three_classes()
    head = fit_head(rows, labels, EVERY)
    assert head is not None
    asked = np.vstack([rows_around(middle, 4) for middle in MIDDLES])
    own = np.repeat(np.arange(3), 4)
    assert head.probabilities(asked).argmax(axis=1).tolist() == own.tolist()
    assert head.probabilities(asked)[np.arange(12), own].mean() > 0.9
    assert head.probabilities(asked).sum(axis=1) == pytest.approx(np.ones(12))
