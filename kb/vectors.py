"""Vectors kept by recipe and text, so that nothing is embedded twice."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np

from kb.embedders import Embedder, Vectors
from kb.passages import Passage, PassageKind
from kb.recipe import Recipe

BATCH = 64
Progress = Callable[[int, int], None]


class VectorStore(Protocol):
    """Finds and keeps vectors by (recipe, passage hash)."""

    def find(self, recipe: str, hashes: Sequence[str]) -> Mapping[str, Vectors]: ...

    def keep(self, recipe: str, vectors: Mapping[str, Vectors]) -> None: ...


class MemoryVectors:
    """Keeps vectors as long as it lives: for tests, and for an index that leaves no file."""

    def __init__(self) -> None:
        self._vectors: dict[tuple[str, str], Vectors] = {}

    def find(self, recipe: str, hashes: Sequence[str]) -> Mapping[str, Vectors]:
        keys = ((recipe, name) for name in hashes)
        return {key[1]: self._vectors[key] for key in keys if key in self._vectors}

    def keep(self, recipe: str, vectors: Mapping[str, Vectors]) -> None:
        self._vectors.update({(recipe, name): vector for name, vector in vectors.items()})


def embedded(
    passages: Sequence[Passage],
    recipe: Recipe,
    embedder: Embedder,
    store: VectorStore,
    progress: Progress | None = None,
) -> Vectors:
    """One row per passage. Batches are kept as they come, so an interrupted build resumes."""
    passages = [recipe.as_embedded(passage) for passage in passages]
    wanted = {passage.hash: passage for passage in passages}
    found = dict(store.find(embedder.recipe, list(wanted)))
    missing = sorted(
        (p for name, p in wanted.items() if name not in found),
        key=lambda p: (p.kind is PassageKind.SECTION, len(p.text)),
    )
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        fresh = {p.hash: row for p, row in zip(batch, _embed(batch, embedder), strict=True)}
        store.keep(embedder.recipe, fresh)
        found.update(fresh)
        if progress:
            progress(min(start + BATCH, len(missing)), len(missing))
    if not passages:
        return np.zeros((0, embedder.dimension), dtype=np.float32)
    return np.stack([found[passage.hash] for passage in passages]).astype(np.float32)


def _embed(batch: Sequence[Passage], embedder: Embedder) -> Vectors:
    rows = np.zeros((len(batch), embedder.dimension), dtype=np.float32)
    for is_section, embed in ((False, embedder.embed_questions), (True, embedder.embed_sections)):
        places = [n for n, p in enumerate(batch) if (p.kind is PassageKind.SECTION) is is_section]
        if places:
            rows[places] = embed([batch[place].embedded_text for place in places])
    return rows
