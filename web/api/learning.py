"""What customers asked that nothing answered, and the example questions to be; for programs with
a key."""

from responder.gaps import Gap
from responder.suggestions import Alike, ArticleSuggestions, Suggestion
from web.api.callers import caller_name
from web.api.learnt import (
    DecidedSuggestion,
    GapLine,
    GapList,
    SuggestedArticle,
    SuggestedGroup,
    SuggestedQuestion,
    SuggestionList,
)
from web.api.requests import GapsQuery
from web.learned import record_accepted
from web.services import services


def list_gaps(query: GapsQuery) -> GapList:
    found = services().responder.gaps.list_gaps(query.days, query.customers)
    return GapList(
        gaps=[_gap(gap) for gap in found[: query.limit]], total=len(found), days=query.days
    )


def list_suggestions() -> SuggestionList:
    found = services().responder.suggestions.list_open()
    return SuggestionList(
        articles=[_article(entry) for entry in found], total=sum(entry.count for entry in found)
    )


def accept_suggestion(suggestion: int) -> DecidedSuggestion:
    web, by = services(), caller_name()
    (accepted,) = web.responder.suggestions.accept([suggestion], by)
    record_accepted(web, [accepted], by)
    return DecidedSuggestion(
        id=suggestion,
        state="accepted",
        article=str(accepted.article),
        revision=accepted.revision,
        live=accepted.is_live,
    )


def decline_suggestion(suggestion: int) -> DecidedSuggestion:
    article = services().responder.suggestions.decline_one(suggestion, caller_name())
    return DecidedSuggestion(
        id=suggestion, state="declined", article=str(article), revision=None, live=False
    )


def _gap(gap: Gap) -> GapLine:
    return GapLine(
        typical=gap.typical,
        wordings=list(gap.wordings),
        questions=gap.questions,
        customers=gap.customers,
        lang=gap.lang,
        nearest=str(gap.nearest) if gap.nearest else None,
        decisions=list(gap.decisions),
        last_at=gap.last_at,
    )


def _article(entry: ArticleSuggestions) -> SuggestedArticle:
    return SuggestedArticle(
        article=str(entry.article),
        title=entry.title,
        has_draft=entry.has_draft,
        groups=[_group(group) for group in entry.groups],
    )


def _group(group: Alike) -> SuggestedGroup:
    return SuggestedGroup(
        typical=group.typical,
        customers=group.customers,
        questions=[_question(member) for member in group.members],
    )


def _question(suggestion: Suggestion) -> SuggestedQuestion:
    return SuggestedQuestion(
        id=suggestion.id,
        question=suggestion.question,
        lang=suggestion.lang,
        channel=suggestion.channel,
        decision_id=suggestion.decision,
        at=suggestion.at,
    )
