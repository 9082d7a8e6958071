"""Writing down one reply: decision, messages, ticket and what goes out, in one transaction."""

from dataclasses import dataclass, replace
from datetime import datetime
from math import prod
from typing import Any

import sqlalchemy as sa

from kb.models import ArticleKey, HitKind
from responder.exchange import Outcome
from responder.handover import Cause, Handover
from responder.ids import new_id
from responder.knowledge import Found
from responder.links import Links
from responder.models import (
    Answer,
    Author,
    Candidate,
    Clarify,
    Conversation,
    ConversationState,
    Decision,
    Handoff,
    Message,
    Posture,
    Question,
    Reason,
    Reply,
    Silence,
    Situation,
    Ticket,
    kind_of,
)
from responder.outgoing import Outgoing
from responder.store import conversations, decisions, messages, rows
from responder.voice import Said, Setting, Voice


@dataclass(frozen=True, slots=True)
class Considered:
    """One message, understood and decided, not yet written down; `text` is the original."""

    text: str
    question: Question
    looked_up: str
    masked_kinds: tuple[str, ...]
    found: Found
    candidates: tuple[Candidate, ...]
    situation: Situation
    threshold_version: int
    reply: Reply

    @property
    def at(self) -> datetime:
        assert self.question.at is not None
        return self.question.at

    def setting(self, conversation: Conversation) -> Setting:
        return Setting(
            lang=self.question.lang,
            channel=conversation.channel,
            public=conversation.public,
            at=self.at,
            conversation=conversation.public_id,
            told_hours=conversation.told_hours,
        )


class Recorder:
    def __init__(self, voice: Voice, handover: Handover, outgoing: Outgoing, links: Links) -> None:
        self._voice = voice
        self._handover = handover
        self._outgoing = outgoing
        self._links = links

    def record(
        self, connection: sa.Connection, conversation: Conversation, considered: Considered
    ) -> Outcome:
        considered = _owned_meanwhile(considered, conversation)
        said = self._voice.say(
            considered.reply,
            considered.found.shelf,
            considered.setting(conversation),
            considered.question.text,
        )
        decision = self._decision(connection, conversation, considered, said)
        is_sent = considered.situation.posture is not Posture.SHADOW and bool(said.transcript)
        spoken = self._messages(connection, considered, decision, said if is_sent else None)
        ticket = self._ticket(connection, conversation, considered)
        conversation = self._moved(connection, conversation, considered)
        if is_sent:
            self._outgoing.queue_reply(connection, conversation, spoken[-1], said.text)
        return self._outcome(considered, decision, conversation, said, ticket)

    def _decision(
        self,
        connection: sa.Connection,
        conversation: Conversation,
        considered: Considered,
        said: Said,
    ) -> Decision:
        best = _best(considered.reply)
        article = best.key if best is not None and best.kind is HitKind.ARTICLE else None
        published = considered.found.shelf.articles.get(article) if article else None
        decision = Decision(
            id=0,
            public_id=new_id(considered.at),
            conversation_id=conversation.id,
            question=considered.question.text,
            lang=considered.question.lang,
            channel=conversation.channel,
            reply=kind_of(considered.reply),
            reason=considered.reply.reason if isinstance(considered.reply, Handoff) else None,
            rule=considered.reply.rule,
            article=article,
            revision=published.revision if published else None,
            confidence=_confidence(considered.reply),
            threshold=considered.situation.threshold,
            candidates=_marked(considered),
            text=said.text,
            link=said.link,
            fingerprint=considered.found.shelf.fingerprint,
            created_at=considered.at,
            answers=said.answers,
        )
        return replace(decision, id=decisions.insert(connection, _decision_values(decision)))

    def _messages(
        self,
        connection: sa.Connection,
        considered: Considered,
        decision: Decision,
        said: Said | None,
    ) -> tuple[Message, ...]:
        shared = {
            "conversation_id": decision.conversation_id,
            "author_name": "",
            "lang": decision.lang,
            "decision_id": decision.id,
            "created_at": considered.at,
        }
        asked = {"author": Author.CUSTOMER.value, "text": considered.text}
        entries: list[dict[str, Any]] = [{**shared, **asked, "masked": decision.question}]
        if said is not None:
            told = {"author": Author.BOT.value, "text": said.transcript}
            entries.append({**shared, **told, "masked": said.transcript})
        return messages.insert(connection, entries)

    def _ticket(
        self, connection: sa.Connection, conversation: Conversation, considered: Considered
    ) -> Ticket | None:
        reason = _reason_for_people(considered)
        if reason is not None:
            cause = Cause(reason, considered.question.text, considered.at)
            return self._handover.open(connection, conversation, cause)
        if considered.situation.owned_by_person:
            return self._handover.customer_wrote(
                connection, conversation, considered.question.text, considered.at
            )
        return None

    def _moved(
        self, connection: sa.Connection, conversation: Conversation, considered: Considered
    ) -> Conversation:
        handed = isinstance(considered.reply, Handoff)
        shadow = considered.situation.posture is Posture.SHADOW
        state = ConversationState.PEOPLE if handed and not shadow else conversation.state
        told = conversation.told_hours or (handed and not shadow)
        conversations.update(
            connection,
            conversation.id,
            considered.at,
            lang=considered.question.lang,
            state=state.value,
            told_hours=told,
        )
        return replace(conversation, lang=considered.question.lang, state=state, told_hours=told)

    def _outcome(
        self,
        considered: Considered,
        decision: Decision,
        conversation: Conversation,
        said: Said,
        ticket: Ticket | None,
    ) -> Outcome:
        shown = said
        reply = considered.reply
        if considered.situation.posture is Posture.SHADOW:
            reply = Silence("posture_shadow")
            setting = considered.setting(conversation)
            shown = self._voice.say(reply, considered.found.shelf, setting)
        status = None if conversation.public else self._links.status(conversation.public_id)
        return Outcome(
            reply=reply,
            kind=kind_of(reply),
            text=shown.text,
            link=shown.link,
            decision=decision,
            conversation=conversation,
            choices=shown.choices,
            status_url=status,
            opening=shown.opening,
            disclosure=shown.disclosure,
            ticket=ticket,
            answers=shown.answers,
        )


def _owned_meanwhile(considered: Considered, conversation: Conversation) -> Considered:
    """Somebody took over while we were thinking: be silent."""
    shadow = considered.situation.posture is Posture.SHADOW
    if conversation.state is not ConversationState.PEOPLE or shadow:
        return considered
    if considered.situation.owned_by_person:
        return considered
    situation = replace(considered.situation, owned_by_person=True)
    return replace(considered, situation=situation, reply=Silence("person_owns_conversation"))


def _reason_for_people(considered: Considered) -> Reason | None:
    if isinstance(considered.reply, Handoff):
        return considered.reply.reason
    if considered.situation.posture in (Posture.SHADOW, Posture.OFF):
        return Reason.POSTURE
    return None


def _best(reply: Reply) -> Candidate | None:
    match reply:
        case Answer(candidate):
            return candidate
        case Clarify(candidates):
            return candidates[0] if candidates else None
        case Handoff():
            return reply.best
        case _:
            return None


def _confidence(reply: Reply) -> float:
    if isinstance(reply, Answer):
        return prod(candidate.confidence for candidate in reply.candidates)
    best = _best(reply)
    return best.confidence if best else 0.0


def _marked(considered: Considered) -> tuple[Candidate, ...]:
    """All candidates, the offered ones marked. What was answered stands first, as sure as it was
    when it was decided: with earlier choices or messages, or for one question of several."""
    reply = considered.reply
    offered: set[ArticleKey] = set()
    if isinstance(reply, Clarify):
        offered = {choice.key for choice in reply.candidates}
    best = _best(reply)
    decided = reply.candidates if isinstance(reply, Answer) else (best,) if best else ()
    ranked = considered.candidates
    if not all(any(one is known for known in ranked) for one in decided):
        ranked = (*decided, *(c for c in ranked if c.key not in {one.key for one in decided}))
    return tuple(replace(c, offered=c.key in offered) for c in ranked)


def _decision_values(decision: Decision) -> dict[str, Any]:
    article = decision.article
    return {
        "public_id": decision.public_id,
        "conversation_id": decision.conversation_id,
        "question": decision.question,
        "lang": decision.lang,
        "channel": decision.channel,
        "reply": decision.reply.value,
        "reason": decision.reason.value if decision.reason else None,
        "rule": decision.rule,
        "article_lang": article.lang if article else None,
        "article_slug": article.slug if article else None,
        "revision": decision.revision,
        "confidence": decision.confidence,
        "threshold": decision.threshold,
        "candidates": [rows.candidate_entry(candidate) for candidate in decision.candidates],
        "text": decision.text,
        "link": decision.link,
        "fingerprint": decision.fingerprint,
        "created_at": decision.created_at,
        "answers": [rows.given_answer_entry(answer) for answer in decision.answers],
    }
