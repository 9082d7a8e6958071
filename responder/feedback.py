"""Did it help: votes of customers on answers and articles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from kb.database import Database
from kb.models import ArticleKey
from responder.clock import Clock
from responder.intake import clean
from responder.privacy import mask
from responder.store import decisions
from responder.store import feedback as store
from responder.store.rows import article_key

LONGEST_WHY = 1000


@dataclass(frozen=True, slots=True)
class Remark:
    why: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ArticleFeedback:
    """Votes on one article, from its page and from answers with it; remarks newest first."""

    article: ArticleKey
    helped: int
    not_helped: int
    remarks: tuple[Remark, ...]


class FeedbackService:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def record(self, subject: str | ArticleKey, helped: bool, why: str = "") -> int:
        """The vote's id. `subject` is a decision's public id or an article; a second vote on a
        decision replaces the first."""
        values: dict[str, object] = {"helped": helped, "why": _clean(why)}
        with self._database.write() as connection:
            if isinstance(subject, ArticleKey):
                values |= {"article_lang": subject.lang, "article_slug": subject.slug}
            else:
                values |= self._of_decision(connection, subject)
            return store.insert(connection, {**values, "created_at": self._clock()})

    def explain(self, vote_id: int, why: str) -> None:
        """Why somebody voted as they did, told after voting."""
        with self._database.write() as connection:
            store.update_why(connection, vote_id, _clean(why))

    def summary(self, days: int = 30) -> tuple[ArticleFeedback, ...]:
        """Per article, those with most "no" first."""
        with self._database.read() as connection:
            rows = store.list_since(connection, self._clock() - timedelta(days=days))
        by_article: dict[ArticleKey, list[sa.RowMapping]] = {}
        for row in rows:
            key = article_key(row["article_lang"], row["article_slug"])
            if key is not None:
                by_article.setdefault(key, []).append(row)
        counted = (_counted(key, found) for key, found in by_article.items())
        return tuple(sorted(counted, key=lambda c: (-c.not_helped, -c.helped, c.article)))

    def _of_decision(self, connection: sa.Connection, public_id: str) -> dict[str, object]:
        decision = decisions.get(connection, public_id)
        store.replace_of_decision(connection, decision.id)
        values: dict[str, object] = {"decision_id": decision.id}
        if decision.article is not None:
            values |= {"article_lang": decision.article.lang}
            values |= {"article_slug": decision.article.slug}
        return values


def _clean(why: str) -> str:
    return mask(clean(why[:LONGEST_WHY])).text


def _counted(key: ArticleKey, rows: Iterable[sa.RowMapping]) -> ArticleFeedback:
    found = list(rows)
    helped = sum(row["helped"] for row in found)
    remarks = tuple(Remark(row["why"], row["created_at"]) for row in found if row["why"])
    return ArticleFeedback(key, helped, len(found) - helped, remarks)
