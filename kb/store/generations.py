"""The one row of `kb_generation`."""

import sqlalchemy as sa

from kb.database import upsert
from kb.schema import kb_generation

ONLY_ROW = 1


def get(connection: sa.Connection) -> int:
    return connection.execute(sa.select(kb_generation.c.value)).scalar() or 0


def bump(connection: sa.Connection) -> int:
    """The new value; others wait for this transaction before they can bump."""
    made = connection.execute(
        upsert(connection, kb_generation)
        .values(id=ONLY_ROW, value=1)
        .on_conflict_do_update(index_elements=["id"], set_={"value": kb_generation.c.value + 1})
        .returning(kb_generation.c.value)
    )
    value: int = made.scalar_one()
    return value
