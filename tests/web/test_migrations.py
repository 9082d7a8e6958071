"""Migrations make the very schema that the program's tables describe, on both databases."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext

from kb.database import Database, metadata, sqlite_url
from kb.errors import DatabaseTooNew, DatabaseUnavailable
from kb.models import ArticleKey
from kb.publishing import Library
from tests.conftest import DATABASES, StillClock
from web.migrations.migrate import (
    alembic_config,
    check_version,
    current,
    is_behind,
    newest,
    upgrade,
)

OF_BEFORE = """
INSERT INTO kb_generation (id, value) VALUES (1, 7);
INSERT INTO article (
    lang, slug, status, published_revision, latest_revision, generation, created_at, updated_at
) VALUES ('id', 'ongkir', 'published', 1, 1, 7, '2027-03-01 02:00:00', '2027-03-01 02:00:00');
INSERT INTO revision (article_id, number, source, title, author, origin, note, created_at)
SELECT id, 1, '---
title: Ongkos kirim
status: published
---
Isi.', 'Ongkos kirim', 'putri', 'portal', '', '2027-03-01 02:00:00' FROM article;
INSERT INTO redirect (lang, slug, target_slug, author, generation, created_at)
VALUES ('id', 'ongkos', 'ongkir', 'putri', 5, '2027-03-01 02:00:00');
INSERT INTO route (lang, name, source, generation) VALUES ('id', 'salam', '---
action: greeting
questions: [halo]
---
', 6)"""


@pytest.fixture(params=DATABASES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    """A database without any table."""
    if request.param == "sqlite":
        url = sqlite_url(tmp_path / "empty.db")
    else:
        server = request.getfixturevalue("postgres")
        name = server.create_database()
        request.addfinalizer(lambda: server.drop_database(name))
        url = server.url(name)
    database = Database(url)
    request.addfinalizer(database.close)
    return database


def differences(database: Database) -> list[object]:
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found: list[object] = compare_metadata(context, metadata)
    return found


def test_a_migrated_database_has_the_schema_of_the_tables(empty: Database) -> None:
    upgrade(empty)
    assert differences(empty) == []
    tables = set(sa.inspect(empty.engine).get_table_names())
    assert tables == {*metadata.tables, "alembic_version"}


@pytest.mark.parametrize("kind", DATABASES)
def test_every_column_and_key_is_as_the_tables_say(
    kind: str, request: pytest.FixtureRequest
) -> None:
    made: Database = request.getfixturevalue(f"{kind}_database")
    expected = described(made)
    with made.write() as connection:
        metadata.drop_all(connection)
    upgrade(made)
    assert described(made) == expected


def described(database: Database) -> dict[str, object]:
    inspector = sa.inspect(database.engine)
    return {
        table: (
            [(c["name"], str(c["type"]), c["nullable"], c["default"])
             for c in inspector.get_columns(table)],
            inspector.get_pk_constraint(table),
            sorted(inspector.get_foreign_keys(table), key=str),
            sorted(inspector.get_indexes(table), key=str),
            sorted(inspector.get_unique_constraints(table), key=str),
        )
        for table in metadata.tables
    }  # fmt: skip


def test_articles_of_before_generations_were_counted_once_survive(empty: Database) -> None:
    moved_to(empty, "0002", command.upgrade)
    with empty.write() as connection:
        for statement in OF_BEFORE.split(";"):
            connection.exec_driver_sql(statement)
    upgrade(empty)
    library = Library(empty, StillClock())
    article, old = ArticleKey("id", "ongkir"), ArticleKey("id", "ongkos")
    assert library.get_article(article).article.title == "Ongkos kirim"
    assert [revision.number for revision in library.list_revisions(article)] == [1]
    assert library.find_redirect("id", "ongkos") == article
    assert set(library.list_own_routes()) == {ArticleKey("id", "salam")}
    library.rename(article, old.slug, "putri")
    assert library.generation() == 8
    moved_to(empty, "0002", command.downgrade)
    upgrade(empty)
    assert library.get_article(old).article.title == "Ongkos kirim"


def moved_to(database: Database, version: str, move: Callable[[Config, str], None]) -> None:
    settings = alembic_config()
    with database.write() as connection:
        settings.attributes["connection"] = connection
        move(settings, version)


def test_migrating_again_changes_nothing(empty: Database) -> None:
    assert current(empty) is None
    assert not is_behind(empty)
    upgrade(empty)
    upgrade(empty)
    assert current(empty) == newest()
    check_version(empty)


def test_a_database_of_a_newer_version_is_refused_and_left_alone(empty: Database) -> None:
    upgrade(empty)
    with empty.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseTooNew, match="9999"):
        upgrade(empty)
    with pytest.raises(DatabaseTooNew):
        check_version(empty)
    assert current(empty) == "9999"


def test_a_migration_that_fails_leaves_nothing_behind(empty: Database) -> None:
    with empty.write() as connection:
        connection.exec_driver_sql("CREATE TABLE wording (x INTEGER)")
    with pytest.raises((sa.exc.DBAPIError, DatabaseUnavailable)):
        upgrade(empty)
    assert sa.inspect(empty.engine).get_table_names() == ["wording"]
