"""Search: the present snapshot, kept in step with what is published, in every process."""

import fcntl
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from kb.building import build_snapshot
from kb.embedders import Embedder
from kb.errors import DatabaseUnavailable
from kb.index import Entry, IndexSnapshot, Past, entries_of, extended
from kb.indexfile import IndexFile, UnusableIndex
from kb.language import Vocabulary
from kb.models import Article, Hit, PublishedArticle, Route
from kb.passages import passages_of
from kb.recent import RecentQuestions
from kb.recipe import Recipe
from kb.rehearsal import rehearsed
from kb.text import Lexicon, normalise
from kb.vectors import Progress, VectorStore, embedded

log = logging.getLogger(__name__)

CHECK_SECONDS = 0.25
REBUILD_SHARE = 0.05


class Source(Protocol):
    """Where published content comes from; `generation` grows with every change of it."""

    def generation(self) -> int: ...

    def list_published(self) -> tuple[PublishedArticle, ...]: ...

    def list_routes(self) -> tuple[Route, ...]: ...


@dataclass(frozen=True, slots=True)
class Collection:
    """What can be found at one moment: a snapshot and the articles and routes it was made of."""

    snapshot: IndexSnapshot
    articles: tuple[PublishedArticle, ...]
    routes: tuple[Route, ...]
    vocabulary: Vocabulary
    stamp: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Content:
    generation: int
    articles: tuple[PublishedArticle, ...]
    routes: tuple[Route, ...]

    def entries(self) -> tuple[Entry, ...]:
        return entries_of(self.articles, self.routes)


class Searcher:
    """One per process; any number of threads. The embedder is made at its first use."""

    def __init__(
        self,
        path: Path,
        source: Source,
        make_embedder: Callable[[], Embedder],
        read_lexicon: Callable[[], Lexicon],
    ) -> None:
        self._file = IndexFile(path)
        self._source = source
        self._make_embedder = make_embedder
        self._read_lexicon = read_lexicon
        self._embedder: Embedder | None = None
        self._embedder_lock = threading.Lock()
        self._collection: Collection | None = None
        self._lock = threading.Lock()
        self._next_check = 0.0
        self._recent = RecentQuestions(self.embedder)

    def search(self, text: str) -> tuple[Hit, ...]:
        """Articles and routes, most relevant first."""
        return self.search_in(self.collection(), text)

    def search_in(self, collection: Collection, text: str) -> tuple[Hit, ...]:
        return self._recent.find_hits(collection.snapshot, normalise(text))

    @property
    def store(self) -> VectorStore:
        """Where vectors are kept."""
        return self._file

    def lexicon(self) -> Lexicon:
        return self._read_lexicon()

    @property
    def is_loaded(self) -> bool:
        """Whether a search would be answered at once, without building or loading first."""
        return self._collection is not None

    def snapshot(self) -> IndexSnapshot:
        return self.collection().snapshot

    def collection(self) -> Collection:
        """The present one; looks for changes at most every 250 ms, in one thread at a time."""
        present = self._collection
        if present is None:
            with self._lock:
                return self._collection or self._start(None)
        if time.monotonic() >= self._next_check and self._lock.acquire(blocking=False):
            try:
                self._next_check = time.monotonic() + CHECK_SECONDS
                return self._refreshed(present)
            finally:
                self._lock.release()
        return present

    def start(self, progress: Progress | None = None) -> IndexSnapshot:
        """Load the index, whatever slang it knows, or build it where there is none that fits."""
        with self._lock:
            return (self._collection or self._start(progress)).snapshot

    def prepare(self, article: Article) -> None:
        """Embed an article's passages before it is published, so that publishing is instant."""
        embedded(passages_of(article), self.snapshot().recipe, self.embedder(), self._file)

    def has_new_slang(self) -> bool:
        """Whether the lists say what the present index does not know: a rebuild mends it."""
        listed = Recipe.of(self.embedder(), self._read_lexicon())
        return listed != self.snapshot().recipe

    def needs_rebuild(self) -> bool:
        """Whether so much changed since the statistics were learned that they should be anew."""
        snapshot = self.collection().snapshot
        passages = {passage.hash for passage in snapshot.passages}
        learned = snapshot.statistics.hashes
        return len(passages ^ learned) > REBUILD_SHARE * max(len(learned), 1)

    def rebuild(self, progress: Progress | None = None) -> IndexSnapshot:
        """Learn everything anew and put the file in place; other processes pick it up."""
        content, lexicon = self._content(), self._read_lexicon()
        self._file.set_aside_if_damaged()
        snapshot = self._learned(content, lexicon, progress)
        self._file.save(snapshot)
        with self._lock:
            return self._hold(snapshot, content, lexicon).snapshot

    def embedder(self) -> Embedder:
        if self._embedder is None:
            with self._embedder_lock:
                if self._embedder is None:
                    self._embedder = self._make_embedder()
        return self._embedder

    def _start(self, progress: Progress | None) -> Collection:
        content, lexicon = self._content(), self._read_lexicon()
        past = self._load()
        if past is None:
            with self._building():
                past = self._load(is_told=True)
                if past is None:
                    return self._hold(self._first(content, lexicon, progress), content, lexicon)
        return self._hold(self._extended(past, content), content, lexicon)

    def _load(self, *, is_told: bool = False) -> Past | None:
        try:
            return self._file.load(self.embedder().recipe)
        except UnusableIndex as error:
            if not is_told:
                log.warning("index_unusable", extra={"problem": str(error), "then": "built anew"})
            return None

    def _first(
        self, content: Content, lexicon: Lexicon, progress: Progress | None
    ) -> IndexSnapshot:
        """Without a file to write to, this process still answers from what it built."""
        self._file.set_aside_if_damaged()
        snapshot = self._learned(content, lexicon, progress)
        try:
            self._file.save(snapshot)
        except UnusableIndex as error:
            log.warning("index_not_saved", extra={"problem": str(error)})
        log.info("index_built", extra={"passages": len(snapshot.passages)})
        return snapshot

    def _refreshed(self, present: Collection) -> Collection:
        """Errors leave the present one in place: old answers are better than none."""
        try:
            stamp = self._file.stamp()
            if stamp != present.stamp and stamp is not None:
                return self._reloaded(present)
            if self._source.generation() == present.snapshot.generation:
                return present
            content = self._content()
            lexicon = self._read_lexicon()
            snapshot = present.snapshot
            past = Past(snapshot.statistics, snapshot.recipe, snapshot.rows())
            return self._hold(self._extended(past, content), content, lexicon)
        except (DatabaseUnavailable, UnusableIndex) as error:
            log.warning("index_not_refreshed", extra={"problem": str(error)})
            return present

    def _reloaded(self, present: Collection) -> Collection:
        content, lexicon = self._content(), self._read_lexicon()
        past = self._load()
        if past is None:
            self._collection = replace(present, stamp=self._file.stamp())
            return self._collection
        return self._hold(self._extended(past, content), content, lexicon)

    def _extended(self, past: Past, content: Content) -> IndexSnapshot:
        return extended(past, content.entries(), self.embedder(), self._file, content.generation)

    def _learned(
        self, content: Content, lexicon: Lexicon, progress: Progress | None
    ) -> IndexSnapshot:
        return rehearsed(
            build_snapshot(
                content.entries(),
                lexicon,
                self.embedder(),
                self._file,
                generation=content.generation,
                progress=progress,
            )
        )

    def _content(self) -> Content:
        generation = self._source.generation()
        return Content(generation, self._source.list_published(), self._source.list_routes())

    def _hold(self, snapshot: IndexSnapshot, content: Content, lexicon: Lexicon) -> Collection:
        vocabulary = Vocabulary.of(snapshot.entries, lexicon)
        self._collection = Collection(
            snapshot, content.articles, content.routes, vocabulary, self._file.stamp()
        )
        self._next_check = time.monotonic() + CHECK_SECONDS
        return self._collection

    @contextmanager
    def _building(self) -> Iterator[None]:
        """One process builds; the others wait and then load what it built."""
        with ExitStack() as stack:
            try:
                self._file.path.parent.mkdir(parents=True, exist_ok=True)
                lock = self._file.path.with_suffix(".lock")
                handle = stack.enter_context(lock.open("w"))
                fcntl.flock(handle, fcntl.LOCK_EX)
            except OSError as error:  # nothing can be shared then: each process builds its own
                log.warning("index_not_shared", extra={"problem": str(error)})
            yield
