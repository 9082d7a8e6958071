"""Answers drawn at random and judged by people: the evidence that a promise can stand on.

Drawn from everything the bot answered or was too unsure to answer, in an order that nobody
chooses, so that for every threshold the reviewed answers above it are a fair sample of all. What
an agent judged already while working on a ticket is drawn all the same: people judge what went
wrong, and leaving it out would make the rest look better than it is.
"""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from kb.database import Database
from kb.models import ArticleKey, PublishedArticle
from responder.clock import Clock
from responder.ids import is_id
from responder.knowledge import Knowledge
from responder.models import Decision, GivenVerdict, Situation, StaffName, Verdict
from responder.store import decisions, verdicts
from responder.store import review as store

LATELY = timedelta(days=90)
FOUR_WEEKS = timedelta(days=28)
MOST_CONFIDENCES = 50_000
# what the bot would not even offer as a title is no step away from being answered
LEAST_CONFIDENCE = Situation(threshold=1.0).clarify_floor


@dataclass(frozen=True, slots=True)
class Scope:
    """Channel and language as a threshold names them; empty: every one."""

    channel: str = ""
    lang: str = ""


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A decision to judge. `published` is its article as it reads now; None: no longer there.
    `said` is what an agent said of it while working on the ticket."""

    decision: Decision
    published: PublishedArticle | None
    said: Verdict | None
    said_right: ArticleKey | None


@dataclass(frozen=True, slots=True)
class Progress:
    """Of the last three months: questions that wanted an answer, those of them that can be drawn,
    and those that were judged."""

    asked: int
    drawable: int
    reviewed: int

    @property
    def drawable_share(self) -> float:
        return self.drawable / self.asked if self.asked else 0.0


class Review:
    def __init__(self, database: Database, knowledge: Knowledge, clock: Clock) -> None:
        self._database = database
        self._knowledge = knowledge
        self._clock = clock

    def draw(self, scope: Scope = EVERYTHING, after: str = "") -> Drawn | None:
        """The next to judge. `after`: the one to leave for later; it comes again at the end."""
        behind = after if is_id(after) else ""
        with self._database.read() as connection:
            where = store.drawable(self._asked(scope), LEAST_CONFIDENCE)
            found = store.find_next(connection, where, behind)
            if found is None and behind:
                found = store.find_next(connection, where, "")
            if found is None:
                return None
            said = verdicts.find(connection, found.id)
        published = self._knowledge.shelf().articles.get(found.article) if found.article else None
        return Drawn(
            found,
            published,
            said.verdict if said else None,
            said.right if said else None,
        )

    def record(
        self, decision_id: str, verdict: Verdict, staff: StaffName, right: ArticleKey | None = None
    ) -> None:
        """Whether the article was right; wrong without `right`: no article answers it."""
        with self._database.write() as connection:
            decision = decisions.get(connection, decision_id)
            given = GivenVerdict(verdict, right, staff.email, self._clock())
            verdicts.put(connection, decision.id, given, verdicts.REVIEW)

    def progress(self, scope: Scope = EVERYTHING) -> Progress:
        asked = self._asked(scope)
        with self._database.read() as connection:
            drawable, reviewed = store.count(connection, store.drawable(asked, LEAST_CONFIDENCE))
            return Progress(store.count_wanting(connection, asked), drawable, reviewed)

    def confidences(self, scope: Scope = EVERYTHING) -> tuple[float, ...]:
        """Of what wanted an answer in the last four weeks."""
        since = self._clock() - FOUR_WEEKS
        with self._database.read() as connection:
            return store.list_confidences(
                connection, store.asked(since, scope.channel, scope.lang), MOST_CONFIDENCES
            )

    def _asked(self, scope: Scope) -> sa.ColumnElement[bool]:
        return store.asked(self._clock() - LATELY, scope.channel, scope.lang)
