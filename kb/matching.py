"""Questions against one snapshot: hits, best first."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import numpy as np

from kb.counterexamples import NOTHING_NEAR, Near
from kb.embedders import Vectors
from kb.index import Entry, IndexSnapshot
from kb.models import Evidence, Hit, HitKind
from kb.relevance import relevance
from kb.semantic import centred
from kb.shortlist import shortlisted
from kb.signals import Signals, Table, measure

MOST_ARTICLES = 10
MOST_ROUTES = 3
# so many translations of each are sorted at once
GROUPS_APART = 4


def match(
    snapshot: IndexSnapshot, texts: Sequence[str], raw_vectors: Vectors
) -> tuple[tuple[Hit, ...], ...]:
    """For each normalised text its best articles and routes, one of linked translations.

    Ties go by key.
    """
    if not snapshot.entries:
        return tuple(() for _ in texts)
    if snapshot.sketch is None:
        return _matched(snapshot, texts, raw_vectors)
    return tuple(
        _matched(shortlisted(snapshot, text, vector), [text], vector[None, :])[0]
        for text, vector in zip(texts, raw_vectors, strict=True)
    )


def _matched(
    snapshot: IndexSnapshot, texts: Sequence[str], raw_vectors: Vectors
) -> tuple[tuple[Hit, ...], ...]:
    signals = measure(snapshot, texts, raw_vectors)
    table = relevance(signals)
    near = _near(snapshot, texts, raw_vectors)
    return tuple(_hits(snapshot, signals, table, row, near[row]) for row in range(len(texts)))


def _near(snapshot: IndexSnapshot, texts: Sequence[str], raw_vectors: Vectors) -> tuple[Near, ...]:
    if not snapshot.counterexamples.examples:
        return (NOTHING_NEAR,) * len(texts)
    letters = snapshot.statistics.spaces["char"]
    terms = [letters.terms(snapshot.lexical_text(text)) for text in texts]
    return snapshot.counterexamples.near(centred(raw_vectors, snapshot.statistics.mean), terms)


def _doubt(entry: Entry, evidence: Evidence, near: Near) -> float:
    if entry.kind is HitKind.ROUTE:
        return 0.0
    return near.doubt(entry.group, evidence.best_cosine, evidence.char_cosine)


def _hits(
    snapshot: IndexSnapshot, signals: Signals, table: Table, row: int, near: Near
) -> tuple[Hit, ...]:
    hits: list[Hit] = []
    for place in _best(snapshot, table[row]):
        entry = snapshot.entries[place]
        evidence = signals.evidence(row, place)
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
    return tuple(hits)


def _best(snapshot: IndexSnapshot, relevances: Table) -> list[int]:
    """Entries, best first: the most that are wanted of each kind."""
    entries = snapshot.entries  # articles lie before routes
    articles = bisect_left(entries, HitKind.ROUTE, key=lambda entry: entry.kind)
    best = _best_between(entries, relevances, 0, articles, MOST_ARTICLES)
    best += _best_between(entries, relevances, articles, len(entries), MOST_ROUTES)
    return sorted(best, key=lambda place: (-relevances[place], place))


def _best_between(
    entries: Sequence[Entry], relevances: Table, start: int, end: int, most: int
) -> list[int]:
    """One of each group."""
    found: dict[str, int] = {}
    for place in _descending(relevances[start:end], GROUPS_APART * most):
        found.setdefault(entries[start + place].group, start + place)
        if len(found) == most:
            break
    return list(found.values())


def _descending(values: Table, first: int) -> Iterator[int]:
    """Places, those of equal values in order; only the `first` are sorted until more are wanted."""
    if len(values) > first:
        least = np.partition(values, len(values) - first)[len(values) - first]
        places = np.flatnonzero(values >= least)
        yield from places[np.argsort(-values[places], kind="stable")].tolist()
        values = np.where(values >= least, -np.inf, values)
    yield from np.argsort(-values, kind="stable").tolist()
