"""The published articles as the help centre shows them: read once per change, not per visit."""

import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kb.categories import Category, parse_categories
from kb.errors import InvalidArticle
from kb.models import Article, ArticleKey, PublishedArticle, Visibility
from kb.publishing import Library
from responder.compose import short_answer

CATEGORIES_FILE = "categories.toml"
LOOK_EVERY_SECONDS = 0.25
SUMMARY_CHARACTERS = 180
OTHER_ICON = "folder2"


@dataclass(frozen=True)
class Shelf:
    """All published articles of one moment; those with visibility `public` are listed."""

    generation: int
    categories_stamp: int
    articles: Mapping[ArticleKey, PublishedArticle]
    categories: Mapping[str, Category]

    def find(self, key: ArticleKey) -> PublishedArticle | None:
        return self.articles.get(key)

    @cached_property
    def listed(self) -> Mapping[str, tuple[PublishedArticle, ...]]:
        """By language, in the order of their titles."""
        found: dict[str, list[PublishedArticle]] = {}
        for published in self.articles.values():
            if published.article.visibility is Visibility.PUBLIC:
                found.setdefault(published.key.lang, []).append(published)
        return {lang: tuple(sorted(items, key=_by_title)) for lang, items in found.items()}

    def list_articles(self, lang: str) -> tuple[PublishedArticle, ...]:
        return self.listed.get(lang, ())

    def list_in_category(self, lang: str, category: str) -> tuple[PublishedArticle, ...]:
        return tuple(p for p in self.list_articles(lang) if p.article.category == category)

    def list_categories(self, lang: str) -> tuple[tuple[Category, int], ...]:
        """Those with articles in that language, in the firm's order, with how many."""
        counts: dict[str, int] = {}
        for published in self.list_articles(lang):
            if published.article.category:
                counts[published.article.category] = counts.get(published.article.category, 0) + 1
        shown = [(self.category(key), count) for key, count in counts.items()]
        return tuple(sorted(shown, key=lambda pair: (pair[0].order, pair[0].key)))

    def category(self, key: str) -> Category:
        """A category that the firm did not describe is called by its key."""
        fallback = Category(key, 1000, OTHER_ICON, {"": key.replace("-", " ").capitalize()}, {})
        return self.categories.get(key, fallback)

    def list_newest(self, lang: str, limit: int) -> tuple[PublishedArticle, ...]:
        dated = [p for p in self.list_articles(lang) if p.published_at is not None]
        dated.sort(key=lambda p: (-p.published_at.timestamp() if p.published_at else 0, str(p.key)))
        return tuple(dated[:limit])

    @cached_property
    def _groups(self) -> Mapping[ArticleKey, tuple[ArticleKey, ...]]:
        groups: dict[ArticleKey, list[ArticleKey]] = {}
        for published in self.articles.values():
            if published.article.visibility is Visibility.PUBLIC:
                source = published.article.translation_of or published.key
                groups.setdefault(source, []).append(published.key)
        return {source: tuple(sorted(keys)) for source, keys in groups.items()}

    def list_translations(self, article: Article) -> tuple[ArticleKey, ...]:
        """The same article in other languages."""
        group = self._groups.get(article.translation_of or article.key, ())
        return tuple(key for key in group if key.lang != article.key.lang)


def summary_of(article: Article) -> str:
    """The short answer, cut to what a list can hold."""
    text = short_answer(article, "web")
    if len(text) <= SUMMARY_CHARACTERS:
        return text
    return text[:SUMMARY_CHARACTERS].rsplit(" ", 1)[0] + " …"


def _by_title(published: PublishedArticle) -> tuple[str, str]:
    return published.article.title.casefold(), published.key.slug


class Shelves:
    """Holds the present Shelf; looks for changes at most every 250 ms."""

    def __init__(self, library: Library, articles_dir: Path) -> None:
        self._library = library
        self._categories_file = articles_dir / CATEGORIES_FILE
        self._held: Shelf | None = None
        self._looked_at = 0.0
        self._lock = threading.Lock()

    def current(self) -> Shelf:
        held = self._held
        if held is not None and time.monotonic() - self._looked_at < LOOK_EVERY_SECONDS:
            return held
        return self.newest()

    def newest(self) -> Shelf:
        """Looked for now: another process may just have published."""
        with self._lock:
            generation, stamp = self._library.generation(), self._stamp()
            held = self._held
            if held is None or (held.generation, held.categories_stamp) != (generation, stamp):
                self._held = held = self._build(generation, stamp)
            self._looked_at = time.monotonic()
            return held

    def _build(self, generation: int, stamp: int) -> Shelf:
        articles = {published.key: published for published in self._library.list_published()}
        return Shelf(generation, stamp, articles, _by_key(self._read_categories()))

    def _stamp(self) -> int:
        try:
            return self._categories_file.stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def _read_categories(self) -> tuple[Category, ...]:
        """A file that cannot be read leaves the categories with their plain keys."""
        try:
            source = self._categories_file.read_text(encoding="utf-8")
            return parse_categories(source, CATEGORIES_FILE)
        except (FileNotFoundError, UnicodeDecodeError, InvalidArticle):
            return ()


def _by_key(categories: Iterable[Category]) -> Mapping[str, Category]:
    return {category.key: category for category in categories}
