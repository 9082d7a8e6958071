"""Rows of failed tries to sign in; a key is `account:<e-mail>` or `address:<ip>`."""

from datetime import datetime

import sqlalchemy as sa

from web.accounts.schema import sign_in_failure as failure


def lock(connection: sa.Connection) -> None:
    """Let tries be counted one at a time; SQLite's write transactions are so by themselves."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("LOCK TABLE sign_in_failure IN SHARE ROW EXCLUSIVE MODE"))


def list_times(connection: sa.Connection, key: str, since: datetime) -> tuple[datetime, ...]:
    """When this key failed since `since`, oldest first."""
    rows = connection.execute(
        sa.select(failure.c.at)
        .where(failure.c.key == key, failure.c.at >= since)
        .order_by(failure.c.at, failure.c.id)
    )
    return tuple(row.at for row in rows)


def insert(connection: sa.Connection, key: str, at: datetime) -> int:
    result = connection.execute(sa.insert(failure).values(key=key, at=at).returning(failure.c.id))
    return int(result.scalar_one())


def delete(connection: sa.Connection, row_id: int) -> None:
    connection.execute(sa.delete(failure).where(failure.c.id == row_id))


def delete_of(connection: sa.Connection, key: str) -> None:
    connection.execute(sa.delete(failure).where(failure.c.key == key))


def delete_before(connection: sa.Connection, at: datetime) -> None:
    connection.execute(sa.delete(failure).where(failure.c.at < at))
