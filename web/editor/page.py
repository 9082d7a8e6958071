"""One article as the editor shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from kb.errors import InvalidArticle
from kb.lint import LintProblem, Severity, lint
from kb.markdown import SafeHtml, render
from kb.models import Article, ArticleKey, Status
from kb.parsing import parse_stored
from kb.revisions import ArticleSummary, Revision, StoredArticle
from responder.compose import short_answer
from web.article_problems import problem_text
from web.editor.channel_words import answer_limits
from web.editor.fields import field_values
from web.editor.listing import is_behind
from web.editor.shelf import today
from web.i18n import current_zone
from web.services import services


@dataclass(frozen=True, slots=True)
class Preview:
    """The text as customers get it: the short answer in a chat, and the page."""

    title: str
    answer: str
    html: SafeHtml


@dataclass(frozen=True, slots=True)
class Original:
    """What a translation was made from; `seen` is its text when the translation was last saved."""

    summary: ArticleSummary
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class EditorPage:
    """`values` fill the fields; without them only the source can be edited."""

    stored: StoredArticle
    source: str
    based_on: int
    values: Mapping[str, Any]
    problems: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    lint: tuple[LintProblem, ...] = ()
    preview: Preview | None = None
    original: Original | None = None
    translations: tuple[ArticleSummary, ...] = ()
    unreadable: str = ""
    picture_alt: str = ""

    @property
    def key(self) -> ArticleKey:
        return self.stored.key


def editor_page(
    stored: StoredArticle,
    *,
    source: str | None = None,
    values: Mapping[str, Any] | None = None,
    based_on: int | None = None,
    problems: Mapping[str, str] | None = None,
) -> EditorPage:
    """The latest text, or what was sent in its place."""
    text = stored.latest.source if source is None else source
    summaries = services().library.list_articles()
    unreadable, article = "", None
    try:
        article = parse_stored(text, stored.key)
    except InvalidArticle as error:
        unreadable = problem_text(error)
    return EditorPage(
        stored=stored,
        source=text,
        based_on=based_on or stored.latest.number,
        values=values or (field_values(article, current_zone()) if article else {}),
        problems=problems or {},
        lint=problems_of(article, summaries) if article else (),
        preview=preview_of(article) if article else None,
        original=_original(stored, summaries),
        translations=_translations(stored.article, summaries),
        unreadable=unreadable,
    )


def preview_of(article: Article) -> Preview:
    return Preview(article.title, short_answer(article, "web"), render(article.body))


def problems_of(
    article: Article, summaries: tuple[ArticleSummary, ...] | None = None
) -> tuple[LintProblem, ...]:
    """What kb.lint says of it, with the whole knowledge base known."""
    found = services().library.list_articles() if summaries is None else summaries
    others = [summary.article for summary in found if summary.is_live]
    limits = answer_limits()
    return lint(article, known=_known(found), limits=limits, others=others, today=today())


def errors_by_key(
    shown: Iterable[Article], summaries: tuple[ArticleSummary, ...]
) -> Mapping[ArticleKey, list[LintProblem]]:
    """Only what misleads customers, for a whole page of articles."""
    known = _known(summaries)
    return {
        article.key: [p for p in lint(article, known=known, limits={}) if _is_error(p)]
        for article in shown
    }


def has_errors(problems: tuple[LintProblem, ...]) -> bool:
    return any(_is_error(problem) for problem in problems)


def _is_error(problem: LintProblem) -> bool:
    return problem.severity is Severity.ERROR


def _known(summaries: tuple[ArticleSummary, ...]) -> frozenset[ArticleKey]:
    there = frozenset(s.key for s in summaries if s.status is not Status.ARCHIVED)
    return there | services().library.list_moved()


def _original(stored: StoredArticle, summaries: tuple[ArticleSummary, ...]) -> Original | None:
    by_key = {summary.key: summary for summary in summaries}
    source = stored.article.translation_of
    original, own = (by_key.get(source) if source else None), by_key.get(stored.key)
    if original is None or own is None:
        return None
    if not is_behind(own, original):
        return Original(original)
    history = services().library.list_revisions(original.key)
    return Original(original, _last_before(history, stored.latest))


def _last_before(history: tuple[Revision, ...], saved: Revision) -> int:
    """What the original said when the translation was saved; its first text if it came later."""
    earlier = (r.number for r in history if r.created_at <= saved.created_at)
    return next(earlier, history[-1].number)


def _translations(
    article: Article, summaries: tuple[ArticleSummary, ...]
) -> tuple[ArticleSummary, ...]:
    root = article.translation_of or article.key
    return tuple(
        summary
        for summary in summaries
        if (summary.article.translation_of or summary.key) == root
        and summary.key != article.key
        and summary.status is not Status.ARCHIVED
    )
