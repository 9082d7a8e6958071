"""What writers do to articles."""

from kb.models import ArticleKey
from kb.publishing import Library

KEY = ArticleKey("id", "paket")
FIRST = "---\ntitle: Paket\n---\nSatu\n"
SECOND = "---\ntitle: Paket saya\n---\nDua\n"


def published(library: Library, key: ArticleKey = KEY, source: str = FIRST) -> int:
    library.create(key, source, "dewi")
    return library.publish(key, "dewi").number


def shown(library: Library, key: ArticleKey = KEY) -> str | None:
    found = library.find_published(key)
    return None if found is None else found.article.body


def save(library: Library, source: str, key: ArticleKey = KEY) -> int:
    latest = library.get_article(key).latest.number
    return library.save(key, source, by="dewi", based_on=latest).number
