"""Finding articles for readers: public ones only, in their language where there is one."""

from collections.abc import Iterable

from kb.models import ArticleKey, HitKind, PublishedArticle, Visibility
from web.help.shelf import Shelf
from web.services import services


def find_articles(text: str, shelf: Shelf, lang: str) -> tuple[PublishedArticle, ...]:
    """Public articles that fit, best first; of linked translations only the reader's language."""
    hits = services().searcher.search(text)
    listed = [
        shelf.articles[hit.key]
        for hit in hits
        if hit.kind is HitKind.ARTICLE
        and hit.key in shelf.articles
        and shelf.articles[hit.key].article.visibility is Visibility.PUBLIC
    ]
    return _in_readers_language(listed, shelf, lang)


def _in_readers_language(
    found: Iterable[PublishedArticle], shelf: Shelf, lang: str
) -> tuple[PublishedArticle, ...]:
    chosen: dict[ArticleKey, PublishedArticle] = {}
    for published in found:
        keys = (published.key, *shelf.list_translations(published.article))
        own = next((key for key in keys if key.lang == lang), published.key)
        chosen.setdefault(own, shelf.articles[own])
    return tuple(chosen.values())
