"""Questions against one snapshot: hits, best first."""

from collections.abc import Sequence

import numpy as np

from kb.counterexamples import NOTHING_NEAR, Near
from kb.embedders import Vectors
from kb.index import Entry, IndexSnapshot
from kb.models import Evidence, Hit, HitKind
from kb.relevance import relevance
from kb.semantic import centred
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
    near = _near(snapshot, texts, raw_vectors)
    return tuple(_hits(snapshot, signals, table, row, near[row]) for row in range(len(texts)))


def _near(snapshot: IndexSnapshot, texts: Sequence[str], raw_vectors: Vectors) -> tuple[Near, ...]:
    if not snapshot.counterexamples.examples:
        return (NOTHING_NEAR,) * len(texts)
    terms = snapshot.statistics.spaces["char"].rows([snapshot.lexical_text(t) for t in texts])
    return snapshot.counterexamples.near(centred(raw_vectors, snapshot.statistics.mean), terms)


def _doubt(entry: Entry, evidence: Evidence, near: Near) -> float:
    if entry.kind is HitKind.ROUTE:
        return 0.0
    return near.doubt(entry.group, evidence.best_cosine, evidence.char_cosine)


def _hits(
    snapshot: IndexSnapshot, signals: Signals, table: Table, row: int, near: Near
) -> tuple[Hit, ...]:
    left = {HitKind.ARTICLE: MOST_ARTICLES, HitKind.ROUTE: MOST_ROUTES}
    hits: list[Hit] = []
    groups: set[str] = set()
    for place in np.argsort(-table[row], kind="stable"):
        entry = snapshot.entries[place]
        if left[entry.kind] == 0 or entry.group in groups:
            continue
        groups.add(entry.group)
        left[entry.kind] -= 1
        evidence = signals.evidence(row, int(place))
        hits.append(
            Hit(
                key=entry.key,
                kind=entry.kind,
                title=entry.title,
                relevance=float(table[row, place]),
                evidence=evidence,
                doubt=_doubt(entry, evidence, near),
            )
        )
        if not any(left.values()):
            break
    return tuple(hits)
