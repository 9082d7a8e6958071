"""Many questions against one snapshot, each embedded once and never again."""

from collections.abc import Sequence

from kb.embedders import Embedder
from kb.index import IndexSnapshot
from kb.matching import match
from kb.models import Hit
from kb.passages import Passage, PassageKind
from kb.vectors import Progress, VectorStore, embedded

CHUNK = 200

Hits = tuple[Hit, ...]


def match_all(
    snapshot: IndexSnapshot,
    texts: Sequence[str],
    embedder: Embedder,
    store: VectorStore,
    progress: Progress | None = None,
) -> tuple[Hits, ...]:
    """What `match` finds for each normalised text, once misspelt words are set right; vectors come
    from the store where it has them.

    `progress` counts distinct texts.
    """
    read = {text: snapshot.corrected(text, embedder) for text in texts}
    distinct = list(dict.fromkeys(read.values()))
    found: dict[str, Hits] = {}
    for start in range(0, len(distinct), CHUNK):
        part = distinct[start : start + CHUNK]
        asked = [Passage(PassageKind.QUESTION, text) for text in part]
        vectors = embedded(asked, snapshot.recipe, embedder, store)
        found.update(zip(part, match(snapshot, part, vectors), strict=True))
        if progress:
            progress(min(start + CHUNK, len(distinct)), len(distinct))
    return tuple(found[read[text]] for text in texts)
