"""What every test may ask for: both databases, a clock that stands still, a folder."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import kb.schema
import responder.schema
import web.accounts.schema
from kb.database import Database, metadata, sqlite_url
from kb.publishing import Library
from tests.postgres import Postgres, running

SCHEMAS = (kb.schema, responder.schema, web.accounts.schema)
DATABASES = ("sqlite", "postgres")


class StillClock:
    """Stands at one moment until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for the session (one a worker under xdist)."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> str:
    """A database with the schema, to be copied."""
    name = postgres.create_database()
    template = Database(postgres.url(name))
    metadata.create_all(template.engine)
    template.close()
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("template") / "jawab.db"
    template = Database(sqlite_url(path))
    metadata.create_all(template.engine)
    with template.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    template.close()
    return path.read_bytes()


@pytest.fixture
def sqlite_database(tmp_path: Path, sqlite_template: bytes) -> Iterator[Database]:
    """An empty SQLite database with the schema."""
    path = tmp_path / "jawab.db"
    path.write_bytes(sqlite_template)
    database = Database(sqlite_url(path))
    yield database
    database.close()


@pytest.fixture
def postgres_database(postgres: Postgres, postgres_template: str) -> Iterator[Database]:
    """An empty PostgreSQL database with the schema."""
    name = postgres.create_database(postgres_template)
    database = Database(postgres.url(name))
    yield database
    database.close()
    postgres.drop_database(name)


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> Database:
    """An empty database with the schema: the test runs on SQLite and on PostgreSQL."""
    found: Database = request.getfixturevalue(f"{request.param}_database")
    return found


@pytest.fixture
def library(database: Database, clock: Callable[[], datetime]) -> Library:
    return Library(database, clock)
