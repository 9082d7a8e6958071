"""What the index would say to its own example questions, had it not known them.

The confidence is fitted to these facts; no labels by people are needed.
"""

import zlib
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from kb.building import head_examples
from kb.index import IndexSnapshot, Rehearsal
from kb.models import HitKind
from kb.passages import PassageKind
from kb.relevance import relevance
from kb.semantic import fit_head
from kb.signals import LeftOut, Opinion, Table, measure

MOST_QUESTIONS = 1500
FOLDS = 4
CHUNK = 250

Numbers = npt.NDArray[np.int64]


def rehearsed(snapshot: IndexSnapshot) -> IndexSnapshot:
    """With what the confidence is fitted to."""
    statistics = replace(snapshot.statistics, rehearsal=rehearse(snapshot))
    return replace(snapshot, statistics=statistics)


def rehearse(snapshot: IndexSnapshot) -> Rehearsal:
    chosen = _chosen(snapshot)
    if not len(chosen):
        return Rehearsal()
    opinion = _unseen_opinion(snapshot, chosen)
    parts = []
    for start in range(0, len(chosen), CHUNK):
        part = slice(start, start + CHUNK)
        parts.append(_rehearse_some(snapshot, chosen[part], _some(opinion, part)))
    return Rehearsal(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("kept", "kept_rival", "right", "removed", "removed_rival")
        )
    )


def _chosen(snapshot: IndexSnapshot) -> Numbers:
    """Numbers of the passages to rehearse: articles' example questions, a sample if many."""
    questions = [
        (zlib.crc32(passage.hash.encode()), number)
        for number, passage in enumerate(snapshot.passages)
        if passage.kind is PassageKind.QUESTION
        and snapshot.entries[snapshot.layout.owner[number]].kind is HitKind.ARTICLE
    ]
    return np.array(sorted(n for _, n in sorted(questions)[:MOST_QUESTIONS]), dtype=np.int64)


def _rehearse_some(snapshot: IndexSnapshot, numbers: Numbers, opinion: Opinion | None) -> Rehearsal:
    passages = snapshot.passages
    signals = measure(
        snapshot,
        [passages[number].text for number in numbers],
        snapshot.raw_vectors[numbers],
        LeftOut(numbers, opinion),
    )
    names, table = _per_group(snapshot, relevance(signals))
    own = np.searchsorted(
        names, [snapshot.entries[snapshot.layout.owner[number]].group for number in numbers]
    )
    best = table.argmax(axis=1)
    kept, kept_rival = _two_best(table)
    table[np.arange(len(own)), own] = -np.inf
    removed, removed_rival = _two_best(table)
    return Rehearsal(kept, kept_rival, best == own, removed, removed_rival)


def _per_group(snapshot: IndexSnapshot, table: Table) -> tuple[npt.NDArray[np.str_], Table]:
    """Names, sorted, and the best relevance of each group of linked translations."""
    articles = [n for n, e in enumerate(snapshot.entries) if e.kind is HitKind.ARTICLE]
    groups = np.array([snapshot.entries[number].group for number in articles])
    order = np.argsort(groups, kind="stable")
    names, starts = np.unique(groups[order], return_index=True)
    columns = table[:, np.array(articles)[order]]
    return names, np.maximum.reduceat(columns, starts, axis=1)


def _two_best(table: Table) -> tuple[Table, Table]:
    """Per row; minus infinity where there are fewer."""
    if table.shape[1] == 1:
        return table[:, 0].copy(), np.full(len(table), -np.inf, dtype=np.float32)
    two = np.partition(table, table.shape[1] - 2, axis=1)
    return two[:, -1], two[:, -2]


def _unseen_opinion(snapshot: IndexSnapshot, chosen: Numbers) -> Opinion | None:
    """Shape (chosen, classes): each row from a head fitted without that question."""
    head = snapshot.statistics.head
    if head is None:
        return None
    numbers, groups = head_examples(snapshot.entries)
    classes = np.array(head.classes)
    probabilities = np.zeros((len(chosen), len(classes)), dtype=np.float32)
    fits = np.zeros_like(probabilities)
    for fold in range(FOLDS):
        tested = np.flatnonzero(np.arange(len(chosen)) % FOLDS == fold)
        seen = np.flatnonzero(~np.isin(numbers, chosen[tested]))
        part = fit_head(snapshot.vectors[numbers[seen]], [groups[place] for place in seen])
        if part is not None and len(tested):
            cells = np.ix_(tested, np.searchsorted(classes, np.array(part.classes)))
            rows = snapshot.vectors[chosen[tested]]
            probabilities[cells], fits[cells] = part.probabilities(rows), part.fitted(rows)
    return Opinion(probabilities, fits)


def _some(opinion: Opinion | None, part: slice) -> Opinion | None:
    return Opinion(opinion.probabilities[part], opinion.fits[part]) if opinion else None
