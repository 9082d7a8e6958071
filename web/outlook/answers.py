"""An outlook as JSON."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from responder.effects import Effect, Origin, Tally, Turn
from responder.models import ReplyKind
from responder.whatif import Outlook


class Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class TallyAnswer(Answer):
    """Questions, as often as they were asked; the others are marked by nobody."""

    questions: int
    was_right: int
    was_wrong: int
    is_right: int
    is_wrong: int

    @classmethod
    def of(cls, tally: Tally) -> "TallyAnswer":
        return cls(**{name: getattr(tally, name) for name in cls.model_fields})


class Side(Answer):
    """`article` comes nearest whatever the reply; `answers` are what the customer gets."""

    reply: ReplyKind
    article: str | None
    confidence: float
    answers: list[str]


class Line(Answer):
    question: str
    lang: str
    channel: str
    origin: Origin
    times: int
    decision_id: str | None = Field(description="Of the newest time it was asked.")
    golden_id: int | None
    before: Side
    after: Side
    was_right: bool | None
    is_right: bool | None


class TurnAnswer(Answer):
    tally: TallyAnswer
    lines: list[Line]


class TheftAnswer(Answer):
    """Questions that `loser` answers and `winner` would."""

    loser: str
    winner: str
    tally: TallyAnswer


class OutlookAnswer(Answer):
    asked: dict[Origin, int]
    unchanged: int
    newly_answered: TurnAnswer
    no_longer_answered: TurnAnswer
    other_article: TurnAnswer
    thefts: list[TheftAnswer]
    harm: TallyAnswer = Field(description="Right answers lost and wrong ones that come.")
    golden_mended: int
    golden_broken: int
    seconds: float
    building_seconds: float


def outlook_answer(outlook: Outlook) -> OutlookAnswer:
    effects = outlook.effects
    turns: Mapping[Turn, TurnAnswer] = {
        turn: TurnAnswer(
            tally=TallyAnswer.of(effects.tally(turn)),
            lines=[_line(effect) for effect in effects.of(turn)],
        )
        for turn in Turn
    }
    return OutlookAnswer(
        asked=dict(effects.asked),
        unchanged=effects.unchanged,
        newly_answered=turns[Turn.NEWLY_ANSWERED],
        no_longer_answered=turns[Turn.NO_LONGER_ANSWERED],
        other_article=turns[Turn.OTHER_ARTICLE],
        thefts=[
            TheftAnswer(
                loser=str(theft.loser), winner=str(theft.winner), tally=TallyAnswer.of(theft.tally)
            )
            for theft in effects.thefts()
        ],
        harm=TallyAnswer.of(effects.harm),
        golden_mended=effects.mended,
        golden_broken=effects.broken,
        seconds=outlook.seconds,
        building_seconds=outlook.building_seconds,
    )


def _line(effect: Effect) -> Line:
    question = effect.asked.question
    sides = [
        Side(
            reply=told.reply,
            article=str(told.article) if told.article else None,
            confidence=told.confidence,
            answers=[str(key) for key in told.answers],
        )
        for told in (effect.before, effect.after)
    ]
    return Line(
        question=question.text,
        lang=question.lang,
        channel=question.channel,
        origin=effect.asked.origin,
        times=effect.asked.times,
        decision_id=question.decision_id,
        golden_id=effect.asked.golden.id if effect.asked.golden else None,
        before=sides[0],
        after=sides[1],
        was_right=effect.was_right,
        is_right=effect.is_right,
    )
