"""Rows of `quota`: how often something happened in a window of time."""

from datetime import datetime

import sqlalchemy as sa

from kb.database import upsert
from responder.schema import quota


def count_one_more(connection: sa.Connection, key: str, window_start: datetime) -> int:
    statement = (
        upsert(connection, quota)
        .values(key=key, window_start=window_start, count=1)
        .on_conflict_do_update(
            index_elements=["key", "window_start"], set_={"count": quota.c.count + 1}
        )
        .returning(quota.c.count)
    )
    return int(connection.execute(statement).scalar_one())


def delete_before(connection: sa.Connection, at: datetime) -> int:
    return connection.execute(quota.delete().where(quota.c.window_start < at)).rowcount
