"""The words of answering as frozen types."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from kb.models import ArticleKey, HitKind, RouteAction


class ReplyKind(StrEnum):
    ANSWER = "answer"
    CLARIFY = "clarify"
    HANDOFF = "handoff"
    SMALLTALK = "smalltalk"
    SILENCE = "silence"


class Reason(StrEnum):
    """Why a question went to people."""

    LOW_CONFIDENCE = "low_confidence"
    NO_CANDIDATE = "no_candidate"
    ASKED_PERSON = "asked_person"
    COMPLAINT = "complaint"
    PRIVATE_DATA = "private_data"
    OVERDUE = "overdue"
    ASKED_TWICE = "asked_twice"
    UNREADABLE = "unreadable"
    POSTURE = "posture"
    CHANNEL_WINDOW = "channel_window"
    SEND_UNCERTAIN = "send_uncertain"


class Posture(StrEnum):
    """What the bot may do on a channel or in a conversation."""

    AUTO = "auto"
    DRAFT = "draft"
    SHADOW = "shadow"
    OFF = "off"


class Priority(StrEnum):
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Question:
    """One incoming message that wants an answer, already masked of personal data.

    `lang` is the language to reply in; `at` is when it was asked.
    """

    text: str
    lang: str
    channel: str = "web"
    public: bool = False
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article or route that might fit; `confidence`: its probability of being right, 0 to 1."""

    key: ArticleKey
    kind: HitKind
    title: str
    confidence: float
    relevance: float
    features: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    # what the confidence of an article is made from
    standing: float = 0.0
    # what policy must know of it; the service fills these in
    action: RouteAction | None = None
    answerable: bool = True
    overdue: bool = False
    visible: bool = True
    is_new: bool = False
    # shown to the customer as one of the titles to choose from
    offered: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One of several questions in a message, and what it finds by itself, best first.

    A slight one may only be more words about the question beside it.
    """

    text: str
    candidates: tuple[Candidate, ...]
    is_slight: bool = False


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A message that leans on the one before: both together, and what they find, best first.

    `answered` is the article that answered the one before. `repeats` is whether the message
    brings no more than a word, which that article also has.
    """

    text: str
    candidates: tuple[Candidate, ...]
    answered: ArticleKey | None = None
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """What decide() must know beside the candidates; all plain values."""

    threshold: float
    clarify_floor: float = 0.25
    owned_by_person: bool = False
    posture: Posture = Posture.AUTO
    # wrote just the word for it: never left to the matcher
    asked_person: bool = False
    unreadable: bool = False
    asked_to_write_before: bool = False
    has_private_data: bool = False
    public: bool = False
    clarified_before: bool = False
    # how often in a row the bot offered choices or gave an answer that did not help
    failed_before: int = 0
    # articles that did not help in this conversation, or were given twice already
    rejected: frozenset[ArticleKey] = frozenset()
    # what the customer picked from the choices offered just before
    chosen: Candidate | None = None
    # said that none of those choices is it
    declined: bool = False
    # two or more questions in the message; too many are not even looked up
    parts: tuple[Part, ...] = ()
    too_many_parts: bool = False
    follow_up: FollowUp | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """`also` answers the further questions of the same message. `questions` are what is answered,
    in that order, where the message by itself does not say it."""

    candidate: Candidate
    rule: str
    also: tuple[Candidate, ...] = ()
    questions: tuple[str, ...] = ()

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        return (self.candidate, *self.also)


@dataclass(frozen=True, slots=True)
class Clarify:
    candidates: tuple[Candidate, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Handoff:
    """`draft` is what would have been answered, where people send."""

    reason: Reason
    rule: str
    best: Candidate | None = None
    draft: Answer | None = None


@dataclass(frozen=True, slots=True)
class SmallTalk:
    route: Candidate
    rule: str


@dataclass(frozen=True, slots=True)
class Silence:
    rule: str


Reply = Answer | Clarify | Handoff | SmallTalk | Silence


def kind_of(reply: Reply) -> ReplyKind:
    match reply:
        case Answer():
            return ReplyKind.ANSWER
        case Clarify():
            return ReplyKind.CLARIFY
        case Handoff():
            return ReplyKind.HANDOFF
        case SmallTalk():
            return ReplyKind.SMALLTALK
        case Silence():
            return ReplyKind.SILENCE


class ConversationState(StrEnum):
    BOT = "bot"
    PEOPLE = "people"
    CLOSED = "closed"


class TicketState(StrEnum):
    """new: nobody has it; taken: somebody works on it; solved: done (a new message reopens)."""

    NEW = "new"
    TAKEN = "taken"
    SOLVED = "solved"


TICKET_MOVES: Mapping[TicketState, frozenset[TicketState]] = {
    TicketState.NEW: frozenset({TicketState.TAKEN, TicketState.SOLVED}),
    TicketState.TAKEN: frozenset({TicketState.NEW, TicketState.SOLVED}),
    TicketState.SOLVED: frozenset({TicketState.NEW, TicketState.TAKEN}),
}


class Author(StrEnum):
    CUSTOMER = "customer"
    BOT = "bot"
    STAFF = "staff"
    NOTE = "note"


class Verdict(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class GivenVerdict:
    """What somebody said of a decision's article, and which one would have been right."""

    verdict: Verdict
    right: ArticleKey | None
    staff: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Conversation:
    id: int
    public_id: str
    channel: str
    lang: str
    public: bool
    state: ConversationState
    contact_id: int | None
    created_at: datetime
    posture: Posture | None = None
    told_hours: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """How a contact is known on one channel: `email`, `phone`, `web`, `telegram` ..."""

    channel: str
    external_id: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A customer; whoever left an e-mail address or phone number twice is one contact."""

    id: int
    name: str
    identities: tuple[Identity, ...]
    created_at: datetime

    @property
    def email(self) -> str | None:
        return self.find_identity("email")

    @property
    def phone(self) -> str | None:
        return self.find_identity("phone")

    def find_identity(self, channel: str) -> str | None:
        return next((i.external_id for i in self.identities if i.channel == channel), None)


@dataclass(frozen=True, slots=True)
class StaffName:
    """Who of the firm acts: the address they sign in with, and the name customers see."""

    email: str
    name: str


@dataclass(frozen=True, slots=True)
class Message:
    """One line of a transcript; `text` is the original words, `masked` what matching saw."""

    id: int
    conversation_id: int
    author: Author
    author_name: str
    text: str
    masked: str
    lang: str
    decision_id: int | None
    created_at: datetime
    article: ArticleKey | None = None


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One article's answer as it was told; a reply to two questions has two.

    `question` is what it answers: the message, a part of it, or with what was asked before.
    `note` says in the customer's language that the article is in another one.
    """

    question: str
    article: ArticleKey
    revision: int | None
    confidence: float
    title: str
    text: str
    link: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The stored record of one reply. With several answers, `article`, `link` and `revision` are
    those of the first and `confidence` is that all of them are right."""

    id: int
    public_id: str
    conversation_id: int
    question: str
    lang: str
    channel: str
    reply: ReplyKind
    reason: Reason | None
    rule: str
    article: ArticleKey | None
    revision: int | None
    confidence: float
    threshold: float
    candidates: tuple[Candidate, ...]
    text: str
    link: str | None
    fingerprint: str
    created_at: datetime
    answers: tuple[GivenAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class Ticket:
    id: int
    public_id: str
    conversation_id: int
    state: TicketState
    reason: Reason
    priority: Priority
    due_at: datetime
    assignee: str | None
    opened_at: datetime
    first_reply_at: datetime | None
    closed_at: datetime | None
    waiting_since: datetime | None = None
