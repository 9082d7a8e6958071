"""The database object: time zones, transactions, and what happens when the disk says no."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa

from kb.database import Database, sqlite_url
from kb.errors import DatabaseUnavailable
from kb.models import ArticleKey
from kb.publishing import Library
from kb.schema import redirect
from tests.conftest import StillClock

KEY = ArticleKey("id", "paket")
TEXT = "---\ntitle: Paket\n---\nSatu\n"


def put_redirect(database: Database, at: datetime) -> None:
    values = {"lang": "id", "slug": "a", "target_slug": "b", "author": "x"}
    with database.write() as connection:
        connection.execute(redirect.insert().values(**values, created_at=at))


def test_moments_keep_their_instant_and_come_back_in_utc(database: Database) -> None:
    jakarta = timezone(timedelta(hours=7))
    put_redirect(database, datetime(2027, 3, 1, 9, 30, 15, 250_000, tzinfo=jakarta))
    with database.read() as connection:
        (found,) = connection.execute(sa.select(redirect.c.created_at)).scalars()
    assert found == datetime(2027, 3, 1, 2, 30, 15, 250_000, tzinfo=UTC)
    assert found.tzinfo is UTC


def test_a_moment_without_zone_is_refused(database: Database) -> None:
    with pytest.raises(sa.exc.StatementError, match="naive datetime"):
        put_redirect(database, datetime(2027, 3, 1))  # noqa: DTZ001


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as connection:
        values = {"lang": "id", "slug": "a", "target_slug": "b", "author": "x"}
        connection.execute(redirect.insert().values(**values, created_at=StillClock().now))
        raise ZeroDivisionError
    with database.read() as connection:
        assert connection.execute(sa.select(redirect)).all() == []


def test_readers_do_not_wait_for_a_writer(library: Library) -> None:
    library.create(KEY, TEXT, "dewi")
    with library.database.write() as connection:
        connection.exec_driver_sql("UPDATE article SET status = 'archived'")
        assert library.get_article(KEY).status == "draft"


def test_writers_take_turns(library: Library) -> None:
    library.create(KEY, TEXT, "dewi")

    def save(number: int) -> Callable[[], None]:
        def act() -> None:
            library.create(ArticleKey("id", f"a-{number}"), TEXT, "dewi")
            library.publish(ArticleKey("id", f"a-{number}"), "dewi")

        return act

    threads = [threading.Thread(target=save(number)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(library.list_published()) == library.generation() == 8


@pytest.fixture
def impatient(tmp_path: Path, sqlite_template: bytes) -> Database:
    (tmp_path / "jawab.db").write_bytes(sqlite_template)
    return Database(sqlite_url(tmp_path / "jawab.db"), busy_timeout_seconds=0.2)


def test_a_locked_database_says_so_and_is_well_again_later(impatient: Database) -> None:
    library = Library(impatient, StillClock())
    with impatient.write(), pytest.raises(DatabaseUnavailable):
        library.create(KEY, TEXT, "dewi")
    library.create(KEY, TEXT, "dewi")
    impatient.close()


def test_a_full_disk_loses_nothing_that_was_said_to_be_saved(impatient: Database) -> None:
    library = Library(impatient, StillClock())
    library.create(KEY, TEXT, "dewi")
    with impatient.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    def limit(raw: object, *_: object) -> None:
        raw.execute(f"PRAGMA max_page_count={pages + 4}")  # type: ignore[attr-defined]

    sa.event.listen(impatient.engine, "connect", limit)
    impatient.engine.dispose()
    saved = 0
    with pytest.raises(DatabaseUnavailable):
        for number in range(100):
            library.create(ArticleKey("id", f"a-{number}"), TEXT + "isi " * 500, "dewi")
            saved += 1
    assert len(library.list_articles()) == saved + 1
    sa.event.remove(impatient.engine, "connect", limit)
    impatient.engine.dispose()
    library.create(ArticleKey("id", "lagi"), TEXT, "dewi")
    with impatient.read() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    impatient.close()


def test_a_database_that_cannot_be_written_still_answers_readers(
    tmp_path: Path, sqlite_template: bytes
) -> None:
    path = tmp_path / "jawab.db"
    path.write_bytes(sqlite_template)
    database = Database(sqlite_url(path))
    library = Library(database, StillClock())
    library.create(KEY, TEXT, "dewi")
    library.publish(KEY, "dewi")
    database.close()
    frozen = Database(f"sqlite:///file:{path}?mode=ro&uri=true")
    reading = Library(frozen, StillClock())
    assert [live.key for live in reading.list_published()] == [KEY]
    with pytest.raises(DatabaseUnavailable):
        reading.archive(KEY, "dewi")
    frozen.close()


def test_a_file_that_is_no_database_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "jawab.db"
    path.write_bytes(b"not a database" * 100)
    database = Database(sqlite_url(path))
    with pytest.raises((DatabaseUnavailable, sa.exc.DatabaseError)):
        Library(database, StillClock()).generation()
    assert path.read_bytes() == b"not a database" * 100
    database.close()
