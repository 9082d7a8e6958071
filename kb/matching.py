"""Questions against one snapshot: hits, best first."""

from collections.abc import Sequence

import numpy as np

from kb.embedders import Vectors
from kb.index import IndexSnapshot
from kb.models import Hit, HitKind
from kb.relevance import relevance
from kb.signals import Signals, Table, measure

MOST_ARTICLES = 10
MOST_ROUTES = 3


def match(
    snapshot: IndexSnapshot, texts: Sequence[str], raw_vectors: Vectors
) -> tuple[tuple[Hit, ...], ...]:
    """For each normalised text its best articles and routes, one of linked translations.

    Ties go by key.
    """
    if not snapshot.entries:
        return tuple(() for _ in texts)
    signals = measure(snapshot, texts, raw_vectors)
    table = relevance(signals)
    return tuple(_hits(snapshot, signals, table, row) for row in range(len(texts)))


def _hits(snapshot: IndexSnapshot, signals: Signals, table: Table, row: int) -> tuple[Hit, ...]:
    left = {HitKind.ARTICLE: MOST_ARTICLES, HitKind.ROUTE: MOST_ROUTES}
    hits: list[Hit] = []
    groups: set[str] = set()
    for place in np.argsort(-table[row], kind="stable"):
        entry = snapshot.entries[place]
        if left[entry.kind] == 0 or entry.group in groups:
            continue
        groups.add(entry.group)
        left[entry.kind] -= 1
        hits.append(
            Hit(
                key=entry.key,
                kind=entry.kind,
                title=entry.title,
                relevance=float(table[row, place]),
                evidence=signals.evidence(row, int(place)),
            )
        )
        if not any(left.values()):
            break
    return tuple(hits)
