"""Slugs made from titles."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from kb.models import ArticleKey

LONGEST = 80
FALLBACK = "article"


def slug_of(title: str) -> str:
    """As a-z, 0-9 and '-', cut at a word; a title without such letters gives "article"."""
    folded = unicodedata.normalize("NFKD", title[:1000].casefold())
    words = re.findall(r"[a-z0-9]+", folded.encode("ascii", "ignore").decode())
    slug = "-".join(words)
    if len(slug) > LONGEST:
        slug = slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
    return slug or FALLBACK


class FreeKeys:
    """Gives each article a key that no other one has."""

    def __init__(self, taken: Iterable[ArticleKey] = ()) -> None:
        self._taken = set(taken)
        self._tries: Counter[ArticleKey] = Counter()

    def claim(self, lang: str, slug: str) -> ArticleKey:
        wanted = ArticleKey(lang, slug)
        key = wanted
        while key in self._taken:
            self._tries[wanted] += 1
            key = ArticleKey(lang, f"{slug[:150]}-{self._tries[wanted] + 1}")
        self._taken.add(key)
        return key
