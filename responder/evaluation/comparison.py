"""Two runs over the same questions, question by question. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from responder.models import ReplyKind


@dataclass(frozen=True, slots=True)
class Graded:
    """One question of a run: `article` is the best one whatever the reply was, `is_right` whether
    it is one of `gold`; without gold none is."""

    text: str
    gold: tuple[str, ...]
    reply: ReplyKind
    article: str | None
    confidence: float
    is_right: bool

    @property
    def is_answered(self) -> bool:
        return self.reply is ReplyKind.ANSWER


class Turn(StrEnum):
    """What became of a question; each that changed has exactly one, the gravest first."""

    SPOILT = "spoilt"
    NEWLY_WRONG = "newly_wrong"
    LOST = "lost"
    CORRECTED = "corrected"
    NEWLY_RIGHT = "newly_right"
    WITHHELD = "withheld"
    OTHER_ARTICLE = "other_article"
    OTHER_BEST = "other_best"


TURN_TEXTS: Mapping[Turn, str] = {
    Turn.SPOILT: "answered right before, wrong now",
    Turn.NEWLY_WRONG: "newly answered, wrong",
    Turn.LOST: "no longer answered, was right",
    Turn.CORRECTED: "answered wrong before, right now",
    Turn.NEWLY_RIGHT: "newly answered, right",
    Turn.WITHHELD: "no longer answered, was wrong",
    Turn.OTHER_ARTICLE: "answered by another article",
    Turn.OTHER_BEST: "not answered, another article comes first",
}
WORSE = frozenset({Turn.SPOILT, Turn.NEWLY_WRONG, Turn.LOST})
BETTER = frozenset({Turn.CORRECTED, Turn.NEWLY_RIGHT, Turn.WITHHELD})


@dataclass(frozen=True, slots=True)
class Change:
    turn: Turn
    before: Graded
    now: Graded


@dataclass(frozen=True, slots=True)
class Comparison:
    """`compared` questions are in both runs with the same gold; `edited` ones have another gold
    now, so nothing is said of them; `added` and `removed` are in one run only."""

    compared: int
    changes: tuple[Change, ...]
    edited: int
    added: int
    removed: int

    def of(self, turn: Turn) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.turn is turn)

    def count(self, turns: Iterable[Turn]) -> int:
        wanted = frozenset(turns)
        return sum(change.turn in wanted for change in self.changes)


def compare(before: Sequence[Graded], now: Sequence[Graded]) -> Comparison:
    """Changes are ordered by gravity, within it as the questions of the later run."""
    earlier = {row.text: row for row in before}
    later = {row.text: row for row in now}
    shared = [(earlier[text], row) for text, row in later.items() if text in earlier]
    same = [(old, new) for old, new in shared if old.gold == new.gold]
    turned = ((turn_of(old, new), old, new) for old, new in same)
    changes = [Change(turn, old, new) for turn, old, new in turned if turn is not None]
    gravity = {turn: place for place, turn in enumerate(Turn)}
    return Comparison(
        compared=len(same),
        changes=tuple(sorted(changes, key=lambda change: gravity[change.turn])),
        edited=len(shared) - len(same),
        added=len(later) - len(shared),
        removed=len(earlier) - len(shared),
    )


def turn_of(before: Graded, now: Graded) -> Turn | None:
    """None: nothing that a customer would notice."""
    match before.is_answered, now.is_answered:
        case False, True:
            return Turn.NEWLY_RIGHT if now.is_right else Turn.NEWLY_WRONG
        case True, False:
            return Turn.LOST if before.is_right else Turn.WITHHELD
        case True, True if before.is_right != now.is_right:
            return Turn.CORRECTED if now.is_right else Turn.SPOILT
    if before.article == now.article:
        return None
    return Turn.OTHER_ARTICLE if now.is_answered else Turn.OTHER_BEST
