"""The list of all articles: what each one needs, which of them are shown, in which order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.models import Article, ArticleKey, Status
from kb.revisions import ArticleSummary
from web.paging import Leaf

ROWS = 40


class View(StrEnum):
    """The tabs above the list."""

    ALL = "all"
    LIVE = "live"
    DRAFT = "draft"
    REVIEW = "review"
    SCHEDULED = "scheduled"
    OVERDUE = "overdue"
    UNTRANSLATED = "untranslated"
    BEHIND = "behind"
    ARCHIVED = "archived"


class Order(StrEnum):
    CHANGED = "changed"
    TITLE = "title"
    REVIEW_BY = "review_by"


@dataclass(frozen=True, slots=True)
class Filters:
    lang: str = ""
    category: str = ""
    owner: str = ""
    text: str = ""
    view: View = View.ALL
    order: Order = Order.CHANGED

    @property
    def is_narrowed(self) -> bool:
        return bool(self.lang or self.category or self.owner or self.text)


@dataclass(frozen=True, slots=True)
class Row:
    """One article of the list, the views that it belongs to, and the languages it lacks."""

    summary: ArticleSummary
    views: frozenset[View]
    is_expired: bool
    missing: tuple[str, ...]

    @property
    def key(self) -> ArticleKey:
        return self.summary.key

    @property
    def article(self) -> Article:
        return self.summary.article


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of rows; `counts` are of everything the filters leave, by view."""

    rows: tuple[Row, ...]
    counts: Mapping[View, int]
    page: int
    pages: int


def rows_of(
    summaries: Sequence[ArticleSummary], languages: Sequence[str], today: date
) -> tuple[Row, ...]:
    by_key = {summary.key: summary for summary in summaries}
    present = _languages_by_root(summaries)
    rows = []
    for summary in summaries:
        root = _root(summary.article)
        missing = tuple(lang for lang in languages if lang not in present.get(root, languages))
        views = _views(summary, by_key.get(root), has_missing=bool(missing), today=today)
        rows.append(Row(summary, views, is_past(summary.article.valid_until, today), missing))
    return tuple(rows)


def is_past(day: date | None, today: date) -> bool:
    return day is not None and day < today


def _languages_by_root(summaries: Iterable[ArticleSummary]) -> Mapping[ArticleKey, set[str]]:
    found: dict[ArticleKey, set[str]] = {}
    for summary in summaries:
        if summary.status is not Status.ARCHIVED:
            found.setdefault(_root(summary.article), set()).add(summary.key.lang)
    return found


def _root(article: Article) -> ArticleKey:
    return article.translation_of or article.key


def _views(
    summary: ArticleSummary, original: ArticleSummary | None, *, has_missing: bool, today: date
) -> frozenset[View]:
    if summary.status is Status.ARCHIVED:
        return frozenset({View.ARCHIVED})
    fits = {
        View.ALL: True,
        View.LIVE: summary.is_live,
        View.DRAFT: summary.status is Status.DRAFT,
        View.REVIEW: summary.status is Status.REVIEW,
        View.SCHEDULED: summary.scheduled_at is not None,
        View.OVERDUE: is_past(summary.article.review_by, today),
        View.UNTRANSLATED: has_missing,
        View.BEHIND: is_behind(summary, original),
    }
    return frozenset(view for view, belongs in fits.items() if belongs)


def is_behind(summary: ArticleSummary, original: ArticleSummary | None) -> bool:
    """The original was published anew after this translation was last touched."""
    return (
        original is not None
        and original.key != summary.key
        and (original.published_revision or 0) > 1
        and original.published_at is not None
        and original.published_at > summary.updated_at
    )


def listing_of(rows: Sequence[Row], filters: Filters, page: int) -> Listing:
    left = [row for row in rows if _fits(row, filters)]
    shown = _ordered([row for row in left if filters.view in row.views], filters.order)
    leaf = Leaf.of(shown, page, ROWS)
    counts = {view: sum(view in row.views for row in left) for view in View}
    return Listing(leaf.rows, counts, leaf.page, leaf.pages)


def _fits(row: Row, filters: Filters) -> bool:
    article = row.article
    return (
        filters.lang in ("", article.key.lang)
        and filters.category in ("", article.category)
        and filters.owner in ("", article.owner)
        and _has_words(article, filters.text.casefold().split())
    )


def _has_words(article: Article, words: Sequence[str]) -> bool:
    if not words:
        return True
    lines = (str(article.key), article.title, article.answer or "", article.body)
    text = "\n".join((*lines, *article.questions, *article.tags)).casefold()
    return all(word in text for word in words)


def _ordered(rows: list[Row], order: Order) -> list[Row]:
    match order:
        case Order.CHANGED:
            return sorted(rows, key=lambda row: (-row.summary.updated_at.timestamp(), row.key))
        case Order.TITLE:
            return sorted(rows, key=lambda row: (row.summary.title.casefold(), row.key))
        case Order.REVIEW_BY:
            return sorted(rows, key=lambda row: (row.article.review_by or date.max, row.key))
