"""What people said of decisions: verdicts and votes, joined with what was decided."""

from datetime import datetime

import sqlalchemy as sa

from responder.models import Verdict
from responder.schema import conversation, decision, feedback, verdict

# the customer picked a title: there was no question to match
PICKED = "customer_chose"


def list_judged(
    connection: sa.Connection,
    *,
    channel: str | None = None,
    lang: str | None = None,
    since: datetime | None = None,
) -> list[sa.RowMapping]:
    """Decisions with a verdict or a vote, oldest first; `since` is of the decision."""
    query = (
        sa.select(
            decision.c.public_id,
            decision.c.question,
            decision.c.lang,
            decision.c.channel,
            conversation.c.public,
            decision.c.article_lang,
            decision.c.article_slug,
            decision.c.confidence,
            decision.c.created_at,
            decision.c.rule,
            decision.c.answers,
            verdict.c.verdict,
            verdict.c.right_lang,
            verdict.c.right_slug,
            verdict.c.source,
            verdict.c.created_at.label("judged_at"),
            feedback.c.helped,
            feedback.c.created_at.label("voted_at"),
        )
        .join(conversation, conversation.c.id == decision.c.conversation_id)
        .outerjoin(verdict, verdict.c.decision_id == decision.c.id)
        .outerjoin(feedback, feedback.c.decision_id == decision.c.id)
        .where(
            sa.or_(verdict.c.decision_id.is_not(None), feedback.c.id.is_not(None)),
            decision.c.article_slug.is_not(None),
            decision.c.rule != PICKED,
        )
        .order_by(decision.c.id)
    )
    if channel is not None:
        query = query.where(decision.c.channel == channel)
    if lang is not None:
        query = query.where(decision.c.lang == lang)
    if since is not None:
        query = query.where(decision.c.created_at >= since)
    return list(connection.execute(query).mappings())


def list_compared(connection: sa.Connection) -> tuple[tuple[bool, Verdict], ...]:
    """Of decisions with both: whether the customer said it helped, and the agent's verdict."""
    found = connection.execute(
        sa.select(feedback.c.helped, verdict.c.verdict).join(
            verdict, verdict.c.decision_id == feedback.c.decision_id
        )
    )
    return tuple((bool(helped), Verdict(said)) for helped, said in found)
