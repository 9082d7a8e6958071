"""Labelled questions held against today's knowledge base."""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from kb.models import ArticleKey
from kb.text import normalise
from responder.clock import Clock
from responder.confidence import Calibration, undoubted
from responder.knowledge import Shelf
from responder.labels import Label, Labels, LabelSource, is_right_now
from responder.models import Answer
from responder.policy import NEW_ARTICLE_MARGIN
from responder.promise import Labelled
from responder.refit import Observation, log_odds_of
from responder.replay import PastQuestion, Replay, Replayed, Searchable
from responder.whereabouts import Directory, Whereabouts

OLDEST = timedelta(days=180)
# so low that only the rules decide whether the bot answers by itself
ANSWERS_ANYTHING = 0.0
# an example question that the bot is so much surer of now was learned since
LEARNED = 0.05


class Calibrated(Searchable, Protocol):
    """A Knowledge whose confidence can be refitted."""

    def calibration(self) -> Calibration: ...

    def label_free(self) -> Calibration: ...

    def forget_calibration(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Judged:
    """What the bot would do now with a labelled question.

    `log_odds` are of its best article before any correction by labels, `margin` is what is asked
    for above the threshold; `is_answerable`: no rule keeps the bot from answering by itself.
    `is_right` is None where nobody knows; without `article` nothing is fitted to it.
    """

    label: Label
    article: ArticleKey | None
    log_odds: float
    confidence: float
    margin: float
    is_answerable: bool
    is_right: bool | None

    @property
    def is_evidence(self) -> bool:
        """Drawn at random, and no confidence was fitted to it."""
        return self.label.source is LabelSource.REVIEW and self.label.is_held_back

    @property
    def labelled(self) -> Labelled:
        """For a promise: whatever is not known to be right counts as wrong."""
        reached = self.confidence - self.margin if self.is_answerable else 0.0
        return Labelled(reached, bool(self.is_right))

    @property
    def observation(self) -> Observation | None:
        if self.is_right is None or self.article is None or self.label.is_held_back:
            return None
        return Observation(self.log_odds, self.is_right, self.label.weight)


State = tuple[str, Calibration, tuple[Label, ...]]


class Judgements:
    """Replays labels; asked twice without a change between, it answers from memory."""

    def __init__(
        self,
        labels: Labels,
        replay: Replay,
        knowledge: Calibrated,
        directory: Directory,
        clock: Clock,
    ) -> None:
        self._labels = labels
        self._replay = replay
        self._knowledge = knowledge
        self._directory = directory
        self._clock = clock
        self._held: tuple[State, tuple[Judged, ...]] | None = None
        self._lock = threading.Lock()

    def list_judged(self) -> tuple[Judged, ...]:
        """Of decisions of the last half year and golden questions, oldest first."""
        with self._lock:
            state = self.state()
            if self._held is None or self._held[0] != state:
                self._held = state, self._judge(state[2])
            return self._held[1]

    def state(self) -> State:
        """What judgements depend on; they are the same as long as this is."""
        labels = self._labels.list_labels(since=self._clock() - OLDEST)
        return self._knowledge.shelf().fingerprint, self._knowledge.calibration(), labels

    def label_free(self) -> Calibration:
        return self._knowledge.label_free()

    def forget_calibration(self) -> None:
        """Another one is in force."""
        self._knowledge.forget_calibration()

    def calibration(self) -> Calibration:
        return self._knowledge.calibration()

    def _judge(self, labels: tuple[Label, ...]) -> tuple[Judged, ...]:
        labels = tuple(_moved(labels, self._directory.look_up(_named(labels))))
        past = [
            PastQuestion(label.question, label.lang, label.channel, label.public, label.decision_id)
            for label in labels
        ]
        replayed = self._replay.replay(past, threshold=lambda _: ANSWERS_ANYTHING)
        label_free = self._knowledge.label_free()
        shelf = self._knowledge.shelf()
        same, known = shelf.translations, _known_questions(shelf)

        def judged(label: Label, now: Replayed) -> Judged:
            best = now.article
            is_surer = now.confidence > label.confidence + LEARNED
            if label.is_held_back and is_surer and normalise(label.question) in known:
                return _as_it_was(label, now)
            translations = tuple(same.get(best, {}).values()) if best else ()
            return Judged(
                label=label,
                article=best,
                log_odds=log_odds_of(label_free, _standing(now)),
                confidence=now.confidence,
                margin=NEW_ARTICLE_MARGIN if _is_new(now) else 0.0,
                is_answerable=isinstance(now.reply, Answer),
                is_right=is_right_now(label, best, translations),
            )

        return tuple(map(judged, labels, replayed))


def observations(
    judged: Iterable[Judged], until: datetime | None = None
) -> tuple[Observation, ...]:
    """What confidence may be fitted to."""
    found = (j.observation for j in judged if until is None or j.label.at <= until)
    return tuple(observation for observation in found if observation is not None)


def evidence(judged: Iterable[Judged], counts: Callable[[Label], bool]) -> tuple[Judged, ...]:
    """What a promise may be made from, of the labels that count."""
    return tuple(j for j in judged if j.is_evidence and counts(j.label))


def _known_questions(shelf: Shelf) -> frozenset[str]:
    articles = (published.article for published in shelf.articles.values())
    return frozenset(normalise(text) for a in articles for text in (a.title, *a.questions))


def _as_it_was(label: Label, now: Replayed) -> Judged:
    """The knowledge base has learned this very question since, so it says nothing of others: what
    the bot did when it did not know it stays what counts."""
    return Judged(
        label=label,
        article=None,
        log_odds=0.0,
        confidence=label.confidence,
        margin=0.0,
        is_answerable=isinstance(now.reply, Answer),
        is_right=label.is_right,
    )


def _standing(now: Replayed) -> float:
    """Of its best article; a wrong answer must not look unlikely because it was called wrong."""
    best = (undoubted(c) for c in now.candidates if c.key == now.article)
    return next(best, now.standing)


def _is_new(now: Replayed) -> bool:
    return any(c.is_new for c in now.candidates if c.key == now.article)


def _named(labels: Iterable[Label]) -> set[ArticleKey]:
    named = {key for label in labels for key in label.right_articles}
    return named | {label.article for label in labels if label.article is not None}


def _moved(labels: Iterable[Label], found: Mapping[ArticleKey, Whereabouts]) -> Iterable[Label]:
    """With the present names of articles that were renamed or replaced."""

    def now(key: ArticleKey) -> ArticleKey:
        return found[key].now or key

    for label in labels:
        yield replace(
            label,
            article=now(label.article) if label.article else None,
            right_article=now(label.right_article) if label.right_article else None,
            also_right=tuple(map(now, label.also_right)),
        )
