"""Rows of `redirect`: where renamed and replaced articles went."""

from typing import Any

import sqlalchemy as sa

from kb.database import upsert
from kb.models import ArticleKey
from kb.schema import redirect


def put(
    connection: sa.Connection, key: ArticleKey, target_slug: str, values: dict[str, Any]
) -> None:
    values = {**values, "target_slug": target_slug}
    connection.execute(
        upsert(connection, redirect)
        .values(lang=key.lang, slug=key.slug, **values)
        .on_conflict_do_update(index_elements=["lang", "slug"], set_=values)
    )


def find(connection: sa.Connection, key: ArticleKey) -> sa.RowMapping | None:
    wanted = sa.select(redirect).where(redirect.c.lang == key.lang, redirect.c.slug == key.slug)
    return connection.execute(wanted).mappings().one_or_none()


def delete(connection: sa.Connection, key: ArticleKey) -> None:
    connection.execute(
        redirect.delete().where(redirect.c.lang == key.lang, redirect.c.slug == key.slug)
    )


def repoint(connection: sa.Connection, key: ArticleKey, target_slug: str) -> None:
    """Redirects to a slug now lead to another, so that chains stay one step long."""
    connection.execute(
        redirect.update()
        .where(redirect.c.lang == key.lang, redirect.c.target_slug == key.slug)
        .values(target_slug=target_slug)
    )


def list_targets(connection: sa.Connection) -> dict[ArticleKey, ArticleKey]:
    """One step each."""
    wanted = sa.select(redirect.c.lang, redirect.c.slug, redirect.c.target_slug)
    return {
        ArticleKey(lang, slug): ArticleKey(lang, target)
        for lang, slug, target in connection.execute(wanted)
    }
