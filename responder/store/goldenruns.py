"""Rows of `golden_run`."""

from typing import Any

import sqlalchemy as sa

from responder.schema import golden_run

# without the answers to each question, which are long
SHORT = tuple(column for column in golden_run.c if column.name != "rows")


def insert(connection: sa.Connection, values: dict[str, Any]) -> sa.RowMapping:
    row = connection.execute(golden_run.insert().values(**values).returning(*SHORT))
    return row.mappings().one()


def list_runs(connection: sa.Connection, set_id: int) -> list[sa.RowMapping]:
    found = connection.execute(
        sa.select(*SHORT).where(golden_run.c.set_id == set_id).order_by(golden_run.c.id.desc())
    )
    return list(found.mappings())


def list_last(connection: sa.Connection) -> list[sa.RowMapping]:
    newest = sa.select(sa.func.max(golden_run.c.id)).group_by(golden_run.c.set_id)
    found = connection.execute(sa.select(*SHORT).where(golden_run.c.id.in_(newest)))
    return list(found.mappings())


def find(connection: sa.Connection, run_id: int) -> sa.RowMapping | None:
    found = connection.execute(sa.select(*SHORT).where(golden_run.c.id == run_id))
    return found.mappings().first()


def find_before(connection: sa.Connection, set_id: int, run_id: int) -> sa.RowMapping | None:
    found = connection.execute(
        sa.select(*SHORT)
        .where(golden_run.c.set_id == set_id, golden_run.c.id < run_id)
        .order_by(golden_run.c.id.desc())
        .limit(1)
    )
    return found.mappings().first()


def get_rows(connection: sa.Connection, run_id: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = connection.execute(
        sa.select(golden_run.c.rows).where(golden_run.c.id == run_id)
    ).scalar_one()
    return rows


def delete_older(connection: sa.Connection, set_id: int, kept: int) -> None:
    """All but the newest so many."""
    newest = (
        sa.select(golden_run.c.id)
        .where(golden_run.c.set_id == set_id)
        .order_by(golden_run.c.id.desc())
        .limit(kept)
    )
    connection.execute(
        golden_run.delete().where(golden_run.c.set_id == set_id, golden_run.c.id.not_in(newest))
    )
