"""The measures mean what they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.evaluation.metrics import Scored, excess_calibration_error, measure
from responder.models import ReplyKind


def a_row(confidence: float = 0.5, **facts: object) -> Scored:
    known: dict[str, object] = {
        "is_answerable": True,
        "is_right": True,
        "is_offered": True,
        "reply": ReplyKind.ANSWER,
    }
    return Scored(confidence=confidence, **{**known, **facts})  # type: ignore[arg-type]


def refused(confidence: float, reply: ReplyKind = ReplyKind.HANDOFF) -> Scored:
    return a_row(confidence, is_answerable=False, is_right=False, is_offered=False, reply=reply)


rows = st.lists(
    st.builds(
        lambda answerable, right, offered, reply, confidence: Scored(
            answerable, answerable and right, answerable and (right or offered), reply, confidence
        ),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.sampled_from(list(ReplyKind)),
        st.floats(0, 1),
    ),
    min_size=1,
)


def test_all_right_and_all_refused_is_perfect() -> None:
    measures = measure([a_row(0.9), a_row(0.8), refused(0.1)])
    assert (measures.top1, measures.ap, measures.right95, measures.wrong) == (1, 1, 1, 0)


def test_an_unanswerable_question_above_a_right_one_costs_precision() -> None:
    measures = measure([refused(0.9, ReplyKind.ANSWER), a_row(0.8)])
    assert measures.ap == 0.5
    assert measures.right90 == 0
    assert measures.wrong == 0.5


def test_a_clarify_that_offers_the_right_article_helps() -> None:
    offered = a_row(0.4, is_right=False, reply=ReplyKind.CLARIFY)
    measures = measure([offered, a_row(0.4, reply=ReplyKind.HANDOFF)])
    assert (measures.right, measures.helped) == (0, 0.5)


def test_equal_confidences_stand_and_fall_together() -> None:
    tied = [refused(0.7), a_row(0.7)]
    assert measure(tied).ap == measure(tied[::-1]).ap == 0.5


def test_a_set_without_answerable_questions_has_no_recall() -> None:
    measures = measure([refused(0.3)])
    assert measures.top1 is None
    assert measures.ap is None
    assert measures.answered == 0


def test_confidence_that_equals_the_share_of_right_ones_is_calibrated() -> None:
    half = [a_row(0.5), a_row(0.5, is_right=False)]
    assert measure(half).ece == pytest.approx(0)
    assert measure([a_row(0.95, is_right=False)]).ece == pytest.approx(0.95)


def test_chance_excuses_a_small_calibration_error_but_not_a_large_one() -> None:
    few = [a_row(0.5), a_row(0.5), a_row(0.5, is_right=False)]
    assert measure(few).ece > 0.15
    assert measure(few).excess_ece < 0.05
    bold = [a_row(0.95, is_right=number % 2 == 0) for number in range(400)]
    assert measure(bold).excess_ece == pytest.approx(0.45, abs=0.02)


def test_confidence_that_comes_true_has_no_excess() -> None:
    true = [a_row(0.7, is_right=number % 10 < 7) for number in range(1000)]
    assert measure(true).excess_ece < 0
    assert excess_calibration_error([]) == 0


@given(rows)
def test_every_measure_is_a_share(some: list[Scored]) -> None:
    measures = measure(some)
    for name in ("top1", "recall3", "ap", "right90", "right", "helped", "wrong", "ece"):
        value = getattr(measures, name)
        assert value is None or -1e-9 <= value <= 1 + 1e-9
