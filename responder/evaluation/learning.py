"""Labelled messages learned before measuring, as the running product learns from hand-overs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kb.counterexamples import Counterexample
from kb.embedders import Embedder
from kb.folder import Folder
from kb.index import IndexSnapshot
from kb.models import Article
from kb.passages import Passage, PassageKind
from kb.teaching import counterexamples_of, doubting, not_refuted
from kb.text import normalise
from kb.vectors import VectorStore, embedded
from responder.evaluation.questions import GoldQuestion, slug_of
from responder.privacy import mask, searchable
from responder.teachable import is_teachable


@dataclass(frozen=True, slots=True)
class Lesson:
    """One learned message; no `gold` articles: it was refused."""

    text: str
    gold: tuple[str, ...]


def lessons_of(messages: Sequence[GoldQuestion]) -> tuple[Lesson, ...]:
    """In order; a later label of the same words replaces the earlier one."""
    found: dict[str, Lesson] = {}
    for message in messages:
        text = normalise(searchable(mask(message.text).text))
        if text:
            found.pop(text, None)
            found[text] = Lesson(message.text, tuple(slug_of(name) for name in message.gold))
    return tuple(found.values())


def with_examples(folder: Folder, lessons: Sequence[Lesson]) -> Folder:
    """Answered messages become example questions of their articles."""
    taught: dict[str, list[str]] = {}
    for lesson in lessons:
        if is_teachable(lesson.text):
            for name in lesson.gold:
                taught.setdefault(name, []).append(lesson.text)
    return replace(folder, articles=tuple(_taught(article, taught) for article in folder.articles))


def with_doubts(
    snapshot: IndexSnapshot, lessons: Sequence[Lesson], embedder: Embedder, store: VectorStore
) -> IndexSnapshot:
    """Refused messages become counterexamples of every article."""
    refused = [
        Counterexample(normalise(searchable(mask(lesson.text).text)))
        for lesson in lessons
        if not lesson.gold
    ]
    read = (replace(one, text=snapshot.corrected(one.text, embedder)) for one in refused)
    told = not_refuted(snapshot, read)
    asked = [Passage(PassageKind.QUESTION, example.text) for example in told]
    vectors = embedded(asked, snapshot.recipe, embedder, store)
    return doubting(snapshot, counterexamples_of(snapshot, told, vectors))


def _taught(article: Article, taught: Mapping[str, Sequence[str]]) -> Article:
    names = dict.fromkeys((article.key.slug, slug_of(str(article.key))))
    added = [text for name in names for text in taught.get(name, ())]
    return replace(article, questions=(*article.questions, *added)) if added else article
