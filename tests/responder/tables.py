"""What really stands in the database."""

import sqlalchemy as sa

from kb.database import Database


def rows(database: Database, table: sa.Table) -> list[sa.RowMapping]:
    with database.read() as connection:
        return list(connection.execute(sa.select(table).order_by(table.c.id)).mappings())
