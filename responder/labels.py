"""What people know of past questions: which article was right, and how far to trust who says so."""

import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from kb.database import Database
from kb.models import ArticleKey
from responder.evaluation.questions import TEST_SPLIT
from responder.golden import GoldenQuestion
from responder.models import Verdict
from responder.store import labels as store
from responder.store.rows import article_key, understood

# a customer's vote before any was compared with an agent's verdict, and how firmly
PRIOR_AGREEMENT = 0.6
PRIOR_COMPARISONS = 10.0
GOLDEN_CHANNEL = "web"

ListGolden = Callable[[], Iterable[GoldenQuestion]]


class LabelSource(StrEnum):
    """desk: came up while an agent worked on a hand-over. review: drawn at random to be judged.
    customer: a vote. golden: written down as a golden question."""

    DESK = "desk"
    REVIEW = "review"
    CUSTOMER = "customer"
    GOLDEN = "golden"


@dataclass(frozen=True, slots=True)
class Label:
    """Whether `article` was right for a (masked) question.

    `decision_id` is public; None for golden questions, whose `lang` may be empty: not known.
    `right_article` is known where somebody named it; `also_right` are more of them. `weight` is 0
    (says nothing) to 1 (an agent's word). `confidence` is what the decision had in `article`.
    """

    decision_id: str | None
    question: str
    lang: str
    channel: str
    public: bool
    article: ArticleKey | None
    is_right: bool
    right_article: ArticleKey | None
    weight: float
    source: LabelSource
    at: datetime
    also_right: tuple[ArticleKey, ...] = ()
    confidence: float = 0.0

    @property
    def right_articles(self) -> frozenset[ArticleKey]:
        """Empty: none is right, or nobody said which."""
        named = {self.right_article} if self.right_article else set()
        return frozenset(named.union(self.also_right))

    @property
    def is_held_back(self) -> bool:
        """Every second random review is kept from fitting: it is evidence for a promise."""
        if self.decision_id is None or self.source is not LabelSource.REVIEW:
            return False
        return is_held_back(self.decision_id)


def is_held_back(decision_id: str) -> bool:
    """Every second decision, by its public id alone."""
    return zlib.crc32(decision_id.encode()) % 2 == 0


class Labels:
    def __init__(self, database: Database, list_golden: ListGolden = tuple) -> None:
        self._database = database
        self._list_golden_questions = list_golden

    def list_labels(
        self, channel: str | None = None, lang: str | None = None, since: datetime | None = None
    ) -> tuple[Label, ...]:
        """One a decision, oldest first, an agent's verdict counting before the customer's vote.

        Then golden questions, but for those kept for measuring, as if asked on the web.
        """
        with self._database.read() as connection:
            rows = store.list_judged(connection, channel=channel, lang=lang, since=since)
            compared = store.list_compared(connection)
        trust = trust_in_votes(compared)
        said = tuple(_label(row, trust) for row in rows)
        return said + (self._list_golden(lang) if channel in (None, GOLDEN_CHANNEL) else ())

    def _list_golden(self, lang: str | None) -> tuple[Label, ...]:
        kept = (q for q in self._list_golden_questions() if q.split != TEST_SPLIT)
        labels = map(_golden_label, kept)
        return tuple(label for label in labels if lang in (None, label.lang))


def trust_in_votes(compared: Sequence[tuple[bool, Verdict]]) -> float:
    """Weight of a customer's vote (0 to 1): how much more often than a coin it says what agents
    say, measured on decisions that have both."""
    agreed = sum(helped == (verdict is Verdict.RIGHT) for helped, verdict in compared)
    expected = PRIOR_AGREEMENT * PRIOR_COMPARISONS
    agreement = (agreed + expected) / (len(compared) + PRIOR_COMPARISONS)
    return max(0.0, 2 * agreement - 1)


def is_right_now(
    label: Label, best: ArticleKey | None, same: Sequence[ArticleKey] = ()
) -> bool | None:
    """Whether `best` answers the labelled question, `same` being its translations; None: nobody
    knows, because another article was judged and none was named."""
    if best is None:
        return False
    said = {best, *same}
    if said & label.right_articles:
        return True
    if label.article in said:
        return label.is_right
    # a golden question has no article of its own: nothing but its gold is right
    if label.is_right or label.right_articles or label.article is None:
        return False
    return None


def _label(row: sa.RowMapping, trust: float) -> Label:
    article = article_key(row["article_lang"], row["article_slug"])
    by_agent = row["verdict"] is not None
    is_right = row["verdict"] == Verdict.RIGHT.value if by_agent else bool(row["helped"])
    right = article if is_right else article_key(row["right_lang"], row["right_slug"])
    return Label(
        decision_id=row["public_id"],
        question=understood(row),
        lang=row["lang"],
        channel=row["channel"],
        public=row["public"],
        article=article,
        is_right=is_right,
        right_article=right,
        weight=1.0 if by_agent else trust,
        source=LabelSource(row["source"]) if by_agent else LabelSource.CUSTOMER,
        at=row["judged_at"] if by_agent else row["voted_at"],
        confidence=row["confidence"],
    )


def _golden_label(question: GoldenQuestion) -> Label:
    """No article was given: whatever is best now is held against the gold."""
    first, *more = question.gold or (None,)
    return Label(
        decision_id=None,
        question=question.text,
        lang=first.lang if first else "",
        channel=GOLDEN_CHANNEL,
        public=False,
        article=None,
        is_right=False,
        right_article=first,
        weight=1.0,
        source=LabelSource.GOLDEN,
        at=question.created_at,
        also_right=tuple(key for key in more if key is not None),
    )
