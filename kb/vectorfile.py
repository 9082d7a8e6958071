"""Vectors kept in an SQLite file, shared by processes."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from sqlite_utils import Database

from kb.database import sqlite_driver
from kb.embedders import Vectors

BUSY_SECONDS = 30.0
IN_ONE_QUERY = 500


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    """One short connection. A rollback journal, not WAL: a full build renames a new file over the
    old one, and a WAL left beside it would be taken for the new one's."""
    connection = sqlite_driver().connect(
        str(path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        yield Database(connection)
    finally:
        connection.close()


def make_vectors_table(database: Database) -> None:
    database.execute(
        "CREATE TABLE IF NOT EXISTS vectors"
        " (recipe TEXT, hash TEXT, vector BLOB, PRIMARY KEY (recipe, hash)) WITHOUT ROWID"
    )


def read_vectors(database: Database, recipe: str, hashes: Sequence[str]) -> dict[str, Vectors]:
    found: dict[str, Vectors] = {}
    for start in range(0, len(hashes), IN_ONE_QUERY):
        part = list(hashes[start : start + IN_ONE_QUERY])
        marks = ",".join("?" * len(part))
        rows: Any = database.execute(
            f"SELECT hash, vector FROM vectors WHERE recipe = ? AND hash IN ({marks})",  # noqa: S608
            [recipe, *part],
        )
        found |= {name: np.frombuffer(blob, dtype=np.float32) for name, blob in rows}
    return found


def write_vectors(database: Database, recipe: str, vectors: Mapping[str, Vectors]) -> None:
    rows = [(recipe, name, vector.tobytes()) for name, vector in vectors.items()]
    with transaction(database):
        database.conn.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)


@contextmanager
def transaction(database: Database) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


class VectorFile:
    """A VectorStore in a file of its own, for `evaluate`."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        with opened(path) as database:
            make_vectors_table(database)

    def find(self, recipe: str, hashes: Sequence[str]) -> Mapping[str, Vectors]:
        with opened(self.path) as database:
            return read_vectors(database, recipe, hashes)

    def keep(self, recipe: str, vectors: Mapping[str, Vectors]) -> None:
        with opened(self.path) as database:
            write_vectors(database, recipe, vectors)
