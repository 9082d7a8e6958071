"""Which candidates may be shown to this customer today, and in which translation."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from kb.models import Article, ArticleKey, HitKind, Visibility
from responder.knowledge import Shelf
from responder.models import Candidate


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who would see it: in which language, whether everybody reads along, on which day."""

    lang: str
    public: bool
    today: date


def eligible(
    candidates: Iterable[Candidate], shelf: Shelf, viewer: Viewer
) -> tuple[Candidate, ...]:
    """In the same order; one of several translations of a text stays, the viewer's if it can."""
    kept: dict[ArticleKey, Candidate] = {}
    for candidate in candidates:
        seen = _seen_by(candidate, shelf, viewer)
        if seen is not None:
            kept.setdefault(seen.key, seen)
    return tuple(kept.values())


def is_overdue(article: Article, today: date) -> bool:
    return any(day is not None and day < today for day in (article.valid_until, article.review_by))


def _seen_by(candidate: Candidate, shelf: Shelf, viewer: Viewer) -> Candidate | None:
    if candidate.kind is HitKind.ROUTE:
        route = shelf.routes.get(candidate.key)
        return replace(candidate, action=route.action) if route else None
    original = _filled(candidate, candidate.key, shelf, viewer)
    other = shelf.find_translation(candidate.key, viewer.lang)
    if other is None or other == candidate.key:
        return original
    translated = _filled(candidate, other, shelf, viewer)
    if translated and translated.visible and translated.answerable and not translated.overdue:
        return translated
    return original


def _filled(
    candidate: Candidate, key: ArticleKey, shelf: Shelf, viewer: Viewer
) -> Candidate | None:
    published = shelf.articles.get(key)
    if published is None or published.article.visibility is Visibility.STAFF:
        return None
    article = published.article
    overdue = is_overdue(article, viewer.today)
    visible = article.visibility is Visibility.PUBLIC or not viewer.public
    seen = (key, article.title, article.auto_answer, overdue, visible)
    if seen == _seen(candidate):
        return candidate  # most are, and a copy costs more than all else here
    return replace(
        candidate,
        key=key,
        title=article.title,
        answerable=article.auto_answer,
        overdue=overdue,
        visible=visible,
    )


def _seen(candidate: Candidate) -> tuple[ArticleKey, str, bool, bool, bool]:
    c = candidate
    return c.key, c.title, c.answerable, c.overdue, c.visible
