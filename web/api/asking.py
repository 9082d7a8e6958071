"""Asking, going on with a conversation, and giving it to people."""

from kb.errors import UnknownArticle
from kb.models import ArticleKey, HitKind, Visibility
from responder.exchange import Incoming, Outcome
from responder.models import ReplyKind
from web.api.answers import (
    AskAnswer,
    Candidate,
    Choice,
    ContactReceipt,
    GivenAnswer,
    VoteReceipt,
)
from web.api.callers import has_key, hold_stranger
from web.api.requests import Ask, ContactDetails, NewMessage, Vote
from web.help.addresses import current_shelf, when_people_answer
from web.services import services


def ask(body: Ask) -> AskAnswer:
    hold_stranger("api_ask", body.conversation)
    incoming = Incoming(body.text, body.channel, body.lang, body.conversation)
    return _told(services().responder.responder.reply(incoming))


def add_message(conversation: str, body: NewMessage) -> AskAnswer:
    hold_stranger("api_ask", conversation)
    return _told(services().responder.conversations.add_customer_message(conversation, body.text))


def leave_contact(conversation: str, body: ContactDetails) -> ContactReceipt:
    hold_stranger("api_contact", conversation)
    conversations = services().responder.conversations
    conversations.leave_contact(
        conversation,
        name=body.name or "",
        email=body.email or "",
        phone=body.phone or "",
        text=body.text or "",
    )
    found = conversations.get(conversation)
    return ContactReceipt(
        conversation=found.public_id,
        opening=when_people_answer(found.lang),
        status_url=None if found.public else conversations.status_url(found),
    )


def vote(body: Vote) -> VoteReceipt:
    hold_stranger("api_vote")
    subject = body.subject
    if isinstance(subject, ArticleKey):
        published = current_shelf().find(subject)
        if published is None or published.article.visibility is not Visibility.PUBLIC:
            raise UnknownArticle(subject)
    services().responder.feedback.record(subject, body.helped, body.why or "")
    return VoteReceipt(recorded=True)


def _told(outcome: Outcome) -> AskAnswer:
    decision = outcome.decision
    is_answer = outcome.kind is ReplyKind.ANSWER and decision.article is not None
    return AskAnswer(
        reply=outcome.kind,
        text=outcome.text,
        link=outcome.link,
        confidence=decision.confidence if has_key() else None,
        article=str(decision.article) if is_answer else None,
        answers=_answers(outcome) if is_answer else [],
        candidates=_candidates(outcome) if has_key() else [],
        reason=decision.reason,
        decision_id=decision.public_id,
        conversation=outcome.conversation.public_id,
        lang=decision.lang,
        choices=[
            Choice(
                article=str(choice.key),
                title=choice.title,
                link=choice.link,
                lang=choice.key.lang,
            )
            for choice in outcome.choices
        ],
        opening=outcome.opening,
        disclosure=outcome.disclosure,
        status_url=outcome.status_url,
    )


def _answers(outcome: Outcome) -> list[GivenAnswer]:
    return [
        GivenAnswer(
            article=str(answer.article),
            title=answer.title,
            text=answer.text,
            link=answer.link,
            lang=answer.article.lang,
            note=answer.note,
        )
        for answer in outcome.answers
    ]


def _candidates(outcome: Outcome) -> list[Candidate]:
    return [
        Candidate(
            slug=candidate.key.slug,
            lang=candidate.key.lang,
            title=candidate.title,
            confidence=candidate.confidence,
        )
        for candidate in outcome.decision.candidates
        if candidate.kind is HitKind.ARTICLE
    ]
