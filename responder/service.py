"""Responder.reply: the one path from a customer's message to a recorded reply."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from kb.database import Database
from kb.text import has_words, words
from responder.channels.formats import get_format
from responder.clock import Clock
from responder.eligibility import Viewer, eligible
from responder.exchange import Incoming, Outcome, Trace
from responder.firm import FirmService
from responder.history import Past, look_back, past_of
from responder.ids import new_id
from responder.intake import clean
from responder.knowledge import Found, Knowledge
from responder.models import (
    Conversation,
    ConversationState,
    Posture,
    Question,
    Situation,
    kind_of,
)
from responder.policy import decide
from responder.privacy import Masked, mask, searchable
from responder.recording import Considered, Recorder
from responder.threads import find_thread, hold
from responder.thresholds import ThresholdSource
from responder.understanding import Understanding, parts_of, wanted
from responder.voice import Voice
from responder.wording import Wording

TOO_FEW_WORDS = 3

Also = Callable[[sa.Connection, Outcome], None]


@dataclass(frozen=True, slots=True)
class Tools:
    """What replying is done with."""

    database: Database
    knowledge: Knowledge
    firm: FirmService
    wording: Wording
    thresholds: ThresholdSource
    voice: Voice
    clock: Clock


class Responder:
    def __init__(self, tools: Tools, recorder: Recorder) -> None:
        self._tools = tools
        self._recorder = recorder

    def reply(self, incoming: Incoming, also: Also | None = None) -> Outcome:
        """Decide, compose and record in one transaction; `also` joins that transaction."""
        incoming = _placed(incoming)
        text = clean(incoming.text)
        at = self._tools.clock()
        with self._tools.database.read() as connection:
            thread = find_thread(connection, incoming)
        new = self._new_conversation(incoming, at)
        past = look_back(thread.recent, at)
        considered = self._consider(text, incoming, past, thread.conversation or new)
        with self._tools.database.write() as connection:
            conversation = hold(connection, thread, incoming, new=new)
            outcome = self._recorder.record(connection, conversation, considered)
            if also is not None:
                also(connection, outcome)
        return outcome

    def preview(
        self,
        text: str,
        channel: str = "web",
        lang: str | None = None,
        *,
        public: bool = False,
        before: str = "",
    ) -> Trace:
        """How this text would be answered, as a first message or after the one `before`; records
        nothing."""
        incoming = _placed(Incoming(text, channel, lang, public=public))
        new = self._new_conversation(incoming, self._tools.clock())
        past = Past()
        if before.strip():
            asked = self.consider(replace(incoming, text=before))
            past = past_of(asked.question, asked.reply)
            new = replace(new, lang=asked.question.lang)
        considered = self._consider(clean(text), incoming, past, new)
        setting = considered.setting(new)
        said = self._tools.voice.say(
            considered.reply, considered.found.shelf, setting, considered.question.text
        )
        return Trace(
            question=considered.question,
            looked_up=self._tools.knowledge.corrected(considered.looked_up),
            masked_kinds=considered.masked_kinds,
            situation=considered.situation,
            candidates=considered.candidates,
            reply=considered.reply,
            kind=kind_of(considered.reply),
            rule=considered.reply.rule,
            threshold_version=considered.threshold_version,
            text=said.text,
            link=said.link,
            choices=said.choices,
            disclosure=said.disclosure,
            fingerprint=considered.found.shelf.fingerprint,
            answers=said.answers,
        )

    def seeing(
        self, knowledge: Knowledge, thresholds: ThresholdSource | None = None
    ) -> "Responder":
        """The same one before another knowledge base, with other thresholds if they are given."""
        chosen = thresholds or self._tools.thresholds
        tools = replace(self._tools, knowledge=knowledge, thresholds=chosen)
        return Responder(tools, self._recorder)

    def list_searches(self, masked: str) -> tuple[str, ...]:
        """All that a first message with this text looks up."""
        parts = parts_of(masked, self._tools.wording.speech())
        texts = [masked, *(part.text for part in parts)]
        return tuple(filter(None, map(self._wanted, texts)))

    def consider(self, incoming: Incoming, posture: Posture | None = None) -> Considered:
        """What would be decided on a first message; the channel's posture unless one is given."""
        incoming = _placed(incoming)
        new = replace(self._new_conversation(incoming, self._tools.clock()), posture=posture)
        return self._consider(clean(incoming.text), incoming, Past(), new)

    def _new_conversation(self, incoming: Incoming, at: datetime) -> Conversation:
        profile = self._tools.firm.get()
        lang = incoming.lang if incoming.lang in profile.languages else None
        return Conversation(
            id=0,
            public_id=new_id(at),
            channel=incoming.channel,
            lang=lang or profile.default_lang,
            public=incoming.public,
            state=ConversationState.BOT,
            contact_id=None,
            created_at=at,
        )

    def _consider(
        self, text: str, incoming: Incoming, past: Past, conversation: Conversation
    ) -> Considered:
        profile = self._tools.firm.get()
        masked = mask(text, profile.order_patterns)
        lang = self._language(masked.text, incoming, conversation)
        at = self._tools.clock()
        question = Question(masked.text, lang, incoming.channel, incoming.public, at)
        threshold = self._tools.thresholds.value(incoming.channel, lang, incoming.public)
        situation = self._situation(
            question, masked, threshold.value, past=past, conversation=conversation
        )
        looked_up = self._wanted(masked.text)
        found = self._find(looked_up, situation)
        viewer = Viewer(lang, incoming.public, at.astimezone(profile.hours.zone).date())
        speech = self._tools.wording.speech()
        understanding = Understanding(masked.text, self._tools.knowledge, speech, found, viewer)
        candidates = understanding.candidates
        picked = past.find_choice(masked.text, agrees=self._says(question, past, "yes_words"))
        if picked is not None:
            chosen = eligible([replace(picked, offered=False)], found.shelf, viewer)
            situation = replace(situation, chosen=chosen[0] if chosen else None)
        elif candidates and not situation.declined:
            situation = understanding.complete(situation, past)
        return Considered(
            text=text,
            question=question,
            looked_up=looked_up,
            masked_kinds=masked.kinds,
            found=found,
            candidates=candidates,
            situation=situation,
            threshold_version=threshold.version,
            reply=decide(candidates, situation),
        )

    def _situation(
        self,
        question: Question,
        masked: Masked,
        threshold: float,
        *,
        past: Past,
        conversation: Conversation,
    ) -> Situation:
        """What is known before anything is looked up."""
        posture = conversation.posture or self._tools.firm.get().posture(question.channel)
        is_with_people = conversation.state is ConversationState.PEOPLE
        return Situation(
            threshold=threshold,
            owned_by_person=is_with_people and posture is not Posture.SHADOW,
            posture=posture,
            asked_person=self._asks_for_person(question.text, question.lang),
            unreadable=not has_words(question.text),
            asked_to_write_before=past.asked_to_write_before,
            has_private_data=bool(masked.kinds),
            public=question.public,
            clarified_before=past.clarified_before,
            failed_before=past.failed_before,
            rejected=past.rejected,
            declined=self._says(question, past, "none_words"),
        )

    def _find(self, text: str, situation: Situation) -> Found:
        """Nothing to search for where the candidates cannot matter."""
        is_settled = situation.owned_by_person or situation.unreadable or situation.asked_person
        if is_settled or not text:
            return Found((), self._tools.knowledge.shelf())
        return self._tools.knowledge.find(text)

    def _wanted(self, masked: str) -> str:
        return wanted(masked, self._tools.wording.speech(), self._tools.knowledge.shelf())

    def _language(self, text: str, incoming: Incoming, conversation: Conversation) -> str:
        languages = self._tools.firm.get().languages
        known = conversation.lang if conversation.lang in languages else languages[0]
        if conversation.id == 0 and incoming.lang in languages:
            known = incoming.lang or known
        if len(words(text)) < TOO_FEW_WORDS:
            return known
        return self._tools.knowledge.find_language(searchable(text), languages) or known

    def _asks_for_person(self, text: str, lang: str) -> bool:
        """Nothing is said but that a person is wanted."""
        said = set(words(text))
        people = set(words(self._tools.wording.text(lang, "person_words")))
        passing = set(words(self._tools.wording.text(lang, "person_passing_words")))
        return bool(said & people) and said <= people | passing

    def _says(self, question: Question, past: Past, key: str) -> bool:
        """Whether offered titles are answered with one of the phrases, separated by commas, of
        that wording."""
        if not past.choices:
            return False
        phrases = self._tools.wording.text(question.lang, key).split(",")
        return words(question.text) in [words(phrase) for phrase in phrases]


def _placed(incoming: Incoming) -> Incoming:
    """Public where the channel always is; raises UnknownChannel."""
    return replace(incoming, public=incoming.public or get_format(incoming.channel).is_public)
