"""A database that stays locked: how long writers wait, and who does not wait at all."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb import patience
from kb.database import Database, sqlite_driver, sqlite_url
from kb.errors import DatabaseUnavailable
from kb.models import ArticleKey
from kb.publishing import Library
from tests.conftest import StillClock

PATIENCE_SECONDS = 1.2
TEXT = "---\ntitle: Paket\n---\nSatu\n"


@pytest.fixture
def library(
    tmp_path: Path, sqlite_template: bytes, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Library]:
    monkeypatch.setattr(patience, "SHORTEST_SECONDS", 0.1)
    (tmp_path / "jawab.db").write_bytes(sqlite_template)
    database = Database(sqlite_url(tmp_path / "jawab.db"), busy_timeout_seconds=PATIENCE_SECONDS)
    yield Library(database, StillClock())
    database.close()


@pytest.fixture
def lock(library: Library, tmp_path: Path) -> Iterator[threading.Event]:
    """Held until the event is set."""
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        other = sqlite_driver().connect(tmp_path / "jawab.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        held.set()
        release.wait(timeout=10)
        other.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    yield release
    release.set()
    thread.join()


def seconds_until_refused(library: Library, name: str) -> float:
    start = time.monotonic()
    with pytest.raises(DatabaseUnavailable):
        library.create(ArticleKey("id", name), TEXT, "dewi")
    return time.monotonic() - start


def test_who_comes_later_waits_no_longer_than_the_first(
    library: Library, lock: threading.Event
) -> None:
    waits: dict[int, float] = {}

    def write(number: int) -> None:
        waits[number] = seconds_until_refused(library, f"a-{number}")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    start = time.monotonic()
    for thread in threads:
        thread.start()
        time.sleep(0.1)
    for thread in threads:
        thread.join()
    assert time.monotonic() - start < PATIENCE_SECONDS + 0.5
    assert waits[0] > PATIENCE_SECONDS - 0.1
    refused_at_once = [wait for wait in waits.values() if wait < 0.08]
    assert len(refused_at_once) == len(threads) - patience.MOST_WAITING
    assert seconds_until_refused(library, "b") < 0.4


def test_patience_is_whole_again_once_somebody_could_write(
    library: Library, lock: threading.Event
) -> None:
    seconds_until_refused(library, "a")
    lock.set()
    time.sleep(0.05)
    library.create(ArticleKey("id", "b"), TEXT, "dewi")
    with library.database.write():
        assert seconds_until_refused(library, "c") > PATIENCE_SECONDS - 0.1
