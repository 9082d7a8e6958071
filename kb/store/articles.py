"""Rows of `article`: one per article, pointing at its revisions."""

from typing import Any

import sqlalchemy as sa

from kb.database import upsert
from kb.models import ArticleKey, Status
from kb.schema import article


def insert(connection: sa.Connection, values: dict[str, Any]) -> int | None:
    """The new id, or None when the key is taken."""
    made = connection.execute(
        upsert(connection, article)
        .values(**values)
        .on_conflict_do_nothing(index_elements=["lang", "slug"])
        .returning(article.c.id)
    )
    found: int | None = made.scalar_one_or_none()
    return found


def find(connection: sa.Connection, key: ArticleKey, *, lock: bool = False) -> sa.RowMapping | None:
    """With `lock`, no other transaction can change the row until this one ends."""
    wanted = sa.select(article).where(article.c.lang == key.lang, article.c.slug == key.slug)
    if lock:
        wanted = wanted.with_for_update()
    return connection.execute(wanted).mappings().one_or_none()


def update(connection: sa.Connection, article_id: int, values: dict[str, Any]) -> None:
    connection.execute(article.update().where(article.c.id == article_id).values(**values))


def list_all(
    connection: sa.Connection, lang: str | None = None, status: Status | None = None
) -> list[sa.RowMapping]:
    wanted = sa.select(article).order_by(article.c.lang, article.c.slug)
    if lang is not None:
        wanted = wanted.where(article.c.lang == lang)
    if status is not None:
        wanted = wanted.where(article.c.status == status)
    return list(connection.execute(wanted).mappings())


def list_live(connection: sa.Connection, lang: str | None = None) -> list[sa.RowMapping]:
    wanted = (
        sa.select(article)
        .where(article.c.published_revision.is_not(None))
        .order_by(article.c.lang, article.c.slug)
    )
    if lang is not None:
        wanted = wanted.where(article.c.lang == lang)
    return list(connection.execute(wanted).mappings())


def list_due(connection: sa.Connection, now: Any) -> list[sa.RowMapping]:
    wanted = (
        sa.select(article)
        .where(article.c.scheduled_at <= now)
        .order_by(article.c.scheduled_at, article.c.id)
        .with_for_update()
    )
    return list(connection.execute(wanted).mappings())
