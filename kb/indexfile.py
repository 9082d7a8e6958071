"""index.db: a snapshot's statistics, matrices and vectors in one SQLite file.

Everything in it can be made again from the articles; a file that does not fit is not used.
"""

import hashlib
import io
import json
import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sqlite_utils import Database

from kb.database import sqlite_driver
from kb.discriminant import Discriminant
from kb.embedders import Vectors
from kb.errors import KbError
from kb.index import IndexSnapshot, Past, Rehearsal, Rows, Statistics
from kb.lexical import TermSpace
from kb.recipe import Recipe
from kb.semantic import Head
from kb.vectorfile import (
    make_vectors_table,
    opened,
    read_vectors,
    transaction,
    write_vectors,
)

log = logging.getLogger(__name__)

# vectors beside those of the passages: of questions asked, and of texts that may come back
MOST_CARRIED = 50_000
FORMAT = 4
HEAD_ARRAYS = ("coefficients", "intercepts", "fits", "gram")
DISCRIMINANT_ARRAYS = ("coefficients", "offsets", "covariance")
REHEARSAL_ARRAYS = ("kept", "kept_rival", "right", "removed", "removed_rival", "neighbours")
SOUND = [("ok",)]
Array = npt.NDArray[Any]


class UnusableIndex(KbError):
    """The index file is damaged, of another format, made by another recipe, or not writable."""


class Parts:
    """Named pieces of a snapshot as bytes, each with its digest."""

    def __init__(self, blobs: dict[str, bytes] | None = None) -> None:
        self.blobs: dict[str, bytes] = blobs if blobs is not None else {}

    def put_array(self, name: str, array: Array) -> None:
        buffer = io.BytesIO()
        np.save(buffer, array, allow_pickle=False)
        self.blobs[name] = buffer.getvalue()

    def array(self, name: str) -> Array:
        found: Array = np.load(io.BytesIO(self.blobs[name]), allow_pickle=False)
        return found

    def put_texts(self, name: str, texts: Sequence[str]) -> None:
        self.blobs[name] = json.dumps(list(texts), ensure_ascii=False).encode()

    def texts(self, name: str) -> list[str]:
        found: list[str] = json.loads(self.blobs[name])
        return found

    def put_matrix(self, name: str, matrix: sparse.csr_array) -> None:
        self.put_array(f"{name}.data", matrix.data)
        self.put_array(f"{name}.indices", matrix.indices.astype(np.int32))
        self.put_array(f"{name}.indptr", matrix.indptr.astype(np.int64))
        self.put_array(f"{name}.shape", np.array(matrix.shape))

    def matrix(self, name: str) -> sparse.csr_array:
        pieces = tuple(self.array(f"{name}.{part}") for part in ("data", "indices", "indptr"))
        rows, columns = self.array(f"{name}.shape").tolist()
        return sparse.csr_array(pieces, shape=(rows, columns))


class IndexFile:
    """Also a VectorStore. Any number of processes may use the same path."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def stamp(self) -> tuple[int, int] | None:
        """Changes when a full build replaced the file."""
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return None
        return status.st_ino, status.st_dev

    def find(self, recipe: str, hashes: Sequence[str]) -> Mapping[str, Vectors]:
        """What is kept; a file that cannot be read keeps nothing."""
        try:
            with self._tables() as database:
                return read_vectors(database, recipe, hashes)
        except (OSError, sqlite_error()) as error:
            log.warning("vectors_not_read", extra={"problem": f"{self.path}: {error}"})
            return {}

    def keep(self, recipe: str, vectors: Mapping[str, Vectors]) -> None:
        """Where the file cannot be written, the texts are embedded again next time."""
        try:
            with self._tables() as database:
                write_vectors(database, recipe, vectors)
        except (OSError, sqlite_error()) as error:
            log.warning("vectors_not_kept", extra={"problem": f"{self.path}: {error}"})

    def save(self, snapshot: IndexSnapshot) -> None:
        """Write a new file beside the old one and put it in its place; vectors of the same
        embedder come along, those of past questions too.

        Raises UnusableIndex.
        """
        try:
            self._save(snapshot)
        except (OSError, sqlite_error()) as error:
            raise UnusableIndex(f"{self.path} cannot be written: {error}") from error

    def _save(self, snapshot: IndexSnapshot) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
        fresh.unlink(missing_ok=True)
        try:
            with opened(fresh) as database:
                _write(database, snapshot)
                self._carry_over(database, snapshot.recipe.embedder)
            with self._held():
                fresh.replace(self.path)
        finally:
            fresh.unlink(missing_ok=True)

    def _carry_over(self, fresh: Database, embedder: str) -> None:
        """What cannot be read of the old file is embedded again when it is asked for."""
        if not self.path.exists():
            return
        try:
            fresh.execute("ATTACH ? AS old", [str(self.path)])
            with transaction(fresh):
                fresh.execute(
                    "INSERT OR IGNORE INTO vectors SELECT recipe, hash, vector FROM old.vectors"
                    " WHERE recipe = ? LIMIT ?",
                    [embedder, MOST_CARRIED],
                )
        except sqlite_error() as error:
            log.warning("vectors_not_carried_over", extra={"problem": f"{self.path}: {error}"})

    def load(self, embedder: str) -> Past | None:
        """With the slang it was made with; None where there is none yet, or only vectors of a build
        that was interrupted.

        Raises UnusableIndex.
        """
        if not self.path.exists():
            return None
        try:
            with opened(self.path) as database:
                return _read(database, embedder) if "parts" in database.table_names() else None
        except UnusableIndex:
            raise
        except Exception as error:  # whatever a damaged file may raise
            raise UnusableIndex(f"{self.path} cannot be read: {error}") from error

    def set_aside_if_damaged(self) -> None:
        """A file that is no sound database would stop the build that replaces it."""
        if not self.path.is_file() or self._is_sound():
            return
        try:
            self.path.replace(self.path.with_name(f"{self.path.name}.damaged"))
        except OSError as error:
            log.warning("index_not_set_aside", extra={"problem": str(error)})

    def _is_sound(self) -> bool:
        try:
            with opened(self.path) as database:
                return database.execute("PRAGMA quick_check").fetchall() == SOUND
        except sqlite_driver().OperationalError:  # locked or not ours: nothing is said of its bytes
            return True
        except sqlite_error():
            return False

    @contextmanager
    def _tables(self) -> Iterator[Database]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with opened(self.path) as database:
            make_vectors_table(database)
            yield database

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Nobody writes to the old file while it is replaced."""
        if not self.path.exists():
            yield
            return
        with opened(self.path) as database, transaction(database):
            yield


def sqlite_error() -> type[Exception]:
    kind: type[Exception] = sqlite_driver().DatabaseError
    return kind


def _write(database: Database, snapshot: IndexSnapshot) -> None:
    make_vectors_table(database)
    database.execute("CREATE TABLE parts (name TEXT PRIMARY KEY, digest TEXT, data BLOB)")
    database.execute(
        "CREATE TABLE passages (entry TEXT, entry_kind TEXT, kind TEXT, text TEXT, hash TEXT)"
    )
    parts = _taken_apart(snapshot)
    passages = [
        (str(entry.key), entry.kind.value, passage.kind.value, passage.text, passage.hash)
        for entry in snapshot.entries
        for passage in entry.passages
    ]
    with transaction(database):
        database.conn.executemany(
            "INSERT INTO parts VALUES (?, ?, ?)",
            [(name, _digest(blob), blob) for name, blob in parts.blobs.items()],
        )
        database.conn.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", passages)
    recipe, rows = snapshot.recipe, snapshot.raw_vectors
    vectors = {
        recipe.as_embedded(passage).hash: row
        for passage, row in zip(snapshot.passages, rows, strict=True)
    }
    write_vectors(database, recipe.embedder, vectors)


def _taken_apart(snapshot: IndexSnapshot) -> Parts:
    parts, statistics = Parts(), snapshot.statistics
    parts.put_texts("format", [str(FORMAT), snapshot.recipe.name, statistics.fingerprint])
    parts.put_texts("slang", [*chain.from_iterable(sorted(snapshot.recipe.slang.items()))])
    parts.put_texts("known", sorted(statistics.known))
    parts.put_texts("hashes", [passage.hash for passage in snapshot.passages])
    parts.put_array("mean", statistics.mean)
    parts.put_array("raw_vectors", snapshot.raw_vectors)
    for name, space in statistics.spaces.items():
        parts.put_texts(f"{name}.terms", list(space.vocabulary))
        parts.put_array(f"{name}.idf", space.idf)
        parts.put_array(f"{name}.documents", np.array(space.documents))
        parts.put_matrix(f"{name}.postings", sparse.csr_array(snapshot.postings[name]))
    if statistics.head is not None:
        parts.put_texts("head.classes", statistics.head.classes)
        for name in HEAD_ARRAYS:
            parts.put_array(f"head.{name}", getattr(statistics.head, name))
        discriminant = statistics.head.discriminant
        for name in DISCRIMINANT_ARRAYS:
            parts.put_array(f"discriminant.{name}", getattr(discriminant, name))
        parts.put_array("discriminant.trust", np.array(discriminant.trust))
    for name in REHEARSAL_ARRAYS:
        parts.put_array(f"rehearsal.{name}", getattr(statistics.rehearsal, name))
    return parts


def _read(database: Database, embedder: str) -> Past:
    blobs: dict[str, bytes] = {}
    rows: Any = database.execute("SELECT name, digest, data FROM parts")
    for name, digest, data in rows:
        if _digest(data) != digest:
            raise UnusableIndex(f"the part {name!r} of the index file is damaged")
        blobs[name] = data
    parts = Parts(blobs)
    number, made_by, fingerprint = parts.texts("format")
    recipe = _recipe(parts, embedder) if number == str(FORMAT) else None
    if recipe is None or made_by != recipe.name:
        raise UnusableIndex(f"the index file was made by {made_by!r}, format {number}")
    postings = {name: parts.matrix(f"{name}.postings") for name in ("char", "word")}
    hashes = parts.texts("hashes")
    return Past(
        Statistics(
            fingerprint=fingerprint,
            mean=parts.array("mean"),
            spaces={name: _space(parts, name) for name in postings},
            head=_head(parts),
            known=frozenset(parts.texts("known")),
            hashes=frozenset(hashes),
            rehearsal=Rehearsal(*(parts.array(f"rehearsal.{n}") for n in REHEARSAL_ARRAYS)),
        ),
        recipe,
        Rows(
            parts.array("raw_vectors"),
            {name: sparse.csr_array(matrix.T) for name, matrix in postings.items()},
            {name: number for number, name in enumerate(hashes)},
        ),
    )


def _recipe(parts: Parts, embedder: str) -> Recipe:
    words = iter(parts.texts("slang"))
    return Recipe(embedder, dict(zip(words, words, strict=True)))


def _space(parts: Parts, name: str) -> TermSpace:
    terms = parts.texts(f"{name}.terms")
    documents = int(parts.array(f"{name}.documents"))
    vocabulary = {term: number for number, term in enumerate(terms)}
    return TermSpace(name, vocabulary, parts.array(f"{name}.idf"), documents)


def _head(parts: Parts) -> Head | None:
    if "head.classes" not in parts.blobs:
        return None
    classes = tuple(parts.texts("head.classes"))
    coefficients, intercepts, fits, gram = (parts.array(f"head.{name}") for name in HEAD_ARRAYS)
    weights, offsets, covariance = (parts.array(f"discriminant.{n}") for n in DISCRIMINANT_ARRAYS)
    trust = float(parts.array("discriminant.trust"))
    discriminant = Discriminant(weights, offsets, covariance, trust)
    return Head(classes, coefficients, intercepts, fits, gram, discriminant)


def _digest(blob: bytes) -> str:
    return hashlib.blake2b(blob, digest_size=16).hexdigest()
