"""Bring a database to this version's schema, and notice one that is ahead of it."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from kb.database import Database
from kb.errors import DatabaseTooNew

FOLDER = Path(__file__).parent


def current(database: Database) -> str | None:
    """The last migration the database has seen; None for an empty one."""
    with database.read() as connection:
        return _current(connection)


def newest() -> str:
    """The last migration this program knows."""
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    assert head is not None
    return head


def is_behind(database: Database) -> bool:
    """Whether there is something to migrate in a database that holds data already."""
    seen = current(database)
    return seen is not None and seen != newest()


def upgrade(database: Database) -> None:
    """Run what is missing, in one transaction. Raises DatabaseTooNew."""
    with database.write() as connection:
        _refuse_newer(_current(connection))
        settings = alembic_config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")


def check_version(database: Database) -> None:
    """Raises DatabaseTooNew when another, newer version wrote this database."""
    _refuse_newer(current(database))


def _refuse_newer(seen: str | None) -> None:
    known = {
        script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()
    }
    if seen is not None and seen not in known:
        raise DatabaseTooNew(seen)


def _current(connection: sa.Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def alembic_config() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER))
    return settings
