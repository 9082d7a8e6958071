"""Rows of `conflict`: shown until a person chooses."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kb.schema import article, conflict


def insert(connection: sa.Connection, values: dict[str, Any]) -> None:
    connection.execute(conflict.insert().values(**values))


def list_open(connection: sa.Connection) -> list[sa.RowMapping]:
    """With the article's present key and latest revision."""
    wanted = (
        sa.select(conflict, article.c.lang, article.c.slug, article.c.latest_revision)
        .join(article, article.c.id == conflict.c.article_id)
        .where(conflict.c.resolved_at.is_(None))
        .order_by(conflict.c.id)
    )
    return list(connection.execute(wanted).mappings())


def resolve(connection: sa.Connection, article_id: int, at: datetime) -> None:
    connection.execute(
        conflict.update()
        .where(conflict.c.article_id == article_id, conflict.c.resolved_at.is_(None))
        .values(resolved_at=at)
    )


def update_open(connection: sa.Connection, article_id: int, values: dict[str, Any]) -> bool:
    """Whether there was one."""
    done = connection.execute(
        conflict.update()
        .where(conflict.c.article_id == article_id, conflict.c.resolved_at.is_(None))
        .values(**values)
    )
    return done.rowcount > 0
