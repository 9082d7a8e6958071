"""Rows of `suggestion`."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kb.database import upsert
from responder.schema import decision, suggestion

OPEN = "open"
ACCEPTED = "accepted"
DECLINED = "declined"


def put(connection: sa.Connection, values: dict[str, Any]) -> None:
    """One a decision; the article of an open one changes, what was decided stays."""
    changed = ("article_lang", "article_slug", "question", "created_at")
    connection.execute(
        upsert(connection, suggestion)
        .values(state=OPEN, **values)
        .on_conflict_do_update(
            index_elements=["decision_id"],
            set_={name: values[name] for name in changed},
            where=suggestion.c.state == OPEN,
        )
    )


def forget_open(connection: sa.Connection, decision_id: int) -> None:
    connection.execute(
        suggestion.delete().where(
            suggestion.c.decision_id == decision_id, suggestion.c.state == OPEN
        )
    )


def list_in(connection: sa.Connection, states: Iterable[str], limit: int) -> list[sa.RowMapping]:
    """Newest first, with what their decision was."""
    found = connection.execute(
        sa.select(
            suggestion,
            decision.c.public_id,
            decision.c.conversation_id,
            decision.c.lang,
            decision.c.channel,
        )
        .join(decision, decision.c.id == suggestion.c.decision_id)
        .where(suggestion.c.state.in_(list(states)))
        .order_by(suggestion.c.id.desc())
        .limit(limit)
    )
    return list(found.mappings())


def list_of(connection: sa.Connection, ids: Sequence[int]) -> list[sa.RowMapping]:
    found = connection.execute(
        sa.select(suggestion).where(suggestion.c.id.in_(ids)).order_by(suggestion.c.id)
    )
    return list(found.mappings())


def decide(
    connection: sa.Connection, ids: Sequence[int], state: str, staff: str, at: datetime
) -> set[int]:
    """Those of them that were open until now."""
    found = connection.execute(
        suggestion.update()
        .where(suggestion.c.id.in_(ids), suggestion.c.state == OPEN)
        .values(state=state, staff=staff, decided_at=at)
        .returning(suggestion.c.id)
    )
    return set(found.scalars())
