"""What an index is taught beside its articles: questions that they do not answer."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from scipy import sparse

from kb.counterexamples import NO_COUNTEREXAMPLES, Counterexample, Counterexamples
from kb.embedders import Vectors
from kb.index import IndexSnapshot
from kb.passages import PassageKind
from kb.semantic import centred
from kb.text import spelling


def not_refuted(
    snapshot: IndexSnapshot, examples: Iterable[Counterexample]
) -> tuple[Counterexample, ...]:
    """Those whose text is no title or example question of what they speak against."""
    claims: dict[str, set[str]] = {}
    for entry in snapshot.entries:
        for passage in entry.passages:
            if passage.kind is not PassageKind.SECTION:
                claims.setdefault(spelling(passage.text), set()).add(entry.group)
    return tuple(
        example
        for example in examples
        if not any(example.is_about(group) for group in claims.get(spelling(example.text), ()))
    )


def counterexamples_of(
    snapshot: IndexSnapshot, examples: Sequence[Counterexample], raw_vectors: Vectors
) -> Counterexamples:
    """`raw_vectors` are the texts' as the embedder made them."""
    if not examples:
        return NO_COUNTEREXAMPLES
    plain = [snapshot.lexical_text(example.text) for example in examples]
    rows = snapshot.statistics.spaces["char"].rows(plain)
    vectors = centred(raw_vectors, snapshot.statistics.mean)
    return Counterexamples(tuple(examples), vectors, sparse.csr_array(rows.T))


def doubting(snapshot: IndexSnapshot, counterexamples: Counterexamples) -> IndexSnapshot:
    """The same content, doubted near these counterexamples and no others."""
    return replace(snapshot, counterexamples=counterexamples)
