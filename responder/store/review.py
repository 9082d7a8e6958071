"""Decisions to be judged, in an order that nobody chooses."""

from datetime import datetime

import sqlalchemy as sa

from responder.models import Decision, Reason, ReplyKind
from responder.schema import conversation, decision, verdict
from responder.store import rows
from responder.store.labels import PICKED
from responder.store.verdicts import REVIEW

# the random part of a decision's public id: for this no other random number is needed
LOTTERY = sa.func.substr(decision.c.public_id, 11)
# scopes of thresholds
ANY = "*"
PUBLIC = "public"
# handed over for no other reason than not being sure, or because the bot only drafts
UNSURE = (Reason.LOW_CONFIDENCE, Reason.POSTURE)


def find_next(
    connection: sa.Connection, where: sa.ColumnElement[bool], after: str
) -> Decision | None:
    """The first not reviewed yet whose lot is behind that of the decision `after` (public id)."""
    reviewed = (
        sa.select(verdict.c.decision_id)
        .where(verdict.c.decision_id == decision.c.id, verdict.c.source == REVIEW)
        .exists()
    )
    found = connection.execute(
        sa.select(decision)
        .join(conversation, conversation.c.id == decision.c.conversation_id)
        .where(where, sa.not_(reviewed), after[10:] < LOTTERY)
        .order_by(LOTTERY, decision.c.id)
        .limit(1)
    )
    row = found.mappings().one_or_none()
    return rows.decision(row) if row else None


def count(connection: sa.Connection, where: sa.ColumnElement[bool]) -> tuple[int, int]:
    """How many can be drawn at all, and how many of them were reviewed."""
    is_review = sa.case((verdict.c.source == REVIEW, 1), else_=0)
    found = connection.execute(
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(is_review), 0))
        .select_from(decision)
        .join(conversation, conversation.c.id == decision.c.conversation_id)
        .outerjoin(verdict, verdict.c.decision_id == decision.c.id)
        .where(where)
    ).one()
    return int(found[0]), int(found[1])


def count_wanting(connection: sa.Connection, where: sa.ColumnElement[bool]) -> int:
    """Questions that wanted an answer: not small talk, silence or the wish for a person."""
    return connection.execute(
        sa.select(sa.func.count())
        .select_from(decision)
        .join(conversation, conversation.c.id == decision.c.conversation_id)
        .where(where)
    ).scalar_one()


def list_confidences(
    connection: sa.Connection, where: sa.ColumnElement[bool], limit: int
) -> tuple[float, ...]:
    """The newest first; 0 where no article came into question."""
    found = connection.execute(
        sa.select(decision.c.confidence)
        .join(conversation, conversation.c.id == decision.c.conversation_id)
        .where(where)
        .order_by(decision.c.id.desc())
        .limit(limit)
    )
    return tuple(found.scalars())


def drawable(asked: sa.ColumnElement[bool], least_confidence: float) -> sa.ColumnElement[bool]:
    """Of those asked, what was answered, or not for want of confidence."""
    return sa.and_(
        asked,
        decision.c.article_slug.is_not(None),
        decision.c.confidence >= least_confidence,
        decision.c.rule != PICKED,
        sa.or_(
            decision.c.reply.in_((ReplyKind.ANSWER.value, ReplyKind.CLARIFY.value)),
            decision.c.reason.in_([reason.value for reason in UNSURE]),
        ),
    )


def asked(since: datetime, channel: str, lang: str) -> sa.ColumnElement[bool]:
    """What wanted an answer; `channel` and `lang` as thresholds have them, empty: every one."""
    wanted = (ReplyKind.ANSWER, ReplyKind.CLARIFY, ReplyKind.HANDOFF)
    conditions: list[sa.ColumnElement[bool]] = [
        decision.c.created_at >= since,
        decision.c.reply.in_([kind.value for kind in wanted]),
        decision.c.reason.is_distinct_from(Reason.ASKED_PERSON.value),
    ]
    if channel in (ANY, PUBLIC):
        conditions.append(conversation.c.public.is_(channel == PUBLIC))
    elif channel:
        conditions.append(decision.c.channel == channel)
    if lang not in ("", ANY):
        conditions.append(decision.c.lang == lang)
    return sa.and_(*conditions)
