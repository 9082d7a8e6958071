"""Rows of `golden_set` and `golden_question`."""

from typing import Any

import sqlalchemy as sa

from kb.database import upsert
from responder.schema import golden_question, golden_run, golden_set


def list_sets(connection: sa.Connection) -> list[sa.RowMapping]:
    """By name, each with the number of its questions."""
    found = connection.execute(
        sa.select(golden_set, sa.func.count(golden_question.c.id).label("questions"))
        .outerjoin(golden_question, golden_question.c.set_id == golden_set.c.id)
        .group_by(golden_set.c.id)
        .order_by(golden_set.c.name)
    )
    return list(found.mappings())


def find_set(connection: sa.Connection, set_id: int) -> sa.RowMapping | None:
    return _one_set(connection, golden_set.c.id == set_id)


def find_set_named(connection: sa.Connection, name: str) -> sa.RowMapping | None:
    return _one_set(connection, golden_set.c.name == name)


def _one_set(connection: sa.Connection, which: sa.ColumnElement[bool]) -> sa.RowMapping | None:
    questions = (
        sa.select(sa.func.count())
        .where(golden_question.c.set_id == golden_set.c.id)
        .scalar_subquery()
        .label("questions")
    )
    return connection.execute(sa.select(golden_set, questions).where(which)).mappings().first()


def lock_set(connection: sa.Connection, set_id: int) -> bool:
    """Whether it is there; nobody else changes its questions until the transaction ends."""
    found = connection.execute(
        sa.select(golden_set.c.id).where(golden_set.c.id == set_id).with_for_update()
    )
    return found.first() is not None


def insert_set(connection: sa.Connection, values: dict[str, Any]) -> int | None:
    """None when there is one of that name."""
    found = connection.execute(
        upsert(connection, golden_set)
        .values(**values)
        .on_conflict_do_nothing(index_elements=["name"])
        .returning(golden_set.c.id)
    )
    made: int | None = found.scalar_one_or_none()
    return made


def rename_set(connection: sa.Connection, set_id: int, name: str) -> None:
    connection.execute(golden_set.update().where(golden_set.c.id == set_id).values(name=name))


def delete_runs(connection: sa.Connection, set_id: int) -> None:
    connection.execute(golden_run.delete().where(golden_run.c.set_id == set_id))


def delete_questions(connection: sa.Connection, set_id: int) -> None:
    connection.execute(golden_question.delete().where(golden_question.c.set_id == set_id))


def delete_set(connection: sa.Connection, set_id: int) -> None:
    connection.execute(golden_set.delete().where(golden_set.c.id == set_id))


def list_questions(connection: sa.Connection, set_id: int | None) -> list[sa.RowMapping]:
    """In the order they were added; None: of every set."""
    wanted = sa.select(golden_question).order_by(golden_question.c.id)
    if set_id is not None:
        wanted = wanted.where(golden_question.c.set_id == set_id)
    return list(connection.execute(wanted).mappings())


def find_question(connection: sa.Connection, question_id: int) -> sa.RowMapping | None:
    found = connection.execute(
        sa.select(golden_question).where(golden_question.c.id == question_id)
    )
    return found.mappings().first()


def find_text(connection: sa.Connection, set_id: int, text: str) -> sa.RowMapping | None:
    found = connection.execute(
        sa.select(golden_question).where(
            golden_question.c.set_id == set_id, golden_question.c.text == text
        )
    )
    return found.mappings().first()


def insert_question(connection: sa.Connection, values: dict[str, Any]) -> sa.RowMapping:
    row = connection.execute(golden_question.insert().values(**values).returning(golden_question))
    return row.mappings().one()


def insert_questions(connection: sa.Connection, values: list[dict[str, Any]]) -> None:
    if values:
        connection.execute(golden_question.insert(), values)


def update_question(
    connection: sa.Connection, question_id: int, values: dict[str, Any]
) -> sa.RowMapping | None:
    row = connection.execute(
        golden_question.update()
        .where(golden_question.c.id == question_id)
        .values(**values)
        .returning(golden_question)
    )
    return row.mappings().first()


def delete_question(connection: sa.Connection, question_id: int) -> None:
    connection.execute(golden_question.delete().where(golden_question.c.id == question_id))
