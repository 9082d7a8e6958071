"""One database object for SQLite and PostgreSQL: naming convention, engine, transactions."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from kb.errors import DatabaseUnavailable, InvalidSettings
from kb.patience import Patience

log = logging.getLogger(__name__)

SAFE_SQLITE = (3, 51, 3)
BUSY_TIMEOUT_SECONDS = 10.0
metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """Aware datetimes in UTC on both databases; SQLite would lose the zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: pass one with a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def sqlite_driver() -> ModuleType:
    """The newest SQLite at hand: pysqlite3's bundled one where it is installed.

    Versions before 3.51.3 can corrupt a WAL database with several connections
    (sqlite.org, "WAL-reset bug").
    """
    try:
        import pysqlite3
    except ImportError:
        if sqlite3.sqlite_version_info < SAFE_SQLITE:
            log.warning("old_sqlite", extra={"version": sqlite3.sqlite_version})
        return sqlite3
    module: ModuleType = pysqlite3
    return module


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


class Database:
    """Opens transactions. `read()` may run beside others; `write()` is exclusive on SQLite."""

    def __init__(self, url: str, *, busy_timeout_seconds: float | None = None) -> None:
        seconds = BUSY_TIMEOUT_SECONDS if busy_timeout_seconds is None else busy_timeout_seconds
        self._patience = Patience(seconds)
        try:
            self.url = make_url(url)
            self.is_sqlite = self.url.get_backend_name() == "sqlite"
            self.engine = (
                _sqlite_engine(self.url, seconds)
                if self.is_sqlite
                else sa.create_engine(self.url, pool_pre_ping=True, pool_size=10, max_overflow=10)
            )
        except (sa.exc.ArgumentError, ImportError):  # said without the address: it has a password
            raise InvalidSettings(
                "database.url is no address of a database, or its driver is not installed: write "
                "postgresql+psycopg://user:password@host/name, or leave it empty for SQLite"
            ) from None

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        with _translated(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        with _translated(), self.engine.connect() as connection:
            with self._patience.wait() as seconds:
                milliseconds = int(seconds * 1000)
                connection.execution_options(sqlite_write_milliseconds=milliseconds)
                transaction = connection.begin()
            with transaction:
                yield connection

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (sa.exc.OperationalError, sa.exc.InternalError, sa.exc.TimeoutError) as error:
        raise DatabaseUnavailable(f"the database did not answer: {_cause(error)}") from error
    except sa.exc.DatabaseError as error:
        if type(error) is not sa.exc.DatabaseError:  # a kind of its own: not about the file
            raise
        raise DatabaseUnavailable(
            f"the database is damaged ({_cause(error)}): restore a backup into a new folder with "
            "`jawab db restore`"
        ) from error


def _cause(error: Exception) -> str:
    """The database's own word, in one line."""
    said = str(getattr(error, "orig", None) or error).strip()
    return said.splitlines()[0] if said else type(error).__name__


def _sqlite_engine(url: sa.URL, busy_timeout_seconds: float) -> sa.Engine:
    engine = sa.create_engine(
        url,
        module=sqlite_driver(),
        connect_args={"timeout": busy_timeout_seconds, "check_same_thread": False},
        pool_size=20,
        max_overflow=20,
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(raw: Any, _record: object) -> None:
    raw.isolation_level = None
    for pragma in ("foreign_keys=ON", "synchronous=FULL", "journal_mode=WAL"):
        try:
            raw.execute(f"PRAGMA {pragma}")
        except Exception as error:  # a read-only file still serves reads
            if "readonly" not in str(error):
                raise


def _begin_sqlite(connection: sa.Connection) -> None:
    milliseconds = connection.get_execution_options().get("sqlite_write_milliseconds")
    if milliseconds is None:
        connection.exec_driver_sql("BEGIN DEFERRED")
    else:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={milliseconds}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def upsert(connection: sa.Connection, table: sa.Table) -> Any:
    """An INSERT that knows `on_conflict_do_update` and `..._do_nothing` on either database."""
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)
