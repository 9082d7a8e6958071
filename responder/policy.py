"""The decision: candidates and a situation in, one reply out. Pure."""

from collections.abc import Sequence

from kb.models import HitKind, RouteAction
from responder.models import (
    Answer,
    Candidate,
    Clarify,
    Handoff,
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


def decide(ranked: Sequence[Candidate], situation: Situation) -> Reply:
    """Turn candidates, best first, into one reply."""
    reply = _reply(ranked, situation)
    if situation.posture is Posture.DRAFT and isinstance(reply, Answer | Clarify | SmallTalk):
        return Handoff(Reason.POSTURE, "posture_draft", _best_article(ranked))
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
    if best is not None and not best.visible and best.confidence >= situation.threshold:
        return Handoff(Reason.PRIVATE_DATA, "private_article_in_public", best)
    return None


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
    articles = [c for c in ranked if c.kind is HitKind.ARTICLE and c.visible]
    if not articles:
        return Handoff(Reason.NO_CANDIDATE, "nothing_matches")
    best = articles[0]
    if situation.failed_before >= TRIES_BEFORE_HANDOFF:
        return Handoff(Reason.ASKED_TWICE, "asked_without_success", best)
    needed = situation.threshold + (NEW_ARTICLE_MARGIN if best.is_new else 0.0)
    if best.confidence >= min(needed, 1.0):
        return _confident(best, situation)
    return _unsure(articles, situation)


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
