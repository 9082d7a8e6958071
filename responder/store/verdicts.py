"""Rows of `verdict`: what an agent says of a decision."""

from typing import Any

import sqlalchemy as sa

from kb.database import upsert
from responder.schema import decision, verdict


def put(connection: sa.Connection, values: dict[str, Any]) -> None:
    changed = {key: value for key, value in values.items() if key != "decision_id"}
    connection.execute(
        upsert(connection, verdict)
        .values(**values)
        .on_conflict_do_update(index_elements=["decision_id"], set_=changed)
    )


def list_of_conversation(connection: sa.Connection, conversation_id: int) -> list[sa.RowMapping]:
    found = connection.execute(
        sa.select(verdict)
        .join(decision, decision.c.id == verdict.c.decision_id)
        .where(decision.c.conversation_id == conversation_id)
    )
    return list(found.mappings())
