"""How well each entry fits each question, signal by signal."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kb.embedders import Vectors
from kb.index import IndexSnapshot
from kb.lexical import products
from kb.models import Evidence
from kb.semantic import Head, centred

Table = npt.NDArray[np.float32]
ABSENT = np.float32(-4.0)


@dataclass(frozen=True, slots=True)
class Signals:
    """Tables of shape (questions, entries); units as in Evidence."""

    best_cosine: Table
    top3_cosine: Table
    char_cosine: Table
    word_cosine: Table
    head_probability: Table
    head_fit: Table
    discriminant: Table
    coverage: Table
    fragments: Table

    def evidence(self, question: int, entry: int) -> Evidence:
        return Evidence(
            best_cosine=float(self.best_cosine[question, entry]),
            top3_cosine=float(self.top3_cosine[question, entry]),
            char_cosine=float(self.char_cosine[question, entry]),
            word_cosine=float(self.word_cosine[question, entry]),
            head_probability=float(self.head_probability[question, entry]),
            head_fit=float(self.head_fit[question, entry]),
            discriminant=float(self.discriminant[question, entry]),
            coverage=float(self.coverage[question, entry]),
            fragments=float(self.fragments[question, entry]),
        )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """For rehearsals: per question a passage that does not count, and what a head that never saw
    the question says."""

    passages: npt.NDArray[np.int64]
    opinion: "Opinion | None"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the head says, shape (questions, classes)."""

    probabilities: Table
    fits: Table
    discriminants: Table

    @classmethod
    def of(cls, head: Head, vectors: Vectors) -> "Opinion":
        return cls(
            head.probabilities(vectors),
            head.fitted(vectors),
            head.discriminant.probabilities(vectors),
        )

    def rows(self, part: slice) -> "Opinion":
        return Opinion(self.probabilities[part], self.fits[part], self.discriminants[part])


def measure(
    snapshot: IndexSnapshot,
    texts: Sequence[str],
    raw_vectors: Vectors,
    left_out: LeftOut | None = None,
) -> Signals:
    """`texts` are normalised; `raw_vectors` are theirs as the embedder made them."""
    vectors = centred(raw_vectors, snapshot.statistics.mean)
    rows = np.arange(len(texts))
    cosines = vectors @ snapshot.vectors.T
    if left_out:
        cosines[rows, left_out.passages] = ABSENT
    plain = [snapshot.lexical_text(text) for text in texts]
    asked_of = snapshot.layout.owner[left_out.passages] if left_out else None
    lexical, spaces = {}, snapshot.statistics.spaces
    for name, space in spaces.items():
        table = products([space.terms(text) for text in plain], snapshot.postings[name])
        if left_out:
            table[rows, left_out.passages] = 0.0
        lexical[name] = np.maximum.reduceat(table, snapshot.layout.starts, axis=1)
    opinion = left_out.opinion if left_out else _opinion(snapshot, vectors)
    best, top3 = _top(cosines, snapshot)
    return Signals(
        best_cosine=best,
        top3_cosine=top3,
        char_cosine=lexical["char"],
        word_cosine=lexical["word"],
        head_probability=_per_entry(
            snapshot, opinion.probabilities if opinion else None, len(texts)
        ),
        head_fit=_per_entry(snapshot, opinion.fits if opinion else None, len(texts)),
        discriminant=_per_entry(snapshot, opinion.discriminants if opinion else None, len(texts)),
        coverage=snapshot.coverage.shares(plain, spaces["word"].vocabulary, asked_of),
        fragments=snapshot.fragments.shares(plain, spaces["char"].vocabulary, asked_of),
    )


def _top(cosines: Table, snapshot: IndexSnapshot) -> tuple[Table, Table]:
    """Per entry the best cosine and the mean of the three best; uses `cosines` up."""
    layout = snapshot.layout
    best = np.maximum.reduceat(cosines, layout.starts, axis=1)
    total, count = best.copy(), np.ones_like(best)
    present = best
    for _ in range(2):
        np.copyto(cosines, ABSENT, where=cosines == present[:, layout.owner])
        present = np.maximum.reduceat(cosines, layout.starts, axis=1)
        there = present > ABSENT
        total += np.where(there, present, 0.0)
        count += there
    return best, np.asarray(total / count, dtype=np.float32)


def _opinion(snapshot: IndexSnapshot, vectors: Vectors) -> Opinion | None:
    return Opinion.of(snapshot.head, vectors) if snapshot.head else None


def _per_entry(snapshot: IndexSnapshot, per_class: Table | None, questions: int) -> Table:
    table = np.zeros((questions, len(snapshot.entries)), dtype=np.float32)
    if per_class is not None:
        has_class = snapshot.head_class >= 0
        table[:, has_class] = per_class[:, snapshot.head_class[has_class]]
    return table
