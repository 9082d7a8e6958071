"""Questions of the past, asked anew: of today's knowledge base, or of an imagined one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from kb.models import ArticleKey, HitKind
from kb.vectors import Progress
from responder.exchange import Incoming
from responder.knowledge import Knowledge
from responder.models import Answer, Candidate, Posture, Reply, ReplyKind, kind_of
from responder.privacy import mask
from responder.recording import Considered
from responder.searching import Reading
from responder.service import Responder
from responder.thresholds import Threshold


@dataclass(frozen=True, slots=True)
class PastQuestion:
    """A question as it was stored, already masked; `decision_id` is the decision's public id."""

    text: str
    lang: str
    channel: str = "web"
    public: bool = False
    decision_id: str | None = None


@dataclass(frozen=True, slots=True)
class Replayed:
    """What the bot would reply. `article` is the best one whatever the reply, the rest is of it:
    `confidence` 0 to 1, `relevance` and `standing` without a scale."""

    question: PastQuestion
    reply: Reply
    article: ArticleKey | None
    confidence: float
    standing: float
    candidates: tuple[Candidate, ...]

    @property
    def reply_kind(self) -> ReplyKind:
        return kind_of(self.reply)


ChooseThreshold = Callable[[PastQuestion], float]


class Searchable(Knowledge, Protocol):
    """A Knowledge that many questions can be put to together."""

    def looked_up(
        self,
        texts: Iterable[str],
        reading: Reading | None = None,
        progress: Progress | None = None,
    ) -> Knowledge: ...


class Replay:
    """Replies as the responder would decide them, each question being a first message.

    Whether a channel is switched off, or only drafts, does not count: it is the knowledge base
    that is tried.
    """

    def __init__(self, responder: Responder, knowledge: Searchable) -> None:
        self._responder = responder
        self._knowledge = knowledge

    def replay(
        self,
        questions: Sequence[PastQuestion],
        *,
        reading: Reading | None = None,
        threshold: ChooseThreshold | None = None,
        progress: Progress | None = None,
    ) -> tuple[Replayed, ...]:
        """In their order. `reading`: the present one unless given; `threshold`: those in force.

        `progress` counts texts looked up; deciding takes little beside that.
        """
        searches = self.list_searches(questions)
        known = self._knowledge.looked_up(searches, reading, progress)
        return self.decide(questions, known, threshold)

    def list_searches(self, questions: Iterable[PastQuestion]) -> tuple[str, ...]:
        """The texts that decisions on these questions look up."""
        asked = (mask(question.text).text for question in questions)
        return tuple(text for masked in asked for text in self._responder.list_searches(masked))

    def look_up(self, searches: Sequence[str], reading: Reading) -> Knowledge:
        """What that reading says of these texts, found at once."""
        return self._knowledge.looked_up(searches, reading)

    def decide(
        self,
        questions: Sequence[PastQuestion],
        knowledge: Knowledge,
        threshold: ChooseThreshold | None = None,
    ) -> tuple[Replayed, ...]:
        return tuple(self._ask(question, knowledge, threshold) for question in questions)

    def _ask(
        self, question: PastQuestion, knowledge: Knowledge, threshold: ChooseThreshold | None
    ) -> Replayed:
        thresholds = _Chosen(threshold, question) if threshold else None
        incoming = Incoming(question.text, question.channel, question.lang, public=question.public)
        responder = self._responder.seeing(knowledge, thresholds)
        return _replayed(question, responder.consider(incoming, Posture.AUTO))


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The threshold somebody chose for one question; it may turn out to be in another language."""

    choose: ChooseThreshold
    question: PastQuestion

    def value(self, channel: str, lang: str, public: bool = False) -> Threshold:
        asked = replace(self.question, lang=lang)
        return Threshold(self.choose(asked), channel=channel, lang=lang)


def _replayed(question: PastQuestion, considered: Considered) -> Replayed:
    best = _best(considered)
    return Replayed(
        question=question,
        reply=considered.reply,
        article=best.key if best else None,
        confidence=best.confidence if best else 0.0,
        standing=best.standing if best else 0.0,
        candidates=considered.candidates,
    )


def _best(considered: Considered) -> Candidate | None:
    if isinstance(considered.reply, Answer):
        return considered.reply.candidate
    articles = [c for c in considered.candidates if c.kind is HitKind.ARTICLE]
    return next((c for c in articles if c.visible), articles[0] if articles else None)
