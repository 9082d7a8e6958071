"""Numbers that add up: every question counted once, every answer in one of five fates."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import median

import sqlalchemy as sa

from kb.database import Database
from kb.models import ArticleKey
from responder.clock import Clock
from responder.firm import FirmService
from responder.models import Reason, ReplyKind, Verdict
from responder.store import decisions, tickets
from responder.store.rows import article_key

CAME_BACK_WITHIN = timedelta(days=7)


class Fate(StrEnum):
    """What became of an automatic answer; the first that holds counts.

    wrong: an agent's verdict. refused: the customer said no. came_back: within a week the same
    customer needed a person, on any channel. confirmed: the customer said yes, or an agent did.
    assumed: nobody said anything.
    """

    WRONG = "wrong"
    REFUSED = "refused"
    CAME_BACK = "came_back"
    CONFIRMED = "confirmed"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Of the tickets opened in the period: minutes until the first reply of a person."""

    tickets: int
    replied: int
    median_minutes: float | None
    slowest_tenth_minutes: float | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """One period. `questions` is the sum of `replies`; answers the sum of `fates`. `by_day` and
    `by_hour` are in the firm's time zone."""

    since: datetime
    questions: int
    conversations: int
    replies: Mapping[ReplyKind, int]
    fates: Mapping[Fate, int]
    reasons: Mapping[Reason, int]
    channels: Mapping[str, int]
    languages: Mapping[str, int]
    by_day: Mapping[date, int]
    by_hour: tuple[int, ...]
    top_articles: tuple[tuple[ArticleKey, int], ...]
    waiting: Waiting

    @property
    def answered_share(self) -> float | None:
        """Answers among questions that wanted one (0 to 1); small talk and silence do not."""
        wanted = sum(
            self.replies[k] for k in (ReplyKind.ANSWER, ReplyKind.CLARIFY, ReplyKind.HANDOFF)
        )
        return self.replies[ReplyKind.ANSWER] / wanted if wanted else None


class Analytics:
    def __init__(self, database: Database, firm: FirmService, clock: Clock) -> None:
        self._database = database
        self._firm = firm
        self._clock = clock

    def numbers(self, days: int = 30) -> Numbers:
        since = self._clock() - timedelta(days=days)
        with self._database.read() as connection:
            rows = decisions.list_measured(connection, since)
            opened = tickets.list_opened(connection, since)
        zone = self._firm.get().hours.zone
        times = [row["created_at"].astimezone(zone) for row in rows]
        hours = Counter(moment.hour for moment in times)
        replies = Counter(ReplyKind(row["reply"]) for row in rows)
        fates = fates_of(rows, opened)
        return Numbers(
            since=since,
            questions=len(rows),
            conversations=len({row["conversation_id"] for row in rows}),
            replies={kind: replies[kind] for kind in ReplyKind},
            fates={fate: fates[fate] for fate in Fate},
            reasons=dict(Counter(Reason(r["reason"]) for r in rows if r["reason"]).most_common()),
            channels=dict(Counter(row["channel"] for row in rows).most_common()),
            languages=dict(Counter(row["lang"] for row in rows).most_common()),
            by_day=dict(sorted(Counter(moment.date() for moment in times).items())),
            by_hour=tuple(hours[hour] for hour in range(24)),
            top_articles=_top_articles(rows),
            waiting=_waiting(opened),
        )


def fates_of(rows: Sequence[sa.RowMapping], opened: Sequence[sa.RowMapping]) -> Counter[Fate]:
    """Of the answers among the decisions `rows`; `opened` are the tickets of the period."""
    needed: dict[tuple[str, int], list[datetime]] = {}
    for row in rows:
        if row["reply"] == ReplyKind.HANDOFF.value:
            needed.setdefault(_customer(row), []).append(row["created_at"])
    for row in opened:
        needed.setdefault(_customer(row), []).append(row["opened_at"])
    answers = (row for row in rows if row["reply"] == ReplyKind.ANSWER.value)
    return Counter(_fate(row, needed.get(_customer(row), ())) for row in answers)


def _fate(row: sa.RowMapping, needed: Iterable[datetime]) -> Fate:
    at = row["created_at"]
    if row["verdict"] == Verdict.WRONG.value:
        return Fate.WRONG
    if row["helped"] == 0:
        return Fate.REFUSED
    if any(at < moment <= at + CAME_BACK_WITHIN for moment in needed):
        return Fate.CAME_BACK
    if row["helped"] == 1 or row["verdict"] == Verdict.RIGHT.value:
        return Fate.CONFIRMED
    return Fate.ASSUMED


def _customer(row: sa.RowMapping) -> tuple[str, int]:
    """The contact over all conversations; whoever is not known is their conversation."""
    if row["contact_id"] is not None:
        return "contact", row["contact_id"]
    return "conversation", row["conversation_id"]


def _top_articles(rows: Iterable[sa.RowMapping]) -> tuple[tuple[ArticleKey, int], ...]:
    answered = (row for row in rows if row["reply"] == ReplyKind.ANSWER.value)
    keys = (article_key(row["article_lang"], row["article_slug"]) for row in answered)
    return tuple(Counter(key for key in keys if key is not None).most_common(10))


def _waiting(opened: Sequence[sa.RowMapping]) -> Waiting:
    minutes = sorted(
        (row["first_reply_at"] - row["opened_at"]).total_seconds() / 60
        for row in opened
        if row["first_reply_at"] is not None
    )
    return Waiting(
        tickets=len(opened),
        replied=len(minutes),
        median_minutes=median(minutes) if minutes else None,
        slowest_tenth_minutes=minutes[int(len(minutes) * 0.9)] if minutes else None,
    )
