"""Rows of `threshold`: every change is kept, the newest counts."""

from typing import Any

import sqlalchemy as sa

from responder.schema import threshold


def insert(connection: sa.Connection, values: dict[str, Any]) -> sa.RowMapping:
    row = connection.execute(threshold.insert().values(**values).returning(threshold))
    return row.mappings().one()


def list_all(connection: sa.Connection) -> list[sa.RowMapping]:
    found = connection.execute(sa.select(threshold).order_by(threshold.c.version.desc()))
    return list(found.mappings())


def list_in_force(connection: sa.Connection) -> list[sa.RowMapping]:
    newest = sa.select(sa.func.max(threshold.c.version)).group_by(
        threshold.c.channel, threshold.c.lang
    )
    found = connection.execute(
        sa.select(threshold)
        .where(threshold.c.version.in_(newest))
        .order_by(threshold.c.channel, threshold.c.lang)
    )
    return list(found.mappings())


def find_in_force(connection: sa.Connection, channel: str, lang: str) -> sa.RowMapping | None:
    found = connection.execute(
        sa.select(threshold)
        .where(threshold.c.channel == channel, threshold.c.lang == lang)
        .order_by(threshold.c.version.desc())
        .limit(1)
    )
    return found.mappings().one_or_none()
