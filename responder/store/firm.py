"""Rows of `firm_setting`."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kb.database import upsert
from responder.schema import firm_setting


def find(connection: sa.Connection, key: str) -> Any:
    return connection.execute(
        sa.select(firm_setting.c.value).where(firm_setting.c.key == key)
    ).scalar_one_or_none()


def put(connection: sa.Connection, key: str, value: object, at: datetime) -> None:
    connection.execute(
        upsert(connection, firm_setting)
        .values(key=key, value=value, updated_at=at)
        .on_conflict_do_update(index_elements=["key"], set_={"value": value, "updated_at": at})
    )
