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
from kb.signals import LeftOut, Table, measure

MOST_QUESTIONS = 1500
FOLDS = 4
CHUNK = 250


def rehearsed(snapshot: IndexSnapshot) -> IndexSnapshot:
    """With what the confidence is fitted to."""
    statistics = replace(snapshot.statistics, rehearsal=rehearse(snapshot))
    return replace(snapshot, statistics=statistics)


def rehearse(snapshot: IndexSnapshot) -> Rehearsal:
    chosen = _chosen(snapshot)
    if not len(chosen):
        return Rehearsal()
    heads = _unseen_head_probabilities(snapshot, chosen)
    parts = [
        _rehearse_some(
            snapshot,
            chosen[start : start + CHUNK],
            heads[start : start + CHUNK] if heads is not None else None,
        )
        for start in range(0, len(chosen), CHUNK)
    ]
    return Rehearsal(
        np.concatenate([part.kept for part in parts]),
        np.concatenate([part.right for part in parts]),
        np.concatenate([part.removed for part in parts]),
    )


def _chosen(snapshot: IndexSnapshot) -> npt.NDArray[np.int64]:
    """Numbers of the passages to rehearse: articles' example questions, a sample if many."""
    questions = [
        (zlib.crc32(passage.hash.encode()), number)
        for number, passage in enumerate(snapshot.passages)
        if passage.kind is PassageKind.QUESTION
        and snapshot.entries[snapshot.layout.owner[number]].kind is HitKind.ARTICLE
    ]
    return np.array(sorted(n for _, n in sorted(questions)[:MOST_QUESTIONS]), dtype=np.int64)


def _rehearse_some(
    snapshot: IndexSnapshot, numbers: npt.NDArray[np.int64], head: Table | None
) -> Rehearsal:
    passages = snapshot.passages
    signals = measure(
        snapshot,
        [passages[number].text for number in numbers],
        snapshot.raw_vectors[numbers],
        LeftOut(numbers, head),
    )
    table = relevance(signals)
    groups = np.array([entry.group for entry in snapshot.entries])
    table[:, [entry.kind is HitKind.ROUTE for entry in snapshot.entries]] = -np.inf
    own = groups[snapshot.layout.owner[numbers]]
    best = table.argmax(axis=1)
    kept = table.max(axis=1)
    table[groups[None, :] == own[:, None]] = -np.inf
    removed = table.max(axis=1)
    return Rehearsal(kept, groups[best] == own, removed)


def _unseen_head_probabilities(
    snapshot: IndexSnapshot, chosen: npt.NDArray[np.int64]
) -> Table | None:
    """Shape (chosen, classes): each row from a head fitted without that question."""
    head = snapshot.statistics.head
    if head is None:
        return None
    numbers, groups = head_examples(snapshot.entries)
    classes = np.array(head.classes)
    table = np.zeros((len(chosen), len(classes)), dtype=np.float32)
    for fold in range(FOLDS):
        tested = np.flatnonzero(np.arange(len(chosen)) % FOLDS == fold)
        seen = np.flatnonzero(~np.isin(numbers, chosen[tested]))
        part = fit_head(snapshot.vectors[numbers[seen]], [groups[place] for place in seen])
        if part is not None and len(tested):
            columns = np.searchsorted(classes, np.array(part.classes))
            table[np.ix_(tested, columns)] = part.probabilities(snapshot.vectors[chosen[tested]])
    return table
