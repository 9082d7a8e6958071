"""Rows of `revision`: every text an article ever had."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from kb.schema import revision

BATCH = 400


def insert(connection: sa.Connection, values: dict[str, Any]) -> sa.RowMapping:
    made = connection.execute(revision.insert().values(**values).returning(revision))
    return made.mappings().one()


def find(connection: sa.Connection, article_id: int, number: int) -> sa.RowMapping | None:
    wanted = sa.select(revision).where(
        revision.c.article_id == article_id, revision.c.number == number
    )
    return connection.execute(wanted).mappings().one_or_none()


def highest_number(connection: sa.Connection, article_id: int) -> int:
    wanted = sa.select(sa.func.max(revision.c.number)).where(revision.c.article_id == article_id)
    return connection.execute(wanted).scalar() or 0


def list_of(connection: sa.Connection, article_id: int) -> list[sa.RowMapping]:
    """Newest first."""
    wanted = (
        sa.select(revision)
        .where(revision.c.article_id == article_id)
        .order_by(revision.c.number.desc())
    )
    return list(connection.execute(wanted).mappings())


def list_sources(
    connection: sa.Connection, wanted: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], str]:
    """Sources by (article id, number)."""
    pairs = list(wanted)
    found: dict[tuple[int, int], str] = {}
    columns = (revision.c.article_id, revision.c.number, revision.c.source)
    for start in range(0, len(pairs), BATCH):
        batch = sa.tuple_(revision.c.article_id, revision.c.number).in_(
            pairs[start : start + BATCH]
        )
        for article_id, number, source in connection.execute(sa.select(*columns).where(batch)):
            found[article_id, number] = source
    return found


def list_numbered(
    connection: sa.Connection, wanted: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], sa.RowMapping]:
    """Whole rows by (article id, number)."""
    pairs = list(wanted)
    found: dict[tuple[int, int], sa.RowMapping] = {}
    for start in range(0, len(pairs), BATCH):
        batch = sa.tuple_(revision.c.article_id, revision.c.number).in_(
            pairs[start : start + BATCH]
        )
        for row in connection.execute(sa.select(revision).where(batch)).mappings():
            found[row["article_id"], row["number"]] = row
    return found
