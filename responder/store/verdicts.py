"""Rows of `verdict`: what an agent says of a decision."""

import sqlalchemy as sa

from kb.database import upsert
from responder.models import GivenVerdict, Verdict
from responder.schema import decision, verdict
from responder.store.rows import article_key

DESK = "desk"
REVIEW = "review"


def put(
    connection: sa.Connection, decision_id: int, given: GivenVerdict, source: str = DESK
) -> None:
    """The newest counts; but a decision drawn for review stays in the sample, whoever judges it
    again, or the sample would lose what people have reason to judge again."""
    values = {
        "verdict": given.verdict.value,
        "right_lang": given.right.lang if given.right else None,
        "right_slug": given.right.slug if given.right else None,
        "staff": given.staff,
        "created_at": given.created_at,
    }
    drawn = sa.case((verdict.c.source == REVIEW, REVIEW), else_=source)
    connection.execute(
        upsert(connection, verdict)
        .values(decision_id=decision_id, **values, source=source)
        .on_conflict_do_update(index_elements=["decision_id"], set_={**values, "source": drawn})
    )


def find(connection: sa.Connection, decision_id: int) -> GivenVerdict | None:
    found = connection.execute(sa.select(verdict).where(verdict.c.decision_id == decision_id))
    row = found.mappings().one_or_none()
    return _given(row) if row else None


def of_conversation(connection: sa.Connection, conversation_id: int) -> dict[int, GivenVerdict]:
    """By decision."""
    found = connection.execute(
        sa.select(verdict)
        .join(decision, decision.c.id == verdict.c.decision_id)
        .where(decision.c.conversation_id == conversation_id)
    )
    return {row["decision_id"]: _given(row) for row in found.mappings()}


def _given(row: sa.RowMapping) -> GivenVerdict:
    right = article_key(row["right_lang"], row["right_slug"])
    return GivenVerdict(Verdict(row["verdict"]), right, row["staff"], row["created_at"])
