"""Database rows as domain types."""

from collections.abc import Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from kb.models import ArticleKey, HitKind
from responder.models import (
    Author,
    Candidate,
    Conversation,
    ConversationState,
    Decision,
    GivenAnswer,
    Message,
    Posture,
    Priority,
    Reason,
    ReplyKind,
    Ticket,
    TicketState,
)

Row = Mapping[Any, Any]
FOLLOW_UP = "follow_up_of_previous"


def part(row: sa.RowMapping, prefix: str) -> Row:
    """The columns of one table out of a joined row whose labels start with `prefix`."""
    return {key.removeprefix(prefix): value for key, value in row.items() if key.startswith(prefix)}


def article_key(lang: str | None, slug: str | None) -> ArticleKey | None:
    return ArticleKey(lang, slug) if lang and slug else None


def conversation(row: Row) -> Conversation:
    return Conversation(
        id=row["id"],
        public_id=row["public_id"],
        channel=row["channel"],
        lang=row["lang"],
        public=row["public"],
        state=ConversationState(row["state"]),
        contact_id=row["contact_id"],
        created_at=row["created_at"],
        posture=Posture(row["posture"]) if row["posture"] else None,
        told_hours=row["told_hours"],
    )


def message(row: Row) -> Message:
    return Message(
        id=row["id"],
        conversation_id=row["conversation_id"],
        author=Author(row["author"]),
        author_name=row["author_name"],
        text=row["text"],
        masked=row["masked"],
        lang=row["lang"],
        decision_id=row["decision_id"],
        created_at=row["created_at"],
        article=article_key(row["article_lang"], row["article_slug"]),
    )


def ticket(row: Row) -> Ticket:
    return Ticket(
        id=row["id"],
        public_id=row["public_id"],
        conversation_id=row["conversation_id"],
        state=TicketState(row["state"]),
        reason=Reason(row["reason"]),
        priority=Priority(row["priority"]),
        due_at=row["due_at"],
        assignee=row["assignee"],
        opened_at=row["opened_at"],
        first_reply_at=row["first_reply_at"],
        closed_at=row["closed_at"],
        waiting_since=row["waiting_since"],
    )


def decision(row: Row) -> Decision:
    return Decision(
        id=row["id"],
        public_id=row["public_id"],
        conversation_id=row["conversation_id"],
        question=row["question"],
        lang=row["lang"],
        channel=row["channel"],
        reply=ReplyKind(row["reply"]),
        reason=Reason(row["reason"]) if row["reason"] else None,
        rule=row["rule"],
        article=article_key(row["article_lang"], row["article_slug"]),
        revision=row["revision"],
        confidence=row["confidence"],
        threshold=row["threshold"],
        candidates=tuple(candidate(entry) for entry in row["candidates"]),
        text=row["text"],
        link=row["link"],
        fingerprint=row["fingerprint"],
        created_at=row["created_at"],
        answers=tuple(given_answer(entry) for entry in row["answers"] or ()),
    )


def understood(row: Row) -> str:
    """The question as it was answered: of a follow-up, with what was asked before."""
    is_follow_up = row["rule"] == FOLLOW_UP and row["answers"]
    return str(row["answers"][0]["question"] if is_follow_up else row["question"])


def given_answer(entry: Mapping[str, Any]) -> GivenAnswer:
    return GivenAnswer(**{**entry, "article": ArticleKey.parse(entry["article"])})


def given_answer_entry(answer: GivenAnswer) -> dict[str, Any]:
    entry = {field.name: getattr(answer, field.name) for field in fields(answer)}
    return entry | {
        "article": str(answer.article),
        "confidence": round(answer.confidence, 6),
    }


def candidate(entry: Mapping[str, Any]) -> Candidate:
    return Candidate(
        key=ArticleKey.parse(entry["key"]),
        kind=HitKind(entry["kind"]),
        title=entry["title"],
        confidence=entry["confidence"],
        relevance=entry["relevance"],
        features=MappingProxyType(dict(entry["features"])),
        offered=entry["offered"],
    )


def candidate_entry(candidate: Candidate) -> dict[str, Any]:
    return {
        "key": str(candidate.key),
        "kind": candidate.kind.value,
        "title": candidate.title,
        "confidence": round(candidate.confidence, 6),
        "relevance": round(candidate.relevance, 6),
        "features": {name: round(value, 6) for name, value in candidate.features.items()},
        "offered": candidate.offered,
    }
