"""Every place that keeps vectors gives back what was put there, and only that."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from kb.indexfile import IndexFile
from kb.passages import Passage, PassageKind
from kb.recipe import Recipe
from kb.vectorfile import VectorFile
from kb.vectors import MemoryVectors, VectorStore, embedded
from tests.kb.shelf import CountingEmbedder

ASKED = tuple(Passage(PassageKind.QUESTION, text) for text in ("ongkir", "refund", "ongkir"))
STORES: dict[str, Callable[[Path], VectorStore]] = {
    "memory": lambda _folder: MemoryVectors(),
    "vector file": lambda folder: VectorFile(folder / "vectors.db"),
    "index file": lambda folder: IndexFile(folder / "index.db"),
}


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> VectorStore:
    return STORES[request.param](tmp_path)


def test_what_was_kept_is_found_under_its_recipe_only(store: VectorStore) -> None:
    vectors = {"a": np.array([1.0, 0.0], "f4"), "b": np.array([0.0, 1.0], "f4")}
    store.keep("r1", vectors)
    found = store.find("r1", ["b", "c", "a"])
    assert found.keys() == {"a", "b"}
    assert all(np.array_equal(found[name], vectors[name]) for name in found)
    assert not store.find("r2", ["a", "b"])


def test_a_text_kept_anew_has_its_last_vector(store: VectorStore) -> None:
    store.keep("r", {"a": np.array([1.0, 0.0], "f4")})
    store.keep("r", {"a": np.array([0.0, 1.0], "f4")})
    assert store.find("r", ["a"])["a"].tolist() == [0.0, 1.0]


def test_no_text_is_embedded_twice(store: VectorStore) -> None:
    embedder = CountingEmbedder()
    recipe = Recipe.of(embedder, {})
    first, again = (embedded(ASKED, recipe, embedder, store) for _ in range(2))
    assert sorted(embedder.texts) == ["ongkir", "refund"]
    assert first.shape == (3, embedder.dimension)
    assert np.array_equal(first[0], first[2])
    assert np.allclose(first, again, atol=1e-3)


def test_what_the_embedder_reads_alike_is_embedded_once(store: VectorStore) -> None:
    embedder = CountingEmbedder()
    recipe = Recipe.of(embedder, {"id": {"brp": "berapa"}})
    asked = [Passage(PassageKind.QUESTION, text) for text in ("BRP ONGKIR", "Berapa ongkirrr")]
    first, second = embedded(asked, recipe, embedder, store)
    assert embedder.texts == ["berapa ongkir"]
    assert np.array_equal(first, second)


def test_a_new_abbreviation_embeds_only_what_has_it(store: VectorStore) -> None:
    embedder = CountingEmbedder()
    asked = [Passage(PassageKind.QUESTION, text) for text in ("brp ongkir", "refund gmn")]
    embedded(asked, Recipe.of(embedder, {}), embedder, store)
    embedder.texts.clear()
    embedded(asked, Recipe.of(embedder, {"id": {"gmn": "bagaimana"}}), embedder, store)
    assert embedder.texts == ["refund bagaimana"]
