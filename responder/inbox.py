"""The people's queue: tickets, their whole story, and what agents do with them."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from kb.database import Database
from kb.models import ArticleKey
from responder.clock import Clock
from responder.compose import short_answer
from responder.errors import (
    EmptyMessage,
    IllegalTicketMove,
    PersonalDataInPublic,
    TicketTaken,
    UnknownTicket,
)
from responder.handover import Handover
from responder.intake import clean, one_line
from responder.knowledge import Knowledge
from responder.links import Links
from responder.models import (
    TICKET_MOVES,
    Author,
    Contact,
    Conversation,
    ConversationState,
    Decision,
    GivenVerdict,
    Message,
    StaffName,
    Ticket,
    TicketState,
    Verdict,
)
from responder.outgoing import Outgoing
from responder.privacy import mask
from responder.store import contacts, conversations, decisions, messages, rows, tickets, verdicts
from responder.suggesting import Suggesting
from responder.wording import Wording

LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class TicketSummary:
    ticket: Ticket
    conversation: Conversation
    contact_name: str
    last_text: str
    last_author: Author | None
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class TicketCounts:
    """`overdue` counts open tickets whose customer waits beyond the due time."""

    new: int
    taken: int
    solved: int
    overdue: int


@dataclass(frozen=True, slots=True)
class TicketView:
    """Everything an agent needs: `verdicts` by decision id; `history` are the contact's other
    tickets; `draft` is what the bot would send, empty if it has no idea."""

    ticket: Ticket
    conversation: Conversation
    contact: Contact | None
    messages: tuple[Message, ...]
    decisions: tuple[Decision, ...]
    verdicts: dict[int, GivenVerdict]
    history: tuple[TicketSummary, ...]
    draft: str


@dataclass(frozen=True, slots=True)
class InboxTools:
    database: Database
    knowledge: Knowledge
    handover: Handover
    outgoing: Outgoing
    wording: Wording
    links: Links
    clock: Clock

    @property
    def suggesting(self) -> Suggesting:
        return Suggesting(self.knowledge, self.wording)


class Inbox:
    def __init__(self, tools: InboxTools) -> None:
        self._tools = tools
        self._database = tools.database

    def list_tickets(
        self,
        state: TicketState | None = None,
        assignee: str | None = None,
        text: str | None = None,
    ) -> tuple[TicketSummary, ...]:
        """Open ones first, by due time; `text` looks into messages, names and addresses."""
        wanted = one_line(text or "", LONGEST_SEARCH) or None
        with self._database.read() as connection:
            found = tickets.list_summaries(connection, state=state, assignee=assignee, text=wanted)
        return tuple(_summary(row) for row in found)

    def counts(self) -> TicketCounts:
        with self._database.read() as connection:
            by_state = tickets.count_by_state(connection)
            overdue = tickets.count_overdue(connection, self._tools.clock())
        return TicketCounts(
            new=by_state.get(TicketState.NEW, 0),
            taken=by_state.get(TicketState.TAKEN, 0),
            solved=by_state.get(TicketState.SOLVED, 0),
            overdue=overdue,
        )

    def get_ticket(self, public_id: str) -> TicketView:
        with self._database.read() as connection:
            ticket = _get(connection, public_id)
            conversation = conversations.get_by_id(connection, ticket.conversation_id)
            said = messages.list_of_conversation(connection, conversation.id, with_notes=True)
            decided = decisions.list_of_conversation(connection, conversation.id)
            given = verdicts.of_conversation(connection, conversation.id)
            contact: Contact | None = None
            history: tuple[TicketSummary, ...] = ()
            if conversation.contact_id is not None:
                contact = contacts.get(connection, conversation.contact_id)
                others = tickets.list_summaries(connection, contact_id=conversation.contact_id)
                history = tuple(_summary(r) for r in others if r["ticket_id"] != ticket.id)
        return TicketView(
            ticket=ticket,
            conversation=conversation,
            contact=contact,
            messages=said,
            decisions=decided,
            verdicts=given,
            history=history,
            draft=self._draft(decided, conversation),
        )

    def take(self, public_id: str, staff: StaffName, take_over: bool = False) -> Ticket:
        """Raises TicketTaken if somebody else has it, unless it is taken over knowingly."""
        with self._database.write() as connection:
            taken = tickets.take(connection, public_id, staff.email, from_others=take_over)
            if taken is not None:
                return taken
            ticket = _get(connection, public_id)
        if ticket.state is TicketState.SOLVED:
            raise IllegalTicketMove(public_id, ticket.state, TicketState.TAKEN)
        raise TicketTaken(public_id, ticket.assignee or "")

    def release(self, public_id: str, staff: StaffName) -> Ticket:
        with self._database.write() as connection:
            ticket = _moving(connection, public_id, TicketState.NEW)
            _refuse_others(ticket, staff)
            state = TicketState.NEW.value
            return tickets.update(connection, ticket.id, state=state, assignee=None)

    def reply(
        self, public_id: str, staff: StaffName, text: str, article: ArticleKey | None = None
    ) -> Message:
        """Say something to the customer; it is on their page at once and leaves by e-mail if it
        can. An article's link is added. Replying takes a ticket that nobody has."""
        words = self._with_link(_words(text), article)
        now = self._tools.clock()
        with self._database.write() as connection:
            ticket = _get(connection, public_id)
            conversation = conversations.lock(connection, ticket.conversation_id)
            ticket = _get(connection, public_id)
            _refuse_others(ticket, staff)
            _refuse_personal_data(words, conversation)
            if article is not None:
                self._tools.suggesting.replied(connection, conversation.id, article, now)
            line = _Line(Author.STAFF, staff, words, now)
            message = _write(connection, conversation, line, article)
            self._tools.handover.give_to_people(connection, conversation, now)
            tickets.update(
                connection,
                ticket.id,
                state=TicketState.TAKEN.value,
                assignee=staff.email,
                first_reply_at=ticket.first_reply_at or now,
                waiting_since=None,
                closed_at=None,
            )
            self._tools.outgoing.queue_staff_reply(connection, conversation, message, staff)
        return message

    def note(self, public_id: str, staff: StaffName, text: str) -> Message:
        words = _words(text)
        now = self._tools.clock()
        with self._database.write() as connection:
            ticket = _get(connection, public_id)
            conversation = conversations.get_by_id(connection, ticket.conversation_id)
            return _write(connection, conversation, _Line(Author.NOTE, staff, words, now))

    def solve(self, public_id: str, staff: StaffName) -> Ticket:
        """Done: thanks to the customer, and from here on the bot may answer again."""
        now = self._tools.clock()
        with self._database.write() as connection:
            ticket = _get(connection, public_id)
            conversation = conversations.lock(connection, ticket.conversation_id)
            ticket = _moving(connection, public_id, TicketState.SOLVED)
            _refuse_others(ticket, staff)
            thanks = self._tools.wording.text(conversation.lang, "solved_thanks")
            _write(connection, conversation, _Line(Author.BOT, None, thanks, now))
            state = ConversationState.BOT.value
            conversations.update(connection, conversation.id, now, state=state, told_hours=False)
            return tickets.update(
                connection,
                ticket.id,
                state=TicketState.SOLVED.value,
                assignee=ticket.assignee or staff.email,
                waiting_since=None,
                closed_at=now,
            )

    def reopen(self, public_id: str, staff: StaffName) -> Ticket:
        now = self._tools.clock()
        with self._database.write() as connection:
            ticket = _moving(connection, public_id, TicketState.TAKEN)
            if ticket.state is not TicketState.SOLVED:
                raise IllegalTicketMove(public_id, ticket.state, TicketState.TAKEN)
            conversation = conversations.lock(connection, ticket.conversation_id)
            self._tools.handover.give_to_people(connection, conversation, now)
            state = TicketState.TAKEN.value
            return tickets.update(
                connection, ticket.id, state=state, assignee=staff.email, closed_at=None
            )

    def record_verdict(
        self,
        decision_id: str,
        verdict: Verdict,
        staff: StaffName,
        right: ArticleKey | None = None,
    ) -> None:
        """Whether the bot's best article was right, and which one would have been."""
        now = self._tools.clock()
        with self._database.write() as connection:
            decision = decisions.get(connection, decision_id)
            verdicts.put(connection, decision.id, GivenVerdict(verdict, right, staff.email, now))
            self._tools.suggesting.judged(connection, decision, verdict, right, now)

    def _with_link(self, text: str, article: ArticleKey | None) -> str:
        if article is None:
            return text
        link = self._tools.links.article(article)
        return text if link in text else f"{text}\n{link}"

    def _draft(self, decided: tuple[Decision, ...], conversation: Conversation) -> str:
        """What was drafted to the latest question, else its best article's short answer."""
        shelf = self._tools.knowledge.shelf()
        for decision in reversed(decided):
            if len(decision.answers) > 1:
                return "\n\n".join(f"{a.text}\n{a.link}" for a in decision.answers)
            published = shelf.articles.get(decision.article) if decision.article else None
            if published is not None:
                return short_answer(published.article, conversation.channel)
        return ""


@dataclass(frozen=True, slots=True)
class _Line:
    author: Author
    staff: StaffName | None
    text: str
    at: datetime


def _write(
    connection: sa.Connection,
    conversation: Conversation,
    line: _Line,
    article: ArticleKey | None = None,
) -> Message:
    values = {
        "conversation_id": conversation.id,
        "author": line.author.value,
        "author_name": line.staff.name if line.staff else "",
        "text": line.text,
        "masked": mask(line.text).text,
        "lang": conversation.lang,
        "decision_id": None,
        "article_lang": article.lang if article else None,
        "article_slug": article.slug if article else None,
        "created_at": line.at,
    }
    return messages.insert(connection, [values])[0]


def _words(text: str) -> str:
    words = clean(text)
    if not words:
        raise EmptyMessage
    return words


def _get(connection: sa.Connection, public_id: str) -> Ticket:
    found = tickets.find(connection, public_id)
    if found is None:
        raise UnknownTicket(public_id)
    return found


def _moving(connection: sa.Connection, public_id: str, wanted: TicketState) -> Ticket:
    ticket = _get(connection, public_id)
    if wanted not in TICKET_MOVES[ticket.state]:
        raise IllegalTicketMove(public_id, ticket.state, wanted)
    return ticket


def _refuse_others(ticket: Ticket, staff: StaffName) -> None:
    """Two people must not answer one customer: take it over first."""
    if ticket.state is TicketState.TAKEN and ticket.assignee not in (None, staff.email):
        raise TicketTaken(ticket.public_id, ticket.assignee or "")


def _refuse_personal_data(text: str, conversation: Conversation) -> None:
    kinds = mask(text).kinds if conversation.public else ()
    if kinds:
        raise PersonalDataInPublic(kinds)


def _summary(row: sa.RowMapping) -> TicketSummary:
    return TicketSummary(
        ticket=rows.ticket(rows.part(row, "ticket_")),
        conversation=rows.conversation(rows.part(row, "conversation_")),
        contact_name=row["contact_name"] or "",
        last_text=row["last_text"] or "",
        last_author=Author(row["last_author"]) if row["last_author"] else None,
        last_at=row["last_at"],
    )
