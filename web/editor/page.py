"""One article as the editor shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from kb.errors import InvalidArticle
from kb.lint import LintProblem, lint
from kb.models import Article, ArticleKey
from kb.parsing import parse_stored
from kb.revisions import StoredArticle
from responder.channels.formats import channel_limits
from web.editor.forms import field_values
from web.i18n import current_zone
from web.services import services

LINK_ROOM = 24


@dataclass(frozen=True, slots=True)
class EditorPage:
    """`values` fill the fields; without them (`unreadable`) only the source can be edited."""

    key: ArticleKey
    stored: StoredArticle
    source: str
    based_on: int
    values: Mapping[str, Any]
    unreadable: str = ""
    problems: Mapping[str, str] = MappingProxyType({})
    lint: tuple[LintProblem, ...] = ()


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
    unreadable, article = "", None
    try:
        article = parse_stored(text, stored.key)
    except InvalidArticle as error:
        unreadable = str(error)
    return EditorPage(
        key=stored.key,
        stored=stored,
        source=text,
        based_on=stored.latest.number if based_on is None else based_on,
        values=values or (field_values(article) if article else {}),
        unreadable=unreadable,
        problems=problems or {},
        lint=problems_of(article) if article else (),
    )


def problems_of(article: Article) -> tuple[LintProblem, ...]:
    """What kb.lint says of it, with the whole knowledge base known."""
    found = services().library.list_articles()
    return lint(
        article,
        known=frozenset(summary.key for summary in found),
        limits=answer_limits(),
        others=[summary.article for summary in found if summary.is_live],
        today=datetime.now(current_zone()).date(),
    )


def answer_limits() -> dict[str, int]:
    """How long a short answer may be per channel, with room for the link."""
    return {name: limit - LINK_ROOM for name, (limit, _) in channel_limits().items()}
