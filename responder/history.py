"""What went before in a conversation, as far as it matters for the next reply."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from kb.models import ArticleKey
from responder.followups import FOLLOWS_WITHIN
from responder.models import (
    Answer,
    Candidate,
    Clarify,
    Decision,
    Question,
    Reply,
    ReplyKind,
)

REMEMBERED = timedelta(hours=12)
SAME_ANSWER_AT_MOST = 2
CHOSEN = "customer_chose"
PASSING = frozenset({ReplyKind.SMALLTALK, ReplyKind.SILENCE})


@dataclass(frozen=True, slots=True)
class Past:
    clarified_before: bool = False
    asked_to_write_before: bool = False
    failed_before: int = 0
    rejected: frozenset[ArticleKey] = field(default_factory=frozenset)
    choices: tuple[Candidate, ...] = ()
    # what was asked just before, and the article that answered it
    question: str = ""
    answered: ArticleKey | None = None

    def find_choice(self, text: str, *, agrees: bool = False) -> Candidate | None:
        """What the customer picked: by number, by title, or by agreeing to the only one."""
        if agrees and len(self.choices) == 1:
            return self.choices[0]
        said = text.strip().rstrip(".)").casefold()
        for number, choice in enumerate(self.choices, 1):
            if said in (str(number), choice.title.casefold()):
                return choice
        return None


def past_of(question: Question, reply: Reply) -> Past:
    """As if that had been asked, and replied to, a moment ago."""
    match reply:
        case Answer():
            asked = reply.questions[-1] if reply.questions else question.text
            return Past(question=asked, answered=reply.candidates[-1].key)
        case Clarify(choices) if choices:
            return Past(question=question.text, clarified_before=True, choices=choices)
        case _:
            return Past()


def look_back(recent: Sequence[tuple[Decision, bool]], at: datetime) -> Past:
    """`recent` is newest first, each decision with whether the customer said it did not help."""
    tries = _since_last_handoff(recent, at)
    if not tries:
        return Past()
    last, _ = tries[0]
    offered = tuple(c for c in last.candidates if c.offered)
    is_clarify = last.reply is ReplyKind.CLARIFY
    return Past(
        clarified_before=is_clarify and bool(offered),
        asked_to_write_before=is_clarify and not offered,
        failed_before=_failures(tries),
        rejected=_rejected(tries),
        choices=offered if is_clarify else (),
        **_just_asked(tries[0], at),
    )


def _just_asked(newest: tuple[Decision, bool], at: datetime) -> dict[str, Any]:
    """Nothing where the answer did not help: what it was about may be wrong."""
    last, did_not_help = newest
    if did_not_help or at - last.created_at > FOLLOWS_WITHIN:
        return {}
    if last.reply is not ReplyKind.ANSWER:
        return {"question": last.question}
    if not last.answers:
        return {"question": last.question, "answered": last.article}
    answer = last.answers[-1]
    question = answer.title if last.rule == CHOSEN else answer.question
    return {"question": question, "answered": answer.article}


def _since_last_handoff(
    recent: Sequence[tuple[Decision, bool]], at: datetime
) -> list[tuple[Decision, bool]]:
    kept: list[tuple[Decision, bool]] = []
    for decision, did_not_help in recent:
        if decision.reply is ReplyKind.HANDOFF or at - decision.created_at > REMEMBERED:
            break
        if decision.reply not in PASSING:
            kept.append((decision, did_not_help))
    return kept


def _failures(tries: Sequence[tuple[Decision, bool]]) -> int:
    failures = 0
    for decision, did_not_help in tries:
        if decision.reply is ReplyKind.ANSWER and not did_not_help:
            break
        failures += 1
    return failures


def _rejected(tries: Sequence[tuple[Decision, bool]]) -> frozenset[ArticleKey]:
    refused = {d.article for d, did_not_help in tries if did_not_help and d.article}
    asked = {(d.article, d.question.casefold()) for d, _ in tries if d.article}
    times = Counter(article for article, _ in asked)
    repeated = {article for article, count in times.items() if count >= SAME_ANSWER_AT_MOST}
    return frozenset(refused | {article for article in repeated if article})
