"""What the folder held when it was last in step with the store, and where the two disagree."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from kb.clock import Clock
from kb.conflicts import Conflict, ConflictKind
from kb.database import Database
from kb.models import ArticleKey
from kb.reading import revision_of
from kb.revisions import WorkingText
from kb.store import conflicts, revisions, working_files


@dataclass(frozen=True, slots=True)
class Synced:
    """A file and the revision that were in step."""

    path: str
    text_hash: str
    revision: int


class Ledger:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def list_synced(self) -> Mapping[int, Synced]:
        """By article id."""
        with self._database.read() as connection:
            rows = working_files.list_all(connection)
        return {
            row["article_id"]: Synced(row["path"], row["text_hash"], row["revision"])
            for row in rows
        }

    def remember(self, article_id: int, synced: Synced) -> None:
        values = {
            "article_id": article_id,
            "path": synced.path,
            "text_hash": synced.text_hash,
            "revision": synced.revision,
            "synced_at": self._clock(),
        }
        with self._database.write() as connection:
            working_files.delete(connection, article_id, synced.path)
            working_files.insert(connection, values)

    def forget(self, article_id: int) -> None:
        with self._database.write() as connection:
            working_files.delete(connection, article_id)

    def list_conflicts(self) -> tuple[Conflict, ...]:
        """Those that no one has settled, oldest first."""
        with self._database.read() as connection:
            rows = conflicts.list_open(connection)
            numbers = {(row["article_id"], row["latest_revision"]) for row in rows}
            numbers |= {(row["article_id"], row["file_revision"] or 0) for row in rows}
            texts = revisions.list_numbered(connection, numbers)
        return tuple(_conflict(row, texts) for row in rows)

    def note_conflict(self, working: WorkingText, file_revision: int | None) -> None:
        """Opens one for the article, or brings its open one up to date."""
        kind = ConflictKind.MISSING if file_revision is None else ConflictKind.EDITED
        values = {"path": working.path, "kind": kind, "file_revision": file_revision}
        with self._database.write() as connection:
            if not conflicts.update_open(connection, working.article_id, values):
                opened = {"article_id": working.article_id, "created_at": self._clock()}
                conflicts.insert(connection, {**values, **opened})

    def settle(self, article_id: int) -> None:
        with self._database.write() as connection:
            conflicts.resolve(connection, article_id, self._clock())


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _conflict(row: sa.RowMapping, texts: Mapping[tuple[int, int], sa.RowMapping]) -> Conflict:
    key = ArticleKey(row["lang"], row["slug"])
    file = texts.get((row["article_id"], row["file_revision"] or 0))
    return Conflict(
        id=row["id"],
        article_id=row["article_id"],
        key=key,
        path=row["path"],
        kind=ConflictKind(row["kind"]),
        file=None if file is None else revision_of(key, file),
        portal=revision_of(key, texts[row["article_id"], row["latest_revision"]]),
        created_at=row["created_at"],
    )
