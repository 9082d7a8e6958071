"""Rows of API keys, known by the SHA-256 of the key."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from web.accounts.models import ApiKey
from web.accounts.schema import api_key


def find(connection: sa.Connection, key_hash: str) -> ApiKey | None:
    row = connection.execute(sa.select(api_key).where(api_key.c.key_hash == key_hash)).one_or_none()
    return None if row is None else _key(row)


def find_by_id(connection: sa.Connection, key_id: int) -> ApiKey | None:
    row = connection.execute(sa.select(api_key).where(api_key.c.id == key_id)).one_or_none()
    return None if row is None else _key(row)


def list_all(connection: sa.Connection) -> tuple[ApiKey, ...]:
    rows = connection.execute(sa.select(api_key).order_by(api_key.c.id.desc()))
    return tuple(_key(row) for row in rows)


def insert(
    connection: sa.Connection,
    *,
    name: str,
    prefix: str,
    key_hash: str,
    created_by: str,
    at: datetime,
) -> int:
    result = connection.execute(
        sa.insert(api_key)
        .values(name=name, prefix=prefix, key_hash=key_hash, created_by=created_by, created_at=at)
        .returning(api_key.c.id)
    )
    return int(result.scalar_one())


def touch(connection: sa.Connection, key_id: int, at: datetime) -> None:
    connection.execute(sa.update(api_key).where(api_key.c.id == key_id).values(last_used_at=at))


def revoke(connection: sa.Connection, key_id: int, at: datetime) -> None:
    connection.execute(
        sa.update(api_key)
        .where(api_key.c.id == key_id, api_key.c.revoked_at.is_(None))
        .values(revoked_at=at)
    )


def _key(row: Any) -> ApiKey:
    return ApiKey(
        id=row.id,
        name=row.name,
        prefix=row.prefix,
        created_by=row.created_by,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )
