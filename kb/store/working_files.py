"""Rows of `working_file`: what the folder held when it was last in step with the store."""

from typing import Any

import sqlalchemy as sa

from kb.schema import working_file


def list_all(connection: sa.Connection) -> list[sa.RowMapping]:
    return list(connection.execute(sa.select(working_file)).mappings())


def delete(connection: sa.Connection, article_id: int, path: str = "") -> None:
    """What is known of an article, and of a path that it takes over."""
    connection.execute(
        working_file.delete().where(
            sa.or_(working_file.c.article_id == article_id, working_file.c.path == path)
        )
    )


def insert(connection: sa.Connection, values: dict[str, Any]) -> None:
    connection.execute(working_file.insert().values(**values))
