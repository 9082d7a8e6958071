"""What the store knows: the read side of the library. Each method is one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import takewhile
from typing import Any

import sqlalchemy as sa

from kb import starter
from kb.database import Database
from kb.diffs import DiffLine, diff_lines
from kb.errors import UnknownArticle, UnknownRevision
from kb.folder import read_routes
from kb.frontmatter import parse_route
from kb.models import Article, ArticleKey, PublishedArticle, Route, Status
from kb.parsing import ParsedRevisions, Wanted
from kb.revisions import (
    ArticleSummary,
    Origin,
    Revision,
    StoredArticle,
    WorkingText,
)
from kb.store import articles, generations, redirects, revisions, routes

LONGEST_CHAIN = 20


class Reading:
    """Customers' readers get PublishedArticle; everything else is for staff."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._parsed = ParsedRevisions()
        self._default_routes: tuple[Route, ...] | None = None

    def generation(self) -> int:
        with self.database.read() as connection:
            return generations.get(connection)

    def find_article(self, key: ArticleKey) -> StoredArticle | None:
        with self.database.read() as connection:
            row = articles.find(connection, key)
            return None if row is None else self._stored(connection, row)

    def get_article(self, key: ArticleKey) -> StoredArticle:
        found = self.find_article(key)
        if found is None:
            raise UnknownArticle(key)
        return found

    def list_articles(
        self,
        lang: str | None = None,
        status: Status | None = None,
        category: str | None = None,
        text: str = "",
    ) -> tuple[ArticleSummary, ...]:
        """Latest texts, ordered by language and slug; `text` is looked for in title and slug."""
        with self.database.read() as connection:
            rows = articles.list_all(connection, lang, status)
            found = self._load(connection, [_latest(row) for row in rows])
        summaries = (_summary(row, found[_latest(row)]) for row in rows if _latest(row) in found)
        return tuple(s for s in summaries if _is_wanted(s, category, text.casefold().strip()))

    def find_published(self, key: ArticleKey) -> PublishedArticle | None:
        with self.database.read() as connection:
            row = articles.find(connection, key)
            live = self._published(connection, [row] if row is not None else [])
        return live[0] if live else None

    def list_published(self, lang: str | None = None) -> tuple[PublishedArticle, ...]:
        """Everything live, whatever its visibility, ordered by language and slug."""
        with self.database.read() as connection:
            return self._published(connection, articles.list_live(connection, lang))

    def list_revisions(self, key: ArticleKey) -> tuple[Revision, ...]:
        """Newest first."""
        with self.database.read() as connection:
            row = _required(connection, key)
            return tuple(revision_of(key, r) for r in revisions.list_of(connection, row["id"]))

    def get_revision(self, key: ArticleKey, number: int) -> Revision:
        with self.database.read() as connection:
            return revision_of(key, _required_revision(connection, key, number))

    def diff(self, key: ArticleKey, old: int, new: int) -> tuple[DiffLine, ...]:
        with self.database.read() as connection:
            before = _required_revision(connection, key, old)
            after = _required_revision(connection, key, new)
        return diff_lines(before["source"], after["source"])

    def told_since(self, key: ArticleKey) -> datetime | None:
        """Since when customers are told what they are now; None where nothing is live.

        Example questions do not count: customers do not see them.
        """
        with self.database.read() as connection:
            row = articles.find(connection, key)
            if row is None or row["published_revision"] is None:
                return None
            live = row["published_revision"]
            past = [r for r in revisions.list_of(connection, row["id"]) if r["number"] <= live]
            wanted = [(row["id"], r["number"], key) for r in past]
            parsed = self._load(connection, wanted)
        texts = [_told(parsed.get(item)) for item in wanted]
        same = takewhile(lambda pair: pair[1] == texts[0], zip(past, texts, strict=True))
        since: datetime = list(same)[-1][0]["created_at"]
        return since

    def find_redirect(self, lang: str, slug: str) -> ArticleKey | None:
        """Where a renamed or replaced article is now, however often it moved."""
        start = ArticleKey(lang, slug)
        with self.database.read() as connection:
            at = start
            for _ in range(LONGEST_CHAIN):
                row = redirects.find(connection, at)
                if row is None:
                    return None if at == start else at
                at = ArticleKey(lang, row["target_slug"])
        return None

    def list_moved(self) -> frozenset[ArticleKey]:
        """Former addresses that lead to an article now."""
        with self.database.read() as connection:
            return frozenset(redirects.list_targets(connection))

    def list_routes(self, lang: str | None = None) -> tuple[Route, ...]:
        """The shipped routes and the firm's own, which go before them by name."""
        if self._default_routes is None:
            self._default_routes = read_routes(starter.path())
        found = {route.key: route for route in self._default_routes}
        for key, source in self.list_own_routes().items():
            path = f"routes/{key}.md"
            found[key] = parse_route(source, lang=key.lang, name=key.slug, path=path)
        return tuple(found[key] for key in sorted(found) if lang in (None, key.lang))

    def list_own_routes(self) -> Mapping[ArticleKey, str]:
        """The sources of the firm's own routes."""
        with self.database.read() as connection:
            rows = routes.list_all(connection)
        return {ArticleKey(row["lang"], row["name"]): row["source"] for row in rows}

    def list_working(self) -> tuple[WorkingText, ...]:
        """Which texts the folder should hold; archived articles included."""
        with self.database.read() as connection:
            return tuple(_working(row) for row in articles.list_all(connection))

    def get_working(self, key: ArticleKey) -> WorkingText:
        with self.database.read() as connection:
            return _working(_required(connection, key))

    def _load(
        self, connection: sa.Connection, wanted: Iterable[Wanted]
    ) -> Mapping[Wanted, Article]:
        """Articles as parsed, translations of a renamed article under its present key."""
        found = self._parsed.load(connection, wanted)
        if not any(article.translation_of for article in found.values()):
            return found
        moved = redirects.list_targets(connection)
        return {item: _followed(article, moved) for item, article in found.items()}

    def _published(
        self, connection: sa.Connection, rows: Sequence[sa.RowMapping]
    ) -> tuple[PublishedArticle, ...]:
        live = [row for row in rows if row["published_revision"] is not None]
        wanted = [(row["id"], row["published_revision"], key_of(row)) for row in live]
        found = self._load(connection, wanted)
        return tuple(
            PublishedArticle(found[item], item[1], row["published_at"])
            for row, item in zip(live, wanted, strict=True)
            if item in found
        )

    def _stored(self, connection: sa.Connection, row: sa.RowMapping) -> StoredArticle:
        key = key_of(row)
        latest = revisions.find(connection, row["id"], row["latest_revision"])
        assert latest is not None
        article = self._load(connection, [_latest(row)]).get(_latest(row))
        return StoredArticle(
            key=key,
            status=Status(row["status"]),
            latest=revision_of(key, latest),
            article=article or Article(key, latest["title"], latest["source"]),
            published_revision=row["published_revision"],
            scheduled_revision=row["scheduled_revision"],
            scheduled_at=row["scheduled_at"],
            created_at=row["created_at"],
            updated_at=row["updated_at"],
        )


def _followed(article: Article, moved: Mapping[ArticleKey, ArticleKey]) -> Article:
    original = article.translation_of
    if original is None or original not in moved:
        return article
    for _ in range(LONGEST_CHAIN):
        original = moved.get(original, original)
    return replace(article, translation_of=original)


def key_of(row: Any) -> ArticleKey:
    return ArticleKey(row["lang"], row["slug"])


def shown_revision(row: Any) -> int | None:
    """What customers will see once everything scheduled has happened."""
    found: int | None = row["scheduled_revision"] or row["published_revision"]
    return found


def _working(row: sa.RowMapping) -> WorkingText:
    return WorkingText(
        article_id=row["id"],
        key=key_of(row),
        revision=shown_revision(row) or row["latest_revision"],
        latest_revision=row["latest_revision"],
        is_archived=row["status"] == Status.ARCHIVED,
    )


def _told(article: Article | None) -> tuple[object, ...]:
    """What customers see of it."""
    if article is None:
        return ()
    return article.title, article.answer, article.body, dict(article.channels)


def _latest(row: Any) -> tuple[int, int, ArticleKey]:
    return row["id"], row["latest_revision"], key_of(row)


def _required(connection: sa.Connection, key: ArticleKey) -> sa.RowMapping:
    row = articles.find(connection, key)
    if row is None:
        raise UnknownArticle(key)
    return row


def _required_revision(connection: sa.Connection, key: ArticleKey, number: int) -> sa.RowMapping:
    row = revisions.find(connection, _required(connection, key)["id"], number)
    if row is None:
        raise UnknownRevision(key, number)
    return row


def revision_of(key: ArticleKey, row: Any) -> Revision:
    return Revision(
        key=key,
        number=row["number"],
        source=row["source"],
        title=row["title"],
        author=row["author"],
        origin=Origin(row["origin"]),
        note=row["note"],
        created_at=row["created_at"],
    )


def _summary(row: Any, article: Article) -> ArticleSummary:
    shown = shown_revision(row)
    is_archived = row["status"] == Status.ARCHIVED
    return ArticleSummary(
        key=article.key,
        title=article.title,
        status=Status(row["status"]),
        article=article,
        published_revision=row["published_revision"],
        published_at=row["published_at"],
        scheduled_at=row["scheduled_at"],
        updated_at=row["updated_at"],
        has_draft=not is_archived and row["latest_revision"] != shown,
    )


def _is_wanted(summary: ArticleSummary, category: str | None, text: str) -> bool:
    if category is not None and summary.article.category != category:
        return False
    return text in summary.title.casefold() or text in summary.key.slug
