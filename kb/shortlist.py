"""Of a large index, the entries that can be among the best for one question."""

from bisect import bisect_left
from dataclasses import replace

import numpy as np
from scipy.special import softmax

from kb.embedders import Vectors
from kb.index import IndexSnapshot, Positions
from kb.lexical import products
from kb.models import HitKind
from kb.relevance import relevance
from kb.semantic import centred
from kb.signals import Signals
from kb.sketch import Sketch

LONGEST = 600
# common character n-grams say little and are in every other passage
MOST_POSTINGS = 100_000
# where so large a share of all passages is left, the whole is looked through faster
WORTH_IT = 0.2


def shortlisted(snapshot: IndexSnapshot, text: str, raw_vector: Vectors) -> IndexSnapshot:
    """The snapshot with fewer articles and all routes, for this one normalised text.

    What is measured there is what would be measured in the whole; it is of no other use.
    """
    sketch = snapshot.sketch
    if sketch is None:
        return snapshot
    articles = bisect_left(snapshot.entries, HitKind.ROUTE, key=lambda entry: entry.kind)
    if articles <= LONGEST:
        return snapshot
    vector = centred(raw_vector, snapshot.statistics.mean)
    logits = snapshot.head.logits(vector[None, :])[0] if snapshot.head else None
    rough = relevance(_roughly(snapshot, sketch, text, vector, logits))[0, :articles]
    best = np.sort(np.argpartition(-rough, LONGEST)[:LONGEST])
    chosen = np.concatenate([best, np.arange(articles, len(snapshot.entries))])
    if snapshot.layout.counts[chosen].sum() > WORTH_IT * len(snapshot.vectors):
        return snapshot
    return _narrowed(snapshot, sketch, chosen, vector, logits)


def _roughly(
    snapshot: IndexSnapshot, sketch: Sketch, text: str, vector: Vectors, logits: Vectors | None
) -> Signals:
    starts, plain = snapshot.layout.starts, snapshot.lexical_text(text)
    cosine = np.maximum.reduceat(sketch.cosines(vector), starts)[None, :]
    lexical = {
        name: np.maximum.reduceat(_rare(snapshot, name, plain), starts)[None, :]
        for name in snapshot.postings
    }
    probability = np.zeros_like(cosine)
    if logits is not None:
        has_class = snapshot.head_class >= 0
        probability[0, has_class] = softmax(logits)[snapshot.head_class[has_class]]
    return Signals(
        best_cosine=cosine,
        top3_cosine=cosine,
        char_cosine=lexical["char"],
        word_cosine=lexical["word"],
        head_probability=probability,
        head_fit=probability,
        discriminant=probability,
        coverage=snapshot.coverage.shares([plain], snapshot.statistics.spaces["word"].vocabulary),
        fragments=lexical["char"],
    )


def _rare(snapshot: IndexSnapshot, space: str, plain: str) -> Vectors:
    """TF-IDF cosines by the rarest terms of the question only, per passage."""
    numbers, weights = snapshot.statistics.spaces[space].terms(plain)
    postings = snapshot.postings[space]
    counts = np.diff(postings.indptr)[numbers]
    order = np.argsort(counts)
    kept = order[: np.searchsorted(np.cumsum(counts[order]), MOST_POSTINGS)]
    found: Vectors = products([(numbers[kept], weights[kept])], postings)[0]
    return found


def _narrowed(
    snapshot: IndexSnapshot,
    sketch: Sketch,
    chosen: Positions,
    vector: Vectors,
    logits: Vectors | None,
) -> IndexSnapshot:
    layout = snapshot.layout.among(chosen)
    passages = np.repeat(snapshot.layout.starts[chosen] - layout.starts, layout.counts)
    passages += np.arange(len(passages))
    head, head_class = snapshot.head, snapshot.head_class[chosen]
    if head is not None and logits is not None:
        classes, places = np.unique(head_class[head_class >= 0], return_inverse=True)
        head = head.among(classes, vector, logits)
        head_class[head_class >= 0] = places
    return replace(
        snapshot,
        entries=tuple(snapshot.entries[place] for place in chosen),
        layout=layout,
        vectors=snapshot.vectors[passages],
        postings={name: rows[passages].T for name, rows in sketch.lexical.items()},
        coverage=replace(snapshot.coverage, among=chosen),
        fragments=replace(snapshot.fragments, among=chosen),
        head=head,
        head_class=head_class,
        sketch=None,
    )
