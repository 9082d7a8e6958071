"""IndexSnapshot: everything needed to match one question, built once, never changed."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kb.counterexamples import NO_COUNTEREXAMPLES, Counterexamples
from kb.coverage import Coverage
from kb.embedders import Embedder, Vectors
from kb.lexical import TermSpace
from kb.models import ArticleKey, HitKind, PublishedArticle, Route
from kb.passages import Passage, passages_of, route_passages
from kb.recipe import Recipe
from kb.semantic import Head, centred
from kb.sketch import Sketch
from kb.typos import Typos
from kb.vectors import VectorStore, embedded

Positions = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Entry:
    """An article or route as the matcher knows it. Linked translations share a `group`."""

    key: ArticleKey
    kind: HitKind
    title: str
    group: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What the index says to its own example questions, one row each; fitted confidence needs it.

    `kept`: relevance of the best article with the question itself left out, `right` whether it is
    its own. `removed`: relevance of the best other article, as if its own did not exist. The
    rivals are the next best in either case. `neighbours`, a row for each title: relevance of the
    best other article by its texts alone; how alike articles are.
    """

    kept: Floats = field(default_factory=lambda: np.zeros(0, dtype=np.float32))
    kept_rival: Floats = field(default_factory=lambda: np.zeros(0, dtype=np.float32))
    right: Flags = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    removed: Floats = field(default_factory=lambda: np.zeros(0, dtype=np.float32))
    removed_rival: Floats = field(default_factory=lambda: np.zeros(0, dtype=np.float32))
    neighbours: Floats = field(default_factory=lambda: np.zeros(0, dtype=np.float32))

    @property
    def count(self) -> int:
        return len(self.kept)


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a full build learns and later edits reuse; `fingerprint` names what it learned from."""

    fingerprint: str
    mean: Vectors
    spaces: Mapping[str, TermSpace]
    head: Head | None
    # keys of the articles and hashes of the passages learned from
    known: frozenset[str]
    hashes: frozenset[str]
    rehearsal: Rehearsal = field(default_factory=Rehearsal)


@dataclass(frozen=True, slots=True)
class Layout:
    """Passages of one entry lie side by side; `owner` is the entry of each passage."""

    starts: Positions
    counts: Positions
    owner: Positions

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> "Layout":
        counts = np.array([len(entry.passages) for entry in entries], dtype=np.int64)
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]]) if entries else counts
        owner = np.repeat(np.arange(len(entries), dtype=np.int64), counts)
        return cls(starts.astype(np.int64), counts, owner)

    def among(self, entries: Positions) -> "Layout":
        """Of only these entries, in this order."""
        counts = self.counts[entries]
        return Layout(np.cumsum(counts) - counts, counts, np.repeat(np.arange(len(counts)), counts))


@dataclass(frozen=True, slots=True)
class Rows:
    """One row per passage: raw vectors, and TF-IDF rows per space. `place`: passage hash to row."""

    vectors: Vectors
    lexical: Mapping[str, sparse.csr_array]
    place: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class IndexSnapshot:
    """Immutable; any number of threads may search it at once.

    `fingerprint` names the present content, `statistics.fingerprint` what was learned from.
    """

    recipe: Recipe
    fingerprint: str
    generation: int
    entries: tuple[Entry, ...]
    statistics: Statistics
    layout: Layout
    raw_vectors: Vectors
    vectors: Vectors
    # per space: terms x passages, so that a question touches only its own terms
    postings: Mapping[str, sparse.csr_array | sparse.csc_array]
    coverage: Coverage
    fragments: Coverage
    head: Head | None
    head_class: Positions
    typos: Typos
    counterexamples: Counterexamples = NO_COUNTEREXAMPLES
    # of a large index only
    sketch: Sketch | None = None

    def is_new(self, key: ArticleKey) -> bool:
        """Whether an article came after the statistics were learned."""
        return str(key) not in self.statistics.known

    def lexical_text(self, text: str) -> str:
        return self.recipe.lexical_text(text)

    def corrected(self, text: str, embedder: Embedder) -> str:
        """A normalised question with its misspelt words set right."""
        return self.typos.corrected(text, embedder.count_pieces)

    @property
    def passages(self) -> tuple[Passage, ...]:
        return all_passages(self.entries)

    def rows(self) -> Rows:
        if self.sketch is not None:
            lexical = self.sketch.lexical
        else:
            lexical = {name: sparse.csr_array(m.T) for name, m in self.postings.items()}
        return Rows(
            self.raw_vectors,
            lexical,
            {passage.hash: number for number, passage in enumerate(self.passages)},
        )


def entries_of(articles: Iterable[PublishedArticle], routes: Iterable[Route]) -> tuple[Entry, ...]:
    """Sorted by kind and key, so that the same content gives the same index."""
    entries = [_article_entry(article) for article in articles]
    entries += [
        Entry(route.key, HitKind.ROUTE, route.name, f"route {route.name}", route_passages(route))
        for route in routes
    ]
    return tuple(
        sorted((e for e in entries if e.passages), key=lambda e: (e.kind.value, str(e.key)))
    )


def _article_entry(published: PublishedArticle) -> Entry:
    article = published.article
    group = str(article.translation_of or article.key)
    return Entry(article.key, HitKind.ARTICLE, article.title, group, passages_of(article))


def assemble(
    entries: Sequence[Entry],
    statistics: Statistics,
    recipe: Recipe,
    rows: Rows,
    generation: int = 0,
) -> IndexSnapshot:
    """`rows` lie in the order of the entries' passages."""
    entries = tuple(entries)
    layout = Layout.of(entries)
    vectors = centred(rows.vectors, statistics.mean)
    postings = {name: sparse.csr_array(matrix.T) for name, matrix in rows.lexical.items()}
    head = _grown(statistics.head, entries, layout, vectors)
    return IndexSnapshot(
        recipe=recipe,
        fingerprint=f"{statistics.fingerprint}.{digest([recipe.name, *content_lines(entries)])}",
        generation=generation,
        entries=entries,
        statistics=statistics,
        layout=layout,
        raw_vectors=rows.vectors,
        vectors=vectors,
        postings=postings,
        coverage=Coverage.of(postings["word"], layout.owner, len(entries)),
        fragments=Coverage.of_fragments(
            postings["char"], statistics.spaces["char"].vocabulary, layout.owner, len(entries)
        ),
        head=head,
        head_class=_head_classes(entries, head),
        typos=Typos(_said(statistics.spaces["word"], postings["word"]), recipe.slang),
        sketch=Sketch.of(vectors, rows.lexical),
    )


@dataclass(frozen=True, slots=True)
class Past:
    """What an index knows already: statistics of its full build, and rows of passages."""

    statistics: Statistics
    recipe: Recipe
    rows: Rows


def extended(
    past: Past,
    entries: Sequence[Entry],
    embedder: Embedder,
    store: VectorStore,
    generation: int = 0,
) -> IndexSnapshot:
    """Other content under the same statistics; only passages never seen are embedded."""
    passages = all_passages(entries)
    place = dict(past.rows.place)
    fresh = list({p.hash: p for p in passages if p.hash not in place}.values())
    statistics, rows = past.statistics, past.rows
    if fresh:
        texts = [past.recipe.lexical_text(passage.text) for passage in fresh]
        spaces = {name: space.extended(texts) for name, space in statistics.spaces.items()}
        statistics = replace(statistics, spaces=spaces)
        rows = _joined(rows, spaces, texts, embedded(fresh, past.recipe, embedder, store))
        place |= {p.hash: len(past.rows.vectors) + number for number, p in enumerate(fresh)}
    order = np.array([place[passage.hash] for passage in passages], dtype=np.int64)
    chosen = Rows(
        rows.vectors[order], {name: rows.lexical[name][order] for name in rows.lexical}, {}
    )
    return assemble(entries, statistics, past.recipe, chosen, generation)


def _joined(
    rows: Rows, spaces: Mapping[str, TermSpace], texts: Sequence[str], vectors: Vectors
) -> Rows:
    lexical = {}
    for name, space in spaces.items():
        old = rows.lexical[name]
        shape = (old.shape[0], len(space.vocabulary))
        wider = sparse.csr_array((old.data, old.indices, old.indptr), shape=shape)
        lexical[name] = sparse.csr_array(sparse.vstack([wider, space.rows(texts)], format="csr"))
    return Rows(np.concatenate([rows.vectors, vectors]), lexical, rows.place)


def all_passages(entries: Iterable[Entry]) -> tuple[Passage, ...]:
    return tuple(chain.from_iterable(entry.passages for entry in entries))


def content_lines(entries: Iterable[Entry]) -> list[str]:
    return [f"{e.kind} {e.key} {' '.join(p.hash for p in e.passages)}" for e in entries]


def digest(lines: Iterable[str]) -> str:
    return hashlib.blake2b("\n".join(lines).encode(), digest_size=8).hexdigest()


def _grown(
    head: Head | None, entries: Sequence[Entry], layout: Layout, vectors: Vectors
) -> Head | None:
    """With a class for every article that came after the head was learned."""
    if head is None:
        return None
    known, passages = set(head.classes), all_passages(entries)
    places: dict[str, list[int]] = {}
    for number, owner in enumerate(layout.owner):
        entry = entries[owner]
        if entry.kind is HitKind.ARTICLE and entry.group not in known:
            places.setdefault(entry.group, []).append(number)
    for group, numbers in places.items():
        wordings = [passages[number].is_wording for number in numbers]
        head = head.with_class(group, vectors[numbers], np.array(wordings))
    return head


def _said(words: TermSpace, postings: sparse.csr_array) -> dict[str, int]:
    """In how many passages each word is."""
    counts = np.diff(postings.indptr).tolist()
    found = ((term, counts[number]) for term, number in words.vocabulary.items())
    return {term: count for term, count in found if count and " " not in term}


def _head_classes(entries: Sequence[Entry], head: Head | None) -> Positions:
    """Per entry its class of the head, -1 without one."""
    numbers = {name: number for number, name in enumerate(head.classes)} if head else {}
    return np.array([numbers.get(entry.group, -1) for entry in entries], dtype=np.int64)
