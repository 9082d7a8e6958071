"""Collections that might be: made of the present one, held by no searcher, written to no index.

Vectors of new passages are kept, as they are when an article is prepared for publishing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kb.building import build_snapshot
from kb.embedders import Embedder
from kb.index import IndexSnapshot, Past, entries_of, extended
from kb.language import Vocabulary
from kb.models import Article, ArticleKey, PublishedArticle
from kb.rehearsal import rehearsed
from kb.search import Collection, Searcher
from kb.text import Lexicon
from kb.vectors import Progress


class Imagination:
    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def with_article(self, present: Collection, article: Article) -> Collection:
        """That text being live; as it would be found in the moment of its publishing."""
        others = _without(present.articles, article.key)
        return self._edited(present, (*others, PublishedArticle(article)))

    def without_article(self, present: Collection, key: ArticleKey) -> Collection:
        return self._edited(present, _without(present.articles, key))

    def has_new_slang(self) -> bool:
        """Whether the lists say what the present collection was not made with."""
        return self._searcher.has_new_slang()

    def with_slang(
        self,
        present: Collection,
        lang: str,
        forms: Mapping[str, str],
        *,
        gone: frozenset[str] = frozenset(),
        progress: Progress | None = None,
    ) -> Collection:
        """Everything learned anew, as with such entries and without those `gone`; `progress` counts
        texts embedded."""
        lexicon = dict(self._searcher.lexicon())
        kept = {form: plain for form, plain in lexicon.get(lang, {}).items() if form not in gone}
        lexicon[lang] = {**kept, **forms}
        return self._learned(present, lexicon, self._searcher.embedder(), progress)

    def with_embedder(
        self, present: Collection, embedder: Embedder, progress: Progress | None = None
    ) -> Collection:
        """Everything learned anew with another model; `progress` counts texts embedded."""
        return self._learned(present, self._searcher.lexicon(), embedder, progress)

    def _edited(self, present: Collection, articles: tuple[PublishedArticle, ...]) -> Collection:
        snapshot = present.snapshot
        past = Past(snapshot.statistics, snapshot.recipe, snapshot.rows())
        entries = entries_of(articles, present.routes)
        made = extended(
            past, entries, self._searcher.embedder(), self._searcher.store, snapshot.generation
        )
        return _collection(present, made, articles, self._searcher.lexicon())

    def _learned(
        self,
        present: Collection,
        lexicon: Lexicon,
        embedder: Embedder,
        progress: Progress | None,
    ) -> Collection:
        built = build_snapshot(
            entries_of(present.articles, present.routes),
            lexicon,
            embedder,
            self._searcher.store,
            generation=present.snapshot.generation,
            progress=progress,
        )
        return _collection(present, rehearsed(built), present.articles, lexicon)


def _without(articles: Iterable[PublishedArticle], key: ArticleKey) -> tuple[PublishedArticle, ...]:
    return tuple(published for published in articles if published.key != key)


def _collection(
    present: Collection,
    snapshot: IndexSnapshot,
    articles: tuple[PublishedArticle, ...],
    lexicon: Lexicon,
) -> Collection:
    vocabulary = Vocabulary.of(snapshot.entries, lexicon)
    return replace(present, snapshot=snapshot, articles=articles, vocabulary=vocabulary, stamp=None)
