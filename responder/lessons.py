"""What people's work teaches the bot not to answer: counterexamples derived from the tables.

A verdict "wrong" or a customer's "did not help" speaks against one article; a question that an
agent answered in own words, without an article, speaks a little against all. Nothing is stored
twice: a restart reads the same tables.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from kb.counterexamples import Counterexample
from kb.database import Database
from kb.models import ArticleKey, PublishedArticle
from kb.reading import Reading
from kb.text import normalise, spelling
from responder.labels import Label, Labels, LabelSource
from responder.privacy import searchable
from responder.store import lessons as store

MOST_LESSONS = 1000
# an agent may answer in own words although an article says the same
REFUSED_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Lesson:
    """`article` did not answer that normalised text, or no article did."""

    text: str
    article: ArticleKey | None
    weight: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Confirmed:
    """When an article was last said to answer a text, and whether an agent said so."""

    at: datetime
    by_agent: bool


Confirmations = Mapping[tuple[str, str], Confirmed]


class Lessons:
    """Reads the tables anew each time it is asked."""

    def __init__(self, database: Database, labels: Labels) -> None:
        self._database = database
        self._labels = labels
        self._articles = Reading(database)
        self._told_since: dict[tuple[ArticleKey, int], datetime | None] = {}

    def stamp(self) -> store.Stamp:
        """Another one when there may be other lessons."""
        with self._database.read() as connection:
            return store.stamp(connection)

    def counterexamples(self, articles: Iterable[PublishedArticle]) -> tuple[Counterexample, ...]:
        """What holds of these articles, the newest lessons first."""
        live = {published.key: published for published in articles}
        groups = {key: str(p.article.translation_of or key) for key, p in live.items()}
        found = sorted(self._list_lessons(groups), key=lambda lesson: lesson.at, reverse=True)
        newest = found[:MOST_LESSONS]
        changed = self._changed(live, min((lesson.at for lesson in newest), default=None))
        made = (_counterexample(lesson, groups, changed) for lesson in newest)
        return tuple(example for example in made if example is not None)

    def _list_lessons(self, groups: Mapping[ArticleKey, str]) -> list[Lesson]:
        everything = self._labels.list_labels()
        labels = [label for label in everything if _counts(label)]
        with self._database.read() as connection:
            refused = store.list_refused(connection, MOST_LESSONS)
            accepted = store.list_accepted(connection)
        said = _confirmations(labels, groups)
        for question, lang, slug, at in accepted:
            key = ArticleKey(lang, slug)
            said[_asked(question), groups.get(key, str(key))] = Confirmed(at, by_agent=True)
        wrong = [_wrong(label) for label in labels if _is_wrong(label, said, groups)]
        answered = {text for text, _ in said}
        answered |= {_asked(label.question) for label in everything if label.is_held_back}
        none = [
            Lesson(_text(row["question"]), None, REFUSED_WEIGHT, row["closed_at"])
            for row in refused
            if _asked(row["question"]) not in answered
        ]
        return [lesson for lesson in (*wrong, *none) if lesson.text]

    def _changed(
        self, live: Mapping[ArticleKey, PublishedArticle], oldest: datetime | None
    ) -> Mapping[ArticleKey, datetime]:
        """Articles with another text than at the time of the oldest lesson, and since when."""
        if oldest is None:
            return {}
        later = (p for p in live.values() if p.published_at is None or p.published_at > oldest)
        since = ((published.key, self._since(published)) for published in later)
        return {key: at for key, at in since if at is not None}

    def _since(self, published: PublishedArticle) -> datetime | None:
        known = published.key, published.revision
        if known not in self._told_since:
            self._told_since[known] = self._articles.told_since(published.key)
        return self._told_since[known]


def _counts(label: Label) -> bool:
    """What is held back as evidence for a promise must teach nothing, or it proves nothing."""
    return label.source is not LabelSource.GOLDEN and not label.is_held_back


def _text(question: str) -> str:
    return normalise(searchable(question))


def _asked(question: str) -> str:
    """Equal for the same words."""
    return spelling(searchable(question))


def _confirmations(
    labels: Iterable[Label], groups: Mapping[ArticleKey, str]
) -> dict[tuple[str, str], Confirmed]:
    found: dict[tuple[str, str], Confirmed] = {}
    for label in labels:
        by_agent = label.source is not LabelSource.CUSTOMER
        for key in label.right_articles:
            place = _asked(label.question), groups.get(key, str(key))
            before = found.get(place)
            if before is None or before.by_agent <= by_agent:
                found[place] = Confirmed(label.at, by_agent)
    return found


def _is_wrong(label: Label, said: Confirmations, groups: Mapping[ArticleKey, str]) -> bool:
    """Unless somebody who knows as well said since that it was right."""
    if label.is_right or label.article is None or label.weight <= 0:
        return False
    group = groups.get(label.article, str(label.article))
    confirmed = said.get((_asked(label.question), group))
    if confirmed is None:
        return True
    if label.source is LabelSource.CUSTOMER:
        return not confirmed.by_agent and confirmed.at < label.at
    return not confirmed.by_agent or confirmed.at < label.at


def _wrong(label: Label) -> Lesson:
    return Lesson(_text(label.question), label.article, label.weight, label.at)


def _counterexample(
    lesson: Lesson, groups: Mapping[ArticleKey, str], changed: Mapping[ArticleKey, datetime]
) -> Counterexample | None:
    """None where it speaks of an article that says something else by now, or is gone."""
    corrected = {groups[key] for key, since in changed.items() if since > lesson.at}
    if lesson.article is None:
        return Counterexample(lesson.text, None, lesson.weight, frozenset(corrected))
    group = groups.get(lesson.article)
    if group is None or group in corrected:
        return None
    return Counterexample(lesson.text, group, lesson.weight)
