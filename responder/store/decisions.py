"""Rows of `decision`."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from responder.errors import UnknownDecision
from responder.ids import is_id
from responder.models import Decision, Reason, ReplyKind, Verdict
from responder.schema import conversation, decision, feedback, suggestion, verdict
from responder.store import rows

# a title picked from a list, and what was said to a person: no questions to the bot
NO_QUESTIONS = ("customer_chose", "none_of_the_choices", "person_owns_conversation")
UNANSWERED = (Reason.LOW_CONFIDENCE, Reason.NO_CANDIDATE, Reason.ASKED_TWICE)


def insert(connection: sa.Connection, values: dict[str, Any]) -> int:
    statement = decision.insert().values(**values).returning(decision.c.id)
    return int(connection.execute(statement).scalar_one())


def get(connection: sa.Connection, public_id: str) -> Decision:
    """Raises UnknownDecision."""
    if not is_id(public_id):
        raise UnknownDecision(public_id)
    row = connection.execute(sa.select(decision).where(decision.c.public_id == public_id))
    found = row.mappings().one_or_none()
    if found is None:
        raise UnknownDecision(public_id)
    return rows.decision(found)


def list_of_conversation(connection: sa.Connection, conversation_id: int) -> tuple[Decision, ...]:
    found = connection.execute(
        sa.select(decision)
        .where(decision.c.conversation_id == conversation_id)
        .order_by(decision.c.id)
    )
    return tuple(rows.decision(row) for row in found.mappings())


def list_recent(
    connection: sa.Connection, conversation_id: int, limit: int
) -> tuple[tuple[Decision, bool], ...]:
    """The latest decisions, newest first, each with whether the customer said it did not help."""
    rejected = (
        sa.select(feedback.c.id)
        .where(feedback.c.decision_id == decision.c.id, feedback.c.helped.is_(False))
        .exists()
    )
    found = connection.execute(
        sa.select(decision, rejected.label("rejected"))
        .where(decision.c.conversation_id == conversation_id)
        .order_by(decision.c.id.desc())
        .limit(limit)
    )
    return tuple((rows.decision(row), bool(row["rejected"])) for row in found.mappings())


def list_with_votes(
    connection: sa.Connection, conversation_id: int
) -> tuple[tuple[Decision, bool | None, str], ...]:
    """In their order, each with whether it helped (None: not said) and why."""
    found = connection.execute(
        sa.select(decision, feedback.c.helped, feedback.c.why)
        .outerjoin(feedback, feedback.c.decision_id == decision.c.id)
        .where(decision.c.conversation_id == conversation_id)
        .order_by(decision.c.id)
    )
    return tuple((rows.decision(row), row["helped"], row["why"] or "") for row in found.mappings())


def count_answers(
    connection: sa.Connection, lang: str, since: datetime, limit: int
) -> tuple[tuple[str, int], ...]:
    """Slugs of one language that answered most, with how often."""
    times = sa.func.count().label("times")
    found = connection.execute(
        sa.select(decision.c.article_slug, times)
        .where(
            decision.c.article_lang == lang,
            decision.c.reply == ReplyKind.ANSWER.value,
            decision.c.created_at >= since,
        )
        .group_by(decision.c.article_slug)
        .order_by(times.desc(), decision.c.article_slug)
        .limit(limit)
    )
    return tuple((row.article_slug, row.times) for row in found)


def list_unanswered(connection: sa.Connection, since: datetime, limit: int) -> list[sa.RowMapping]:
    """Questions handed over for want of an answer, or answered without helping; newest first.

    Those that an agent found an article for are left out."""
    not_helped = (
        sa.select(feedback.c.id)
        .where(feedback.c.decision_id == decision.c.id, feedback.c.helped.is_(False))
        .exists()
    )
    called_wrong = (
        sa.select(verdict.c.decision_id)
        .where(verdict.c.decision_id == decision.c.id, verdict.c.verdict == Verdict.WRONG.value)
        .exists()
    )
    has_article = sa.select(suggestion.c.id).where(suggestion.c.decision_id == decision.c.id)
    found = connection.execute(
        sa.select(
            decision.c.public_id,
            decision.c.conversation_id,
            decision.c.question,
            decision.c.lang,
            decision.c.article_lang,
            decision.c.article_slug,
            decision.c.created_at,
        )
        .where(
            decision.c.created_at >= since,
            ~has_article.exists(),
            sa.or_(
                decision.c.reason.in_([reason.value for reason in UNANSWERED]),
                sa.and_(
                    decision.c.reply == ReplyKind.ANSWER.value, sa.or_(not_helped, called_wrong)
                ),
            ),
        )
        .order_by(decision.c.id.desc())
        .limit(limit)
    )
    return list(found.mappings())


def list_measured(connection: sa.Connection, since: datetime) -> list[sa.RowMapping]:
    """What numbers are made of: every decision, in order, with vote, verdict and contact."""
    helped = (
        sa.select(sa.func.max(sa.cast(feedback.c.helped, sa.Integer)))
        .where(feedback.c.decision_id == decision.c.id)
        .scalar_subquery()
    )
    found = connection.execute(
        sa.select(
            decision.c.id,
            decision.c.conversation_id,
            conversation.c.contact_id,
            decision.c.channel,
            decision.c.lang,
            decision.c.reply,
            decision.c.reason,
            decision.c.rule,
            decision.c.article_lang,
            decision.c.article_slug,
            decision.c.created_at,
            helped.label("helped"),
            verdict.c.verdict,
        )
        .join(conversation, conversation.c.id == decision.c.conversation_id)
        .outerjoin(verdict, verdict.c.decision_id == decision.c.id)
        .where(decision.c.created_at >= since)
        .order_by(decision.c.id)
    )
    return list(found.mappings())


def list_asked(connection: sa.Connection, limit: int) -> list[sa.RowMapping]:
    """The last questions put to the bot, newest first."""
    found = connection.execute(
        sa.select(
            decision.c.public_id,
            decision.c.question,
            decision.c.rule,
            decision.c.answers,
            decision.c.lang,
            decision.c.channel,
            conversation.c.public,
        )
        .join(conversation, conversation.c.id == decision.c.conversation_id)
        .where(decision.c.rule.not_in(NO_QUESTIONS), decision.c.question != "")
        .order_by(decision.c.id.desc())
        .limit(limit)
    )
    return list(found.mappings())
