import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from kb.lexical import TermSpace

TEXTS = [
    "ongkir ke bandung berapa",
    "a b refund kapan cair ya kak, refund dong",
    "where is my parcel?",
    "paket saya",
    "x",
]
OPTIONS = {
    "char": {"analyzer": "char_wb", "ngram_range": (2, 5), "sublinear_tf": True},
    "word": {"ngram_range": (1, 2), "sublinear_tf": True},
}


@pytest.mark.parametrize("analyser", ["char", "word"])
def test_weights_equal_those_of_scikit_learn(analyser: str) -> None:
    theirs = TfidfVectorizer(**OPTIONS[analyser]).fit(TEXTS)
    ours = TermSpace.fit(analyser, TEXTS)
    asked = ["berapa ongkir paket ke jogja", "refund refund", "zzz"]
    expected = (theirs.transform(asked) @ theirs.transform(TEXTS).T).toarray()
    assert np.allclose((ours.rows(asked) @ ours.rows(TEXTS).T).toarray(), expected, atol=1e-5)


def test_terms_of_later_texts_are_added_as_the_rarest() -> None:
    space = TermSpace.fit("word", TEXTS)
    wider = space.extended(["parkir motor"])
    assert len(wider.vocabulary) == len(space.vocabulary) + 3
    assert wider.idf[wider.vocabulary["parkir"]] == pytest.approx(max(space.idf))


def test_nothing_to_fit_on_gives_empty_rows() -> None:
    assert TermSpace.fit("char", []).rows(["halo"]).nnz == 0
