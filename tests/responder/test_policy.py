"""decide(): numbers in, one reply out."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kb.models import ArticleKey, HitKind, RouteAction
from responder.models import (
    Answer,
    Candidate,
    Clarify,
    FollowUp,
    Handoff,
    Part,
    Posture,
    Reason,
    Silence,
    Situation,
    SmallTalk,
)
from responder.policy import MOST_CHOICES, decide
from tests.responder.builders import PARCEL, REFUND, VOUCHER, a_candidate

NORMAL = Situation(threshold=0.9, clarify_floor=0.25)


def situations() -> st.SearchStrategy[Situation]:
    return st.builds(
        Situation,
        threshold=st.floats(0.5, 1.0),
        clarify_floor=st.floats(0.0, 0.5),
        owned_by_person=st.booleans(),
        posture=st.sampled_from(Posture),
        asked_person=st.booleans(),
        unreadable=st.booleans(),
        asked_to_write_before=st.booleans(),
        has_private_data=st.booleans(),
        public=st.booleans(),
        clarified_before=st.booleans(),
        failed_before=st.integers(0, 3),
        rejected=st.frozensets(st.sampled_from([PARCEL, REFUND]), max_size=2),
        chosen=st.none() | candidates(),
        parts=st.just(()) | st.lists(parts(), min_size=2, max_size=3).map(tuple),
        too_many_parts=st.booleans(),
        follow_up=st.none() | follow_ups(),
    )


def parts() -> st.SearchStrategy[Part]:
    found = st.lists(candidates(), max_size=3).map(tuple)
    return st.builds(Part, st.text(min_size=1, max_size=3), found, st.booleans())


def follow_ups() -> st.SearchStrategy[FollowUp]:
    found = st.lists(candidates(), max_size=3).map(tuple)
    answered = st.none() | st.sampled_from([PARCEL, REFUND])
    return st.builds(FollowUp, st.text(max_size=3), found, answered, st.booleans())


def candidates() -> st.SearchStrategy[Candidate]:
    kinds = st.sampled_from([HitKind.ARTICLE, HitKind.ARTICLE, HitKind.ROUTE])
    return st.builds(
        a_candidate,
        st.sampled_from([PARCEL, REFUND, VOUCHER, ArticleKey("id", "x")]),
        st.floats(0, 1),
        kind=kinds,
        action=st.sampled_from(RouteAction),
        answerable=st.booleans(),
        overdue=st.booleans(),
        visible=st.booleans(),
        is_new=st.booleans(),
    )


@given(ranked=st.lists(candidates(), max_size=6), situation=situations())
def test_the_rules_that_nothing_may_break(ranked: list[Candidate], situation: Situation) -> None:
    reply = decide(ranked, situation)
    if situation.owned_by_person or situation.posture is Posture.OFF:
        assert isinstance(reply, Silence)
    if situation.posture is Posture.DRAFT:
        assert isinstance(reply, Handoff | Silence)
    if situation.asked_person and not isinstance(reply, Silence):
        assert isinstance(reply, Handoff)
        assert reply.reason is Reason.ASKED_PERSON
    match reply:
        case Answer():
            keys = [candidate.key for candidate in reply.candidates]
            assert len(set(keys)) == len(keys)
            assert len(reply.questions) in (0, len(keys))
            assert not (situation.too_many_parts and reply.rule != "customer_chose")
            for candidate in reply.candidates:
                _check_answer(candidate, reply.rule, situation)
        case Clarify(choices) if choices:
            assert not situation.clarified_before
            assert len(choices) <= MOST_CHOICES
            for choice in choices:
                assert choice.visible
                assert choice.answerable
                assert not choice.overdue


def _check_answer(candidate: Candidate, rule: str, situation: Situation) -> None:
    assert candidate.visible
    assert not candidate.overdue
    if rule != "customer_chose":
        assert candidate.answerable
        assert candidate.confidence >= situation.threshold
        assert candidate.key not in situation.rejected
        assert not (situation.public and situation.has_private_data)


def a_part(confidence: float, key: ArticleKey = PARCEL, **more: object) -> Part:
    return Part(f"{key.slug} {confidence}", (a_candidate(key, confidence),), **more)  # type: ignore[arg-type]


def test_several_questions_are_answered_only_if_each_is_sure() -> None:
    whole = [a_candidate(PARCEL, 0.95), a_candidate(REFUND, 0.3)]
    sure = replace(NORMAL, parts=(a_part(0.96), a_part(0.94, REFUND)))
    reply = decide(whole, sure)
    assert isinstance(reply, Answer)
    assert [c.key for c in reply.candidates] == [PARCEL, REFUND]
    half = replace(NORMAL, parts=(a_part(0.96), a_part(0.5, REFUND)))
    assert decide(whole, half) == Handoff(
        Reason.LOW_CONFIDENCE, "not_every_question_sure", whole[0]
    )


def test_several_answers_must_be_right_together() -> None:
    parts = (a_part(0.94), a_part(0.94, REFUND))
    reply = decide([a_candidate(PARCEL, 0.95)], replace(NORMAL, parts=parts))
    assert isinstance(reply, Handoff)


def test_a_message_that_leans_needs_more_where_the_one_before_says_otherwise() -> None:
    leaning = replace(NORMAL, follow_up=FollowUp("both", (a_candidate(PARCEL, 0.5),), PARCEL))
    assert isinstance(decide([a_candidate(VOUCHER, 0.94)], leaning), Clarify)
    assert isinstance(decide([a_candidate(VOUCHER, 0.96)], leaning), Answer)
    assert isinstance(decide([a_candidate(PARCEL, 0.94)], leaning), Answer)


def test_a_slight_question_that_finds_nothing_is_more_words_about_the_other() -> None:
    whole = [a_candidate(PARCEL, 0.95)]
    parts = (a_part(0.96), a_part(0.5, REFUND, is_slight=True))
    assert decide(whole, replace(NORMAL, parts=parts)) == Answer(
        whole[0], "confidence_reaches_threshold"
    )


def test_questions_about_one_article_are_one_question() -> None:
    whole = [a_candidate(PARCEL, 0.95)]
    parts = (a_part(0.96), a_part(0.4))
    reply = decide(whole, replace(NORMAL, parts=parts))
    assert reply == Answer(whole[0], "confidence_reaches_threshold")


def test_a_question_that_points_surely_elsewhere_keeps_the_whole_from_being_answered() -> None:
    parts = (a_part(0.2), a_part(0.97, REFUND))
    reply = decide([a_candidate(PARCEL, 0.95)], replace(NORMAL, parts=parts))
    assert isinstance(reply, Handoff)


def test_a_bare_word_that_the_last_answer_also_has_is_no_sure_question() -> None:
    alone, before = a_candidate(VOUCHER, 0.95), a_candidate(PARCEL, 0.97)
    leaning = FollowUp("both", (before,), PARCEL, repeats=True)
    unclear = decide([alone], replace(NORMAL, follow_up=leaning))
    assert isinstance(unclear, Clarify)
    assert unclear.candidates == (alone, before)
    other = FollowUp("both", (before,), PARCEL, repeats=False)
    assert decide([alone], replace(NORMAL, follow_up=other)) == Answer(
        alone, "confidence_reaches_threshold"
    )


def test_confidence_at_the_threshold_answers_and_below_it_does_not() -> None:
    assert isinstance(decide([a_candidate(confidence=0.9)], NORMAL), Answer)
    assert isinstance(decide([a_candidate(confidence=0.8999)], NORMAL), Clarify)


def test_a_new_article_needs_a_margin_but_can_always_reach_certainty() -> None:
    new = a_candidate(confidence=0.93, is_new=True)
    assert isinstance(decide([new], NORMAL), Clarify)
    certain = a_candidate(confidence=1.0, is_new=True)
    assert isinstance(decide([certain], Situation(threshold=0.99)), Answer)


def test_nothing_plausible_goes_to_people() -> None:
    reply = decide([a_candidate(confidence=0.1)], NORMAL)
    assert isinstance(reply, Handoff)
    assert reply.reason is Reason.LOW_CONFIDENCE
    nothing = decide([], NORMAL)
    assert isinstance(nothing, Handoff)
    assert nothing.reason is Reason.NO_CANDIDATE


def test_a_doubtful_route_is_not_followed() -> None:
    route = a_candidate(kind=HitKind.ROUTE, action=RouteAction.SPAM, confidence=0.4)
    assert isinstance(decide([route, a_candidate(confidence=0.95)], NORMAL), Answer)


def test_a_route_is_followed_by_its_action() -> None:
    def follow(action: RouteAction) -> object:
        route = a_candidate(kind=HitKind.ROUTE, action=action, confidence=0.9)
        return decide([route, a_candidate(confidence=0.95)], NORMAL)

    assert isinstance(follow(RouteAction.THANKS), SmallTalk)
    assert isinstance(follow(RouteAction.GREETING), SmallTalk)
    assert isinstance(follow(RouteAction.SPAM), Silence)
    for action, reason in (
        (RouteAction.PERSON, Reason.ASKED_PERSON),
        (RouteAction.COMPLAINT, Reason.COMPLAINT),
        (RouteAction.ABUSE, Reason.COMPLAINT),
    ):
        reply = follow(action)
        assert isinstance(reply, Handoff)
        assert reply.reason is reason
