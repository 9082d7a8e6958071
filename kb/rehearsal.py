"""What the index would say to its own example questions, had it not known them.

The confidence is fitted to these facts; no labels by people are needed.
"""

import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from kb.building import head_examples
from kb.index import IndexSnapshot, Rehearsal
from kb.models import HitKind
from kb.passages import PassageKind
from kb.relevance import relevance
from kb.semantic import Head, fit_head
from kb.signals import LeftOut, Opinion, Table, measure

MOST_QUESTIONS = 1500
MOST_TITLES = 400
FOLDS = 4
# the library lets other threads work while it computes
FITS_AT_ONCE = 2
CHUNK = 250

Numbers = npt.NDArray[np.int64]


def rehearsed(snapshot: IndexSnapshot) -> IndexSnapshot:
    """With what the confidence is fitted to."""
    statistics = replace(snapshot.statistics, rehearsal=rehearse(snapshot))
    return replace(snapshot, statistics=statistics)


def rehearse(snapshot: IndexSnapshot) -> Rehearsal:
    titles = _chosen(snapshot, PassageKind.TITLE, MOST_TITLES)
    neighbours = _rehearse_all(snapshot, titles, None).removed
    chosen = _chosen(snapshot, PassageKind.QUESTION, MOST_QUESTIONS)
    opinion = _unseen_opinion(snapshot, chosen) if len(chosen) else None
    return replace(_rehearse_all(snapshot, chosen, opinion), neighbours=neighbours)


def _rehearse_all(snapshot: IndexSnapshot, chosen: Numbers, opinion: Opinion | None) -> Rehearsal:
    parts = []
    for start in range(0, len(chosen), CHUNK):
        part = slice(start, start + CHUNK)
        parts.append(_rehearse_some(snapshot, chosen[part], _some(opinion, part)))
    if not parts:
        return Rehearsal()
    return Rehearsal(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("kept", "kept_rival", "right", "removed", "removed_rival")
        )
    )


def _chosen(snapshot: IndexSnapshot, kind: PassageKind, most: int) -> Numbers:
    """Numbers of articles' passages of this kind, a sample if there are more."""
    found = [
        (zlib.crc32(passage.hash.encode()), number)
        for number, passage in enumerate(snapshot.passages)
        if passage.kind is kind
        and snapshot.entries[snapshot.layout.owner[number]].kind is HitKind.ARTICLE
    ]
    return np.array(sorted(n for _, n in sorted(found)[:most]), dtype=np.int64)


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
    examples = head_examples(snapshot.entries)
    classes = np.array(head.classes)
    probabilities = np.zeros((len(chosen), len(classes)), dtype=np.float32)
    fits, discriminants = np.zeros_like(probabilities), np.zeros_like(probabilities)
    tests = [np.flatnonzero(np.arange(len(chosen)) % FOLDS == fold) for fold in range(FOLDS)]

    def without(tested: Numbers) -> Head | None:
        seen = examples.among(np.flatnonzero(~np.isin(examples.numbers, chosen[tested])))
        return fit_head(snapshot.vectors[seen.numbers], seen.groups, seen.wordings)

    with ThreadPoolExecutor(FITS_AT_ONCE) as pool:
        parts = list(pool.map(without, tests))
    for tested, part in zip(tests, parts, strict=True):
        if part is not None and len(tested):
            cells = np.ix_(tested, np.searchsorted(classes, np.array(part.classes)))
            rows = snapshot.vectors[chosen[tested]]
            probabilities[cells], fits[cells] = part.probabilities(rows), part.fitted(rows)
            discriminants[cells] = part.discriminant.probabilities(rows)
    return Opinion(probabilities, fits, discriminants)


def _some(opinion: Opinion | None, part: slice) -> Opinion | None:
    return opinion.rows(part) if opinion else None
