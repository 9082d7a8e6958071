"""The queue as agents see it: four views, the most pressing first."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from responder.inbox import Inbox, TicketSummary
from responder.models import Priority, TicketState

URGENCY = {Priority.HIGH: 0, Priority.NORMAL: 1, Priority.LOW: 2}


class View(StrEnum):
    NEW = "new"
    MINE = "mine"
    ALL = "all"
    SOLVED = "solved"


@dataclass(frozen=True, slots=True)
class Queue:
    """One view with its tickets, and how many the others hold."""

    view: View
    text: str
    tickets: tuple[TicketSummary, ...]
    counts: dict[View, int]
    overdue: int
    now: datetime


def view_named(name: str) -> View:
    return View(name) if name in set(View) else View.NEW


def read_queue(inbox: Inbox, *, view: View, text: str, email: str, now: datetime) -> Queue:
    counts = inbox.counts()
    mine = inbox.list_tickets(TicketState.TAKEN, assignee=email)
    return Queue(
        view=view,
        text=text,
        tickets=ordered(_tickets(inbox, view, text, email), view),
        counts={
            View.NEW: counts.new,
            View.MINE: len(mine),
            View.ALL: counts.new + counts.taken,
            View.SOLVED: counts.solved,
        },
        overdue=counts.overdue,
        now=now,
    )


def ordered(found: tuple[TicketSummary, ...], view: View) -> tuple[TicketSummary, ...]:
    """Waiting customers first, then by priority and due time; solved ones newest first."""
    if view is View.SOLVED:
        return tuple(sorted(found, key=_closed_at, reverse=True))
    return tuple(sorted(found, key=_pressing))


def _tickets(inbox: Inbox, view: View, text: str, email: str) -> tuple[TicketSummary, ...]:
    match view:
        case View.NEW:
            return inbox.list_tickets(TicketState.NEW, text=text)
        case View.MINE:
            return inbox.list_tickets(TicketState.TAKEN, assignee=email, text=text)
        case View.SOLVED:
            return inbox.list_tickets(TicketState.SOLVED, text=text)
        case View.ALL:
            found = inbox.list_tickets(text=text)
            return tuple(s for s in found if s.ticket.state is not TicketState.SOLVED)


def _pressing(summary: TicketSummary) -> tuple[bool, int, datetime, int]:
    ticket = summary.ticket
    return (
        ticket.waiting_since is None,
        URGENCY[ticket.priority],
        ticket.due_at,
        ticket.id,
    )


def _closed_at(summary: TicketSummary) -> tuple[datetime, int]:
    return summary.ticket.closed_at or summary.ticket.opened_at, summary.ticket.id
