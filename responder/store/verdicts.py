"""Rows of `verdict`: what an agent says of a decision."""

from typing import Any

import sqlalchemy as sa

from kb.database import upsert
from responder.schema import decision, verdict

DESK = "desk"
REVIEW = "review"


def put(connection: sa.Connection, values: dict[str, Any], source: str = DESK) -> None:
    """The newest counts; but a decision drawn for review stays in the sample, whoever judges it
    again, or the sample would lose what people have reason to judge again."""
    changed = {key: value for key, value in values.items() if key != "decision_id"}
    drawn = sa.case((verdict.c.source == REVIEW, REVIEW), else_=source)
    connection.execute(
        upsert(connection, verdict)
        .values(**values, source=source)
        .on_conflict_do_update(index_elements=["decision_id"], set_={**changed, "source": drawn})
    )


def find(connection: sa.Connection, decision_id: int) -> sa.RowMapping | None:
    found = connection.execute(sa.select(verdict).where(verdict.c.decision_id == decision_id))
    return found.mappings().one_or_none()


def list_of_conversation(connection: sa.Connection, conversation_id: int) -> list[sa.RowMapping]:
    found = connection.execute(
        sa.select(verdict)
        .join(decision, decision.c.id == verdict.c.decision_id)
        .where(decision.c.conversation_id == conversation_id)
    )
    return list(found.mappings())
