"""Rows of `route`: the routes that the firm's folder overrides or adds."""

import sqlalchemy as sa

from kb.database import upsert
from kb.models import ArticleKey
from kb.schema import route


def list_all(connection: sa.Connection) -> list[sa.RowMapping]:
    wanted = sa.select(route).order_by(route.c.lang, route.c.name)
    return list(connection.execute(wanted).mappings())


def put(connection: sa.Connection, key: ArticleKey, source: str) -> None:
    connection.execute(
        upsert(connection, route)
        .values(lang=key.lang, name=key.slug, source=source)
        .on_conflict_do_update(index_elements=["lang", "name"], set_={"source": source})
    )


def delete(connection: sa.Connection, key: ArticleKey) -> None:
    connection.execute(route.delete().where(route.c.lang == key.lang, route.c.name == key.slug))
