"""What a change would do to questions of the past: two replays side by side. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from kb.models import ArticleKey
from responder.golden import GoldenQuestion
from responder.knowledge import Shelf
from responder.labels import Label, is_right_now
from responder.models import Answer, ReplyKind
from responder.replay import PastQuestion, Replayed


class Origin(StrEnum):
    """stored: customers asked it. golden: it is in a golden set."""

    STORED = "stored"
    GOLDEN = "golden"


class Turn(StrEnum):
    NEWLY_ANSWERED = "newly_answered"
    NO_LONGER_ANSWERED = "no_longer_answered"
    OTHER_ARTICLE = "other_article"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what people know of it. `times` counts how often customers wrote it;
    `gold` are the live articles that answer a golden one (none: it must go to people)."""

    question: PastQuestion
    origin: Origin = Origin.STORED
    times: int = 1
    labels: tuple[Label, ...] = ()
    golden: GoldenQuestion | None = None
    gold: frozenset[ArticleKey] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """`article` is the best one whatever the reply; `answers` are all that would be given, more
    than one where the message holds several questions."""

    reply: ReplyKind
    article: ArticleKey | None
    confidence: float
    answers: tuple[ArticleKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """One question that is treated otherwise; rightness is None where nobody judged it."""

    asked: Asked
    turn: Turn
    before: Told
    after: Told
    was_right: bool | None
    is_right: bool | None

    @property
    def is_harm(self) -> bool:
        """Something right is lost, or something wrong comes."""
        loses = self.was_right is True and self.is_right is not True
        return loses or (self.is_right is False and self.was_right is not False)


@dataclass(frozen=True, slots=True)
class Tally:
    """Questions, each as often as it was asked, and how many of them are known to be what."""

    questions: int = 0
    was_right: int = 0
    was_wrong: int = 0
    is_right: int = 0
    is_wrong: int = 0

    @classmethod
    def of(cls, effects: Iterable[Effect]) -> "Tally":
        found = list(effects)
        return cls(
            questions=sum(e.asked.times for e in found),
            was_right=sum(e.asked.times for e in found if e.was_right is True),
            was_wrong=sum(e.asked.times for e in found if e.was_right is False),
            is_right=sum(e.asked.times for e in found if e.is_right is True),
            is_wrong=sum(e.asked.times for e in found if e.is_right is False),
        )


@dataclass(frozen=True, slots=True)
class Theft:
    """Questions that one article answers and another would."""

    loser: ArticleKey
    winner: ArticleKey
    tally: Tally


@dataclass(frozen=True, slots=True)
class Effects:
    """`effects` are the questions treated otherwise, harm first; `asked` counts all, `unchanged`
    the others, each as often as it was asked."""

    effects: tuple[Effect, ...]
    asked: Mapping[Origin, int]
    unchanged: int

    def of(self, turn: Turn, origin: Origin | None = None) -> tuple[Effect, ...]:
        return tuple(e for e in self.effects if e.turn is turn and origin in (None, e.asked.origin))

    def tally(self, turn: Turn, origin: Origin | None = None) -> Tally:
        return Tally.of(self.of(turn, origin))

    def thefts(self) -> tuple[Theft, ...]:
        """Most questions first."""
        pairs: dict[tuple[ArticleKey, ArticleKey], list[Effect]] = defaultdict(list)
        for effect in self.of(Turn.OTHER_ARTICLE):
            lost = set(effect.before.answers) - set(effect.after.answers)
            won = set(effect.after.answers) - set(effect.before.answers)
            for pair in product(lost, won):
                pairs[pair].append(effect)
        found = [Theft(loser, winner, Tally.of(some)) for (loser, winner), some in pairs.items()]
        return tuple(sorted(found, key=lambda t: (-t.tally.questions, t.loser, t.winner)))

    @property
    def harm(self) -> Tally:
        return Tally.of(effect for effect in self.effects if effect.is_harm)

    @property
    def mended(self) -> int:
        """Golden questions treated rightly only afterwards."""
        return sum(e.was_right is not True and e.is_right is True for e in self._golden())

    @property
    def broken(self) -> int:
        """Golden questions treated rightly only before."""
        return sum(e.was_right is True and e.is_right is not True for e in self._golden())

    def _golden(self) -> Iterable[Effect]:
        return (e for e in self.effects if e.asked.origin is Origin.GOLDEN)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two replays, with the shelf that it was answered from."""

    replayed: Sequence[Replayed]
    shelf: Shelf


def compare(asked: Sequence[Asked], before: Side, after: Side) -> Effects:
    """All three in the same order."""
    pairs = zip(asked, before.replayed, after.replayed, strict=True)
    effects = [
        effect
        for one, old, new in pairs
        if (effect := _effect(one, (old, before.shelf), (new, after.shelf))) is not None
    ]
    effects.sort(key=lambda e: (not e.is_harm, -e.asked.times, e.asked.question.text))
    total = {origin: sum(one.times for one in asked if one.origin is origin) for origin in Origin}
    changed = sum(effect.asked.times for effect in effects)
    return Effects(tuple(effects), total, sum(total.values()) - changed)


def _effect(
    asked: Asked, before: tuple[Replayed, Shelf], after: tuple[Replayed, Shelf]
) -> Effect | None:
    old, new = _told(before[0]), _told(after[0])
    turn = _turn(old, new)
    if turn is None:
        return None
    was, now = is_right(asked, old.answers, before[1]), is_right(asked, new.answers, after[1])
    return Effect(asked, turn, old, new, was, now)


def _told(replayed: Replayed) -> Told:
    reply = replayed.reply
    answers = tuple(c.key for c in reply.candidates) if isinstance(reply, Answer) else ()
    return Told(replayed.reply_kind, replayed.article, replayed.confidence, answers)


def _turn(old: Told, new: Told) -> Turn | None:
    if set(old.answers) == set(new.answers):
        return None
    if not old.answers:
        return Turn.NEWLY_ANSWERED
    return Turn.OTHER_ARTICLE if new.answers else Turn.NO_LONGER_ANSWERED


def is_right(asked: Asked, answers: Sequence[ArticleKey], shelf: Shelf) -> bool | None:
    """Whether the first of these answers is right, or giving none; None: nobody knows, or a golden
    question that has an answer got none."""
    best = answers[0] if answers else None
    same = tuple(shelf.translations.get(best, {}).values()) if best else ()
    if asked.origin is Origin.GOLDEN:
        if best is not None:
            return not asked.gold.isdisjoint((best, *same))
        return None if asked.gold else True
    if best is None:
        return None
    said = [(label.weight, label.at, is_right_now(label, best, same)) for label in asked.labels]
    known = [(weight, at, verdict) for weight, at, verdict in said if verdict is not None]
    return max(known)[2] if known else None
