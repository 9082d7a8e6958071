"""The questions of a golden set: which of them are shown, and what came of them last."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.models import ArticleKey
from responder.golden import GoldenQuestion
from responder.goldenruns import Outcome, Row
from responder.whereabouts import Presence, Whereabouts
from web.paging import Leaf

ROWS = 40
NAMES = re.compile(r"[^\s,;]+")
GONE = frozenset({Presence.NOT_LIVE, Presence.ARCHIVED, Presence.UNKNOWN})


class Show(StrEnum):
    ALL = "all"
    PROBLEMS = "problems"
    PEOPLE = "people"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Filters:
    text: str = ""
    show: Show = Show.ALL
    page: int = 1

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Filters":
        wanted, page = query.get("show", ""), query.get("page", "")
        return cls(
            text=query.get("q", "").strip()[:300],
            show=Show(wanted) if wanted in set(Show) else Show.ALL,
            page=int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1,
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """`outcome`: of the last run, None when it did not ask this question."""

    question: GoldenQuestion
    outcome: Outcome | None
    gone: tuple[Whereabouts, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    rows: tuple[Listed, ...]
    counts: Mapping[Show, int]
    page: int
    pages: int


def listing_of(
    questions: Sequence[GoldenQuestion],
    places: Mapping[ArticleKey, Whereabouts],
    last: Sequence[Row],
    filters: Filters,
) -> Listing:
    """One page. The counts are of all that fit the search."""
    outcomes = {row.graded.text: row.outcome for row in last}
    listed = [
        Listed(
            question,
            outcomes.get(question.text),
            tuple(places[key] for key in question.gold if places[key].presence in GONE),
        )
        for question in questions
        if _fits(question, filters.text.casefold())
    ]
    shown = [entry for entry in listed if _belongs(entry, filters.show)]
    leaf = Leaf.of(shown, filters.page, ROWS)
    counts = {show: sum(_belongs(entry, show) for entry in listed) for show in Show}
    return Listing(leaf.rows, counts, leaf.page, leaf.pages)


def _fits(question: GoldenQuestion, text: str) -> bool:
    return text in question.text.casefold() or any(text in str(key) for key in question.gold)


def _belongs(entry: Listed, show: Show) -> bool:
    match show:
        case Show.ALL:
            return True
        case Show.PROBLEMS:
            return bool(entry.gone)
        case Show.PEOPLE:
            return not entry.question.gold
        case Show.WRONG:
            return entry.outcome is Outcome.WRONG
