"""What the lessons are derived from: refused questions, and how much there is of everything."""

from datetime import datetime

import sqlalchemy as sa

from responder.models import Author, ReplyKind, TicketState
from responder.schema import decision, feedback, message, suggestion, ticket, verdict
from responder.store.decisions import UNANSWERED

Stamp = tuple[object, ...]


def stamp(connection: sa.Connection) -> Stamp:
    """Differs when a verdict, a vote, a suggestion's state or a solved ticket did."""
    counted = sa.select(
        sa.select(sa.func.count()).select_from(verdict).scalar_subquery(),
        sa.select(sa.func.max(verdict.c.created_at)).scalar_subquery(),
        sa.select(sa.func.count()).select_from(feedback).scalar_subquery(),
        sa.select(sa.func.max(feedback.c.id)).scalar_subquery(),
        sa.select(sa.func.count(suggestion.c.decided_at)).scalar_subquery(),
        sa.select(sa.func.count())
        .where(ticket.c.state == TicketState.SOLVED.value)
        .scalar_subquery(),
        sa.select(sa.func.max(ticket.c.closed_at)).scalar_subquery(),
    )
    return tuple(connection.execute(counted).one())


def list_refused(connection: sa.Connection, limit: int) -> list[sa.RowMapping]:
    """Questions handed over for want of an answer that an agent answered in words of their own,
    without an article, and solved; newest first."""
    replied = sa.select(message.c.id).where(
        message.c.conversation_id == decision.c.conversation_id,
        message.c.author == Author.STAFF.value,
        message.c.created_at >= decision.c.created_at,
    )
    judged = sa.select(verdict.c.decision_id).where(verdict.c.decision_id == decision.c.id)
    found = connection.execute(
        sa.select(decision.c.question, ticket.c.closed_at)
        .join(ticket, ticket.c.conversation_id == decision.c.conversation_id)
        .where(
            decision.c.reply == ReplyKind.HANDOFF.value,
            decision.c.reason.in_([reason.value for reason in UNANSWERED]),
            ticket.c.state == TicketState.SOLVED.value,
            ticket.c.closed_at >= decision.c.created_at,
            replied.exists(),
            ~replied.where(message.c.article_slug.is_not(None)).exists(),
            ~judged.exists(),
        )
        .order_by(decision.c.id.desc())
        .limit(limit)
    )
    return list(found.mappings())


def list_accepted(connection: sa.Connection) -> list[tuple[str, str, str, datetime]]:
    """Question, language, slug and time of every accepted suggestion."""
    found = connection.execute(
        sa.select(
            suggestion.c.question,
            suggestion.c.article_lang,
            suggestion.c.article_slug,
            suggestion.c.decided_at,
        ).where(suggestion.c.state == "accepted")
    )
    return [(row[0], row[1], row[2], row[3]) for row in found]
