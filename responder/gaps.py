"""What customers ask and the knowledge base does not answer: grouped, counted, in their words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from kb.database import Database
from kb.models import ArticleKey
from kb.text import words
from responder.clock import Clock
from responder.knowledge import Knowledge
from responder.privacy import searchable
from responder.store import decisions
from responder.store.rows import article_key

MOST_QUESTIONS = 1500
# average cosine distance (0 to 1) up to which questions are one gap
FARTHEST = 0.72
MOST_WORDINGS = 5

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that mean the same. `typical` is the most central wording; `wordings` are
    different ones, the commonest first; `nearest` the article the bot would have thought of."""

    typical: str
    wordings: tuple[str, ...]
    questions: int
    customers: int
    lang: str
    nearest: ArticleKey | None
    decisions: tuple[str, ...]
    last_at: datetime


class Gaps:
    def __init__(self, database: Database, knowledge: Knowledge, clock: Clock) -> None:
        self._database = database
        self._knowledge = knowledge
        self._clock = clock

    def list_gaps(self, days: int = 30, fewest_customers: int = 1) -> tuple[Gap, ...]:
        """Those that most customers met first; of at most the latest 1,500 questions."""
        since = self._clock() - timedelta(days=days)
        with self._database.read() as connection:
            rows = decisions.list_unanswered(connection, since, MOST_QUESTIONS)
        asked = [row for row in rows if searchable(row["question"])]
        plain = [self._knowledge.spelt_out(searchable(row["question"])) for row in asked]
        groups = group_alike(plain)
        gaps = [_gap([asked[i] for i in group], central(plain, group)) for group in groups]
        kept = (gap for gap in gaps if gap.customers >= fewest_customers)
        return tuple(sorted(kept, key=lambda g: (-g.customers, -g.questions, g.typical)))


def group_alike(texts: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Indices of texts that mean about the same, every index once, in order."""
    distinct = sorted(set(texts))
    labels = _labels(distinct) if len(distinct) > 1 else [0] * len(distinct)
    label_of = dict(zip(distinct, labels, strict=True))
    groups: dict[int, list[int]] = {}
    for index, text in enumerate(texts):
        groups.setdefault(label_of[text], []).append(index)
    return tuple(tuple(group) for group in groups.values())


def _labels(texts: Sequence[str]) -> list[int]:
    from sklearn.cluster import AgglomerativeClustering

    distances = np.clip(1.0 - _likeness(texts), 0.0, 1.0)
    np.fill_diagonal(distances, 0.0)
    clustering = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=FARTHEST
    )
    return [int(label) for label in clustering.fit_predict(distances)]


def _likeness(texts: Sequence[str]) -> Matrix:
    """TF-IDF cosines over pieces of words and whole words, averaged."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    whole = TfidfVectorizer(tokenizer=words, token_pattern=None, sublinear_tf=True)
    total = np.zeros((len(texts), len(texts)))
    for vectorizer in (pieces, whole):
        try:
            matrix = vectorizer.fit_transform(texts)
        except ValueError:  # nothing but signs: no vocabulary
            continue
        total += (matrix @ matrix.T).toarray()
    return total / 2


def central(plain: Sequence[str], group: Sequence[int]) -> int:
    """The place in the group whose text is most like the others."""
    texts = [plain[index] for index in group]
    if len(set(texts)) < 3:
        return texts.index(Counter(texts).most_common(1)[0][0])
    return int(_likeness(texts).sum(axis=1).argmax())


def _gap(rows: Sequence[sa.RowMapping], central: int) -> Gap:
    keys = (article_key(row["article_lang"], row["article_slug"]) for row in rows)
    nearest = Counter(key for key in keys if key is not None).most_common(1)
    wordings = Counter(row["question"] for row in rows).most_common(MOST_WORDINGS)
    return Gap(
        typical=rows[central]["question"],
        wordings=tuple(text for text, _ in wordings),
        questions=len(rows),
        customers=len({row["conversation_id"] for row in rows}),
        lang=Counter(row["lang"] for row in rows).most_common(1)[0][0],
        nearest=nearest[0][0] if nearest else None,
        decisions=tuple(row["public_id"] for row in rows),
        last_at=max(row["created_at"] for row in rows),
    )
