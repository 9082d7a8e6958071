"""The decision: candidates and a situation in, one reply out. Pure."""

from collections.abc import Sequence
from math import prod

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
    Reply,
    Silence,
    Situation,
    SmallTalk,
)

ROUTE_THRESHOLD = 0.6
NEW_ARTICLE_MARGIN = 0.05
MOST_CHOICES = 3
TRIES_BEFORE_HANDOFF = 2
# confidence from which a few words at least hint at an article that nothing was said of yet
HINT = 0.1
NOTHING_ASKED = frozenset({RouteAction.GREETING, RouteAction.THANKS, RouteAction.SPAM})


def decide(ranked: Sequence[Candidate], situation: Situation) -> Reply:
    """Turn candidates, best first, into one reply."""
    reply = _reply(ranked, situation)
    if situation.posture is Posture.DRAFT and isinstance(reply, Answer | Clarify | SmallTalk):
        draft = reply if isinstance(reply, Answer) else None
        return Handoff(Reason.POSTURE, "posture_draft", _best_article(ranked), draft)
    return reply


def _reply(ranked: Sequence[Candidate], situation: Situation) -> Reply:
    return (
        _quiet(situation)
        or _asked_person(situation)
        or _unreadable(situation)
        or _chosen(situation)
        or _guarded(ranked, situation)
        or _routed(ranked)
        or _from_articles(ranked, situation)
    )


def _quiet(situation: Situation) -> Reply | None:
    if situation.posture is Posture.OFF:
        return Silence("posture_off")
    if situation.owned_by_person:
        return Silence("person_owns_conversation")
    return None


def _asked_person(situation: Situation) -> Reply | None:
    if not situation.asked_person:
        return None
    return Handoff(Reason.ASKED_PERSON, "wrote_the_word_for_a_person")


def _unreadable(situation: Situation) -> Reply | None:
    if not situation.unreadable:
        return None
    if situation.asked_to_write_before:
        return Handoff(Reason.UNREADABLE, "no_words_twice")
    return Clarify((), "please_write")


def _chosen(situation: Situation) -> Reply | None:
    if situation.declined:
        return Handoff(Reason.ASKED_TWICE, "none_of_the_choices")
    chosen = situation.chosen
    if chosen is None or not (chosen.visible and chosen.answerable):
        return None
    if chosen.overdue:
        return Handoff(Reason.OVERDUE, "article_overdue", chosen)
    return Answer(chosen, "customer_chose")


def _guarded(ranked: Sequence[Candidate], situation: Situation) -> Reply | None:
    """In public, whatever is private only leads to a private channel; spam leads nowhere."""
    if not situation.public:
        return None
    best = ranked[0] if ranked else None
    if best is not None and _is_sure_route(best) and best.action is RouteAction.SPAM:
        return Silence("route_spam")
    if situation.has_private_data:
        return Handoff(Reason.PRIVATE_DATA, "personal_data_in_public", best)
    for found in _readings(ranked, situation):
        if not found[0].visible and found[0].confidence >= situation.threshold:
            return Handoff(Reason.PRIVATE_DATA, "private_article_in_public", found[0])
    return None


def _readings(ranked: Sequence[Candidate], situation: Situation) -> list[Sequence[Candidate]]:
    """What is found by the message, by each of its questions, and with what was asked before."""
    parts = [part.candidates for part in situation.parts]
    together = [situation.follow_up.candidates] if situation.follow_up else []
    return [found for found in (ranked, *parts, *together) if found]


def _is_sure_route(candidate: Candidate) -> bool:
    return candidate.kind is HitKind.ROUTE and candidate.confidence >= ROUTE_THRESHOLD


def _routed(ranked: Sequence[Candidate]) -> Reply | None:
    if not ranked or not _is_sure_route(ranked[0]):
        return None
    route = ranked[0]
    match route.action:
        case RouteAction.GREETING | RouteAction.THANKS:
            return SmallTalk(route, f"route_{route.action}")
        case RouteAction.PERSON:
            return Handoff(Reason.ASKED_PERSON, "route_person", route)
        case RouteAction.COMPLAINT | RouteAction.ABUSE:
            return Handoff(Reason.COMPLAINT, f"route_{route.action}", route)
        case RouteAction.SPAM | None:
            return Silence("route_spam")


def _best_article(ranked: Sequence[Candidate]) -> Candidate | None:
    return next((c for c in ranked if c.kind is HitKind.ARTICLE), None)


def _from_articles(ranked: Sequence[Candidate], situation: Situation) -> Reply:
    articles = _shown(ranked)
    if not articles:
        return Handoff(Reason.NO_CANDIDATE, "nothing_matches")
    if situation.failed_before >= TRIES_BEFORE_HANDOFF:
        return Handoff(Reason.ASKED_TWICE, "asked_without_success", articles[0])
    return (
        _several(articles, situation)
        or _following(articles, situation)
        or _one(articles, situation)
    )


def _one(articles: Sequence[Candidate], situation: Situation) -> Reply:
    if _is_sure(articles[0], situation):
        return _confident(articles[0], situation)
    return _unsure(articles, situation)


def _shown(ranked: Sequence[Candidate]) -> list[Candidate]:
    return [c for c in ranked if c.kind is HitKind.ARTICLE and c.visible]


def _is_sure(candidate: Candidate, situation: Situation) -> bool:
    needed = situation.threshold + (NEW_ARTICLE_MARGIN if candidate.is_new else 0.0)
    return candidate.confidence >= min(needed, 1.0)


def _several(articles: Sequence[Candidate], situation: Situation) -> Reply | None:
    """All questions are answered or none; None: it is one question after all."""
    whole = articles[0]
    if situation.too_many_parts:
        return Handoff(Reason.LOW_CONFIDENCE, "too_many_questions", whole)
    asked = [part for part in situation.parts if not _is_small_talk(part.candidates)]
    routed = next((reply for part in asked if (reply := _routed(part.candidates))), None)
    if routed is not None:
        return routed
    best = [(part, next(iter(_shown(part.candidates)), None)) for part in asked]
    sure = [(part, found) for part, found in best if found and _is_sure(found, situation)]
    unsure = [
        found if found and found.confidence >= HINT else None
        for part, found in best
        if (part, found) not in sure and not part.is_slight
    ]
    topics = {found.key for _, found in sure}
    if len(topics) > 1 and not unsure and _are_sure_together(sure, situation):
        return _each(sure, situation)
    elsewhere = (topics | {found.key if found else None for found in unsure}) - {whole.key}
    if not elsewhere or (not sure and len(unsure) < 2):
        return None
    return Handoff(Reason.LOW_CONFIDENCE, "not_every_question_sure", whole)


def _are_sure_together(sure: Sequence[tuple[Part, Candidate]], situation: Situation) -> bool:
    """A reply is right if all of its answers are."""
    by_article = {found.key: found.confidence for _, found in sure}
    return prod(by_article.values()) >= situation.threshold


def _each(sure: Sequence[tuple[Part, Candidate]], situation: Situation) -> Reply:
    by_article: dict[ArticleKey, tuple[str, Candidate]] = {}
    for part, found in sure:
        by_article.setdefault(found.key, (part.text, found))
    for _, found in by_article.values():
        reply = _confident(found, situation)
        if not isinstance(reply, Answer):
            return reply
    questions, answers = zip(*by_article.values(), strict=True)
    return Answer(answers[0], "each_question_answered", also=answers[1:], questions=questions)


def _is_small_talk(ranked: Sequence[Candidate]) -> bool:
    return bool(ranked) and _is_sure_route(ranked[0]) and ranked[0].action in NOTHING_ASKED


def _following(articles: Sequence[Candidate], situation: Situation) -> Reply | None:
    """What the message and the one before ask together, if the message by itself points there."""
    follow_up = situation.follow_up
    together = next(iter(_shown(follow_up.candidates)), None) if follow_up else None
    if follow_up is None or together is None:
        return None
    alone = articles[0]
    is_sure = _is_sure(together, situation)
    if _is_sure(alone, situation):
        is_repeated = is_sure and follow_up.repeats and together.key == follow_up.answered
        is_plain = alone.confidence >= sure_by_itself(situation.threshold) and not is_repeated
        is_settled = together.key == alone.key or is_plain
        return None if is_settled else _unsure([alone, together], situation)
    if not is_sure or not _points_to(together, articles, follow_up, situation):
        return None
    reply = _confident(together, situation)
    if isinstance(reply, Answer):
        return Answer(together, "follow_up_of_previous", questions=(follow_up.text,))
    return reply


def sure_by_itself(threshold: float) -> float:
    """What a message that leans on the one before must find without that: half as doubtful."""
    return 1 - (1 - threshold) / 2


def _points_to(
    together: Candidate,
    articles: Sequence[Candidate],
    follow_up: FollowUp,
    situation: Situation,
) -> bool:
    """The article just given is not given again for words that are about something else."""
    if follow_up.answered is None:
        near = [c for c in articles[:MOST_CHOICES] if c.confidence >= HINT]
    elif together.key == follow_up.answered:
        near = [c for c in articles[:1] if c.confidence >= situation.clarify_floor]
    else:
        near = [c for c in articles if c.confidence >= situation.clarify_floor]
    return any(c.key == together.key for c in near)


def _confident(best: Candidate, situation: Situation) -> Reply:
    if best.overdue:
        return Handoff(Reason.OVERDUE, "article_overdue", best)
    if best.key in situation.rejected:
        return Handoff(Reason.ASKED_TWICE, "answer_did_not_help_before", best)
    if not best.answerable:
        return Handoff(Reason.LOW_CONFIDENCE, "article_not_for_automatic_answers", best)
    return Answer(best, "confidence_reaches_threshold")


def _unsure(articles: Sequence[Candidate], situation: Situation) -> Reply:
    if situation.clarified_before:
        return Handoff(Reason.ASKED_TWICE, "unclear_after_choices", articles[0])
    choices = tuple(c for c in articles if _may_be_offered(c, situation))[:MOST_CHOICES]
    if not choices:
        return Handoff(Reason.LOW_CONFIDENCE, "below_threshold", articles[0])
    return Clarify(choices, "several_plausible" if len(choices) > 1 else "one_plausible")


def _may_be_offered(candidate: Candidate, situation: Situation) -> bool:
    return (
        candidate.confidence >= situation.clarify_floor
        and candidate.answerable
        and not candidate.overdue
        and candidate.key not in situation.rejected
    )
