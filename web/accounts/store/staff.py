"""Rows of staff."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from web.accounts.models import Role, Staff
from web.accounts.schema import staff


def find(connection: sa.Connection, email: str) -> Staff | None:
    row = connection.execute(sa.select(staff).where(staff.c.email == email)).one_or_none()
    return None if row is None else _staff(row)


def find_by_id(connection: sa.Connection, staff_id: int) -> Staff | None:
    row = connection.execute(sa.select(staff).where(staff.c.id == staff_id)).one_or_none()
    return None if row is None else _staff(row)


def find_password_hash(connection: sa.Connection, email: str) -> str | None:
    return connection.execute(
        sa.select(staff.c.password_hash).where(staff.c.email == email)
    ).scalar_one_or_none()


def list_all(connection: sa.Connection) -> tuple[Staff, ...]:
    rows = connection.execute(sa.select(staff).order_by(staff.c.disabled, staff.c.name, staff.c.id))
    return tuple(_staff(row) for row in rows)


def insert(
    connection: sa.Connection,
    *,
    email: str,
    name: str,
    roles: Iterable[Role],
    lang: str,
    password_hash: str,
    must_change_password: bool,
    at: datetime,
) -> int:
    result = connection.execute(
        sa.insert(staff)
        .values(
            email=email,
            name=name,
            roles=_stored(roles),
            lang=lang,
            password_hash=password_hash,
            must_change_password=must_change_password,
            disabled=False,
            created_at=at,
        )
        .returning(staff.c.id)
    )
    return int(result.scalar_one())


def update_profile(connection: sa.Connection, staff_id: int, *, name: str, lang: str) -> None:
    _update(connection, staff_id, name=name, lang=lang)


def update_roles(connection: sa.Connection, staff_id: int, roles: Iterable[Role]) -> None:
    _update(connection, staff_id, roles=_stored(roles))


def update_disabled(connection: sa.Connection, staff_id: int, disabled: bool) -> None:
    _update(connection, staff_id, disabled=disabled)


def update_password(
    connection: sa.Connection, staff_id: int, password_hash: str, *, must_change: bool
) -> None:
    _update(connection, staff_id, password_hash=password_hash, must_change_password=must_change)


def update_last_sign_in(connection: sa.Connection, staff_id: int, at: datetime) -> None:
    _update(connection, staff_id, last_sign_in_at=at)


def _update(connection: sa.Connection, staff_id: int, **values: object) -> None:
    connection.execute(sa.update(staff).where(staff.c.id == staff_id).values(**values))


def _stored(roles: Iterable[Role]) -> list[str]:
    return sorted(str(role) for role in roles)


def _staff(row: Any) -> Staff:
    return Staff(
        id=row.id,
        email=row.email,
        name=row.name,
        roles=frozenset(Role(role) for role in row.roles),
        lang=row.lang,
        must_change_password=row.must_change_password,
        disabled=row.disabled,
        created_at=row.created_at,
        last_sign_in_at=row.last_sign_in_at,
    )
