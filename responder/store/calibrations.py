"""Rows of `calibration`: every one is kept, the newest counts."""

from typing import Any

import sqlalchemy as sa

from responder.schema import calibration


def insert(connection: sa.Connection, values: dict[str, Any]) -> sa.RowMapping:
    row = connection.execute(calibration.insert().values(**values).returning(calibration))
    return row.mappings().one()


def list_newest(connection: sa.Connection, limit: int) -> list[sa.RowMapping]:
    found = connection.execute(
        sa.select(calibration).order_by(calibration.c.version.desc()).limit(limit)
    )
    return list(found.mappings())
