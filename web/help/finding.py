"""Finding articles for readers: public ones only, in their language where there is one."""

from collections.abc import Iterable, Iterator

from kb.models import ArticleKey, HitKind, PublishedArticle, Visibility
from web.help.shelf import Shelf
from web.services import services

# below it an article has next to nothing to do with the words; measured on made-up ones
LEAST_RELEVANCE = 0.65
# of the best one's relevance
LEAST_SHARE = 0.45


def find_articles(text: str, shelf: Shelf, lang: str) -> tuple[PublishedArticle, ...]:
    """Public articles that fit, best first; of linked translations only the reader's language."""
    found = (*_relevant(text, shelf), *_with_words_in_title(text, shelf, lang))
    return _in_readers_language(found, shelf, lang)


def _relevant(text: str, shelf: Shelf) -> Iterator[PublishedArticle]:
    hits = [hit for hit in services().searcher.search(text) if hit.kind is HitKind.ARTICLE]
    best = hits[0].relevance if hits else 0.0
    for hit in hits:
        published = shelf.articles.get(hit.key)
        if published is None or hit.relevance < max(LEAST_RELEVANCE, best * LEAST_SHARE):
            continue
        if published.article.visibility is Visibility.PUBLIC:
            yield published


def _with_words_in_title(text: str, shelf: Shelf, lang: str) -> Iterator[PublishedArticle]:
    """While a word is being typed, its beginning says little to the matcher."""
    words = text.casefold().split()
    for published in shelf.list_articles(lang):
        title = published.article.title.casefold()
        if words and all(word in title for word in words):
            yield published


def _in_readers_language(
    found: Iterable[PublishedArticle], shelf: Shelf, lang: str
) -> tuple[PublishedArticle, ...]:
    chosen: dict[ArticleKey, PublishedArticle] = {}
    for published in found:
        keys = (published.key, *shelf.list_translations(published.article))
        own = next((key for key in keys if key.lang == lang), published.key)
        chosen.setdefault(own, shelf.articles[own])
    return tuple(chosen.values())
