"""The full build: learn mean, IDF and classifier head, then rehearse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from kb.embedders import Embedder, Vectors
from kb.index import (
    Entry,
    Flags,
    IndexSnapshot,
    Positions,
    Rows,
    Statistics,
    all_passages,
    assemble,
    content_lines,
    digest,
)
from kb.lexical import TermSpace
from kb.models import HitKind
from kb.recipe import Recipe
from kb.semantic import centred, fit_head
from kb.text import Lexicon
from kb.vectors import Progress, VectorStore, embedded

SPACES = ("char", "word")
PRIOR_PASSAGES = 10


def build_snapshot(
    entries: Sequence[Entry],
    lexicon: Lexicon,
    embedder: Embedder,
    store: VectorStore,
    *,
    generation: int = 0,
    progress: Progress | None = None,
) -> IndexSnapshot:
    """Learns the statistics anew; embeds only what has no stored vector."""
    recipe = Recipe.of(embedder, lexicon)
    vectors = embedded(all_passages(entries), recipe, embedder, store, progress)
    statistics = _learn(entries, vectors, recipe)
    rows = Rows(vectors, _lexical_rows(entries, statistics.spaces, recipe), {})
    return assemble(entries, statistics, recipe, rows, generation)


def _lexical_rows(
    entries: Sequence[Entry], spaces: Mapping[str, TermSpace], recipe: Recipe
) -> dict[str, sparse.csr_array]:
    texts = [recipe.lexical_text(passage.text) for passage in all_passages(entries)]
    return {name: space.rows(texts) for name, space in spaces.items()}


def _learn(entries: Sequence[Entry], vectors: Vectors, recipe: Recipe) -> Statistics:
    kinds = np.array([e.kind is HitKind.ARTICLE for e in entries for _ in e.passages], dtype=bool)
    own = [entry for entry in entries if entry.kind is HitKind.ARTICLE]
    others = [entry for entry in entries if entry.kind is HitKind.ROUTE]
    texts = [recipe.lexical_text(passage.text) for passage in all_passages(own)]
    other_texts = [recipe.lexical_text(passage.text) for passage in all_passages(others)]
    mean = _mean(vectors[kinds], vectors[~kinds])
    examples = head_examples(entries)
    return Statistics(
        fingerprint=digest([recipe.name, *content_lines(entries)]),
        mean=mean,
        spaces={name: TermSpace.fit(name, texts).extended(other_texts) for name in SPACES},
        head=fit_head(centred(vectors[examples.numbers], mean), examples.groups, examples.wordings),
        known=frozenset(str(entry.key) for entry in own),
        hashes=frozenset(passage.hash for passage in all_passages(entries)),
    )


def _mean(articles: Vectors, routes: Vectors) -> Vectors:
    """Of the articles' vectors; where they are few, the routes' stand in."""
    total = articles.sum(axis=0, dtype=np.float64)
    count = float(len(articles))
    if len(routes):
        total = total + PRIOR_PASSAGES * routes.mean(axis=0, dtype=np.float64)
        count += PRIOR_PASSAGES
    return np.asarray(total / max(count, 1.0), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Examples:
    """What a head learns from: numbers of passages, their groups, and which are wordings."""

    numbers: Positions
    groups: tuple[str, ...]
    wordings: Flags

    def among(self, places: Positions) -> "Examples":
        groups = tuple(self.groups[place] for place in places)
        return Examples(self.numbers[places], groups, self.wordings[places])


def head_examples(entries: Sequence[Entry]) -> Examples:
    """All passages that articles have."""
    owned = [(entry, passage) for entry in entries for passage in entry.passages]
    numbers = [n for n, (entry, _) in enumerate(owned) if entry.kind is HitKind.ARTICLE]
    return Examples(
        np.array(numbers, dtype=np.int64),
        tuple(owned[number][0].group for number in numbers),
        np.array([owned[number][1].is_wording for number in numbers], dtype=np.bool_),
    )
