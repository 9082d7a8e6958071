"""Rows of `promise`: every change is kept, the newest per channel and language counts."""

from typing import Any

import sqlalchemy as sa

from responder.schema import promise


def insert(connection: sa.Connection, values: dict[str, Any]) -> sa.RowMapping:
    row = connection.execute(promise.insert().values(**values).returning(promise))
    return row.mappings().one()


def list_newest(connection: sa.Connection) -> list[sa.RowMapping]:
    """One for each channel and language, withdrawn ones included."""
    newest = sa.select(sa.func.max(promise.c.version)).group_by(promise.c.channel, promise.c.lang)
    found = connection.execute(
        sa.select(promise)
        .where(promise.c.version.in_(newest))
        .order_by(promise.c.channel, promise.c.lang)
    )
    return list(found.mappings())


def list_all(connection: sa.Connection, limit: int) -> list[sa.RowMapping]:
    found = connection.execute(sa.select(promise).order_by(promise.c.version.desc()).limit(limit))
    return list(found.mappings())
