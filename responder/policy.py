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
    if situation.posture is Posture.OFF:
        return Silence("posture_off")
    if situation.owned_by_person:
        return Silence("person_owns_conversation")
    if situation.unreadable:
        return Handoff(Reason.UNREADABLE, "no_words_to_read")
    best = ranked[0] if ranked else None
    if best is not None and best.kind is HitKind.ROUTE and best.confidence >= ROUTE_THRESHOLD:
        return _follow(best)
    if situation.public and situation.has_private_data:
        return Handoff(Reason.PRIVATE_DATA, "personal_data_in_public", best)
    articles = [c for c in ranked if c.kind is HitKind.ARTICLE and c.visible]
    if not articles:
        return Handoff(Reason.NO_CANDIDATE, "nothing_matches")
    return _from_articles(articles, situation)


def _follow(route: Candidate) -> Reply:
    match route.action:
        case RouteAction.GREETING | RouteAction.THANKS:
            return SmallTalk(route, f"route_{route.action}")
        case RouteAction.PERSON:
            return Handoff(Reason.ASKED_PERSON, "route_person", route)
        case RouteAction.COMPLAINT | RouteAction.ABUSE:
            return Handoff(Reason.COMPLAINT, f"route_{route.action}", route)
        case RouteAction.SPAM | None:
            return Silence("route_spam")


def _from_articles(articles: Sequence[Candidate], situation: Situation) -> Reply:
    best = articles[0]
    needed = situation.threshold + (NEW_ARTICLE_MARGIN if best.is_new else 0.0)
    if best.confidence >= min(needed, 1.0):
        if best.overdue:
            return Handoff(Reason.OVERDUE, "article_overdue", best)
        if best.answerable:
            return Answer(best, "confidence_reaches_threshold")
        return Handoff(Reason.LOW_CONFIDENCE, "article_not_for_automatic_answers", best)
    if situation.failed_before >= TRIES_BEFORE_HANDOFF:
        return Handoff(Reason.ASKED_TWICE, "asked_without_success", best)
    choices = tuple(
        c
        for c in articles
        if c.confidence >= situation.clarify_floor and c.answerable and not c.overdue
    )[:MOST_CHOICES]
    if choices and not situation.clarified_before:
        return Clarify(choices, "several_plausible" if len(choices) > 1 else "one_plausible")
    return Handoff(Reason.LOW_CONFIDENCE, "below_threshold", best)
