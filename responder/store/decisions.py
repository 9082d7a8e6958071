"""Rows of `decision`."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from responder.models import Decision, ReplyKind
from responder.schema import decision, feedback
from responder.store import rows


def insert(connection: sa.Connection, values: dict[str, Any]) -> int:
    statement = decision.insert().values(**values).returning(decision.c.id)
    return int(connection.execute(statement).scalar_one())


def find(connection: sa.Connection, public_id: str) -> Decision | None:
    row = connection.execute(sa.select(decision).where(decision.c.public_id == public_id))
    found = row.mappings().one_or_none()
    return rows.decision(found) if found else None


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
