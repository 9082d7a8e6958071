"""One conversation as its page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass

from kb.models import ArticleKey, HitKind, PublishedArticle
from responder.inbox import TicketView
from responder.models import Candidate, Decision, GivenVerdict, Message, Situation, TicketState

MOST_CHOICES = 500
MOST_CANDIDATES = 5
# what decide() asks of a title that it offers to choose from
PLAUSIBLE = Situation(threshold=1.0).clarify_floor


@dataclass(frozen=True, slots=True)
class ArticleChoice:
    """An article to answer with."""

    key: ArticleKey
    title: str
    answer: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision with its best candidates and what agents said of it."""

    decision: Decision
    candidates: tuple[Candidate, ...]
    verdict: GivenVerdict | None


@dataclass(frozen=True, slots=True)
class TicketPage:
    """`judged` has the newest decision first; `other` is who has it, when that is not you."""

    view: TicketView
    judged: tuple[Judged, ...]
    decided: dict[int, Decision]
    is_mine: bool
    other: str

    @property
    def messages(self) -> tuple[Message, ...]:
        return self.view.messages

    @property
    def opened(self) -> int:
        """The decision to look at first: the newest with candidates."""
        telling = [judged for judged in self.judged if judged.candidates] or list(self.judged)
        return telling[0].decision.id if telling else 0

    @property
    def draft(self) -> str:
        """What the bot would send, when it was plausible enough to be offered to a customer."""
        telling = next((j.decision for j in self.judged if j.decision.article is not None), None)
        plausible = telling is not None and telling.confidence >= PLAUSIBLE
        return self.view.draft if plausible else ""

    @property
    def is_solved(self) -> bool:
        return self.view.ticket.state is TicketState.SOLVED


def ticket_page(view: TicketView, email: str) -> TicketPage:
    ticket = view.ticket
    is_taken = ticket.state is TicketState.TAKEN and ticket.assignee is not None
    return TicketPage(
        view=view,
        judged=tuple(_judged(decision, view) for decision in reversed(view.decisions)),
        decided={decision.id: decision for decision in view.decisions},
        is_mine=is_taken and ticket.assignee == email,
        other=(ticket.assignee or "") if is_taken and ticket.assignee != email else "",
    )


def article_choices(published: Iterable[PublishedArticle]) -> tuple[ArticleChoice, ...]:
    """For lists to choose from: key and title."""
    found = [ArticleChoice(p.key, p.article.title) for p in published]
    return tuple(found[:MOST_CHOICES])


def _judged(decision: Decision, view: TicketView) -> Judged:
    articles = [c for c in decision.candidates if c.kind is HitKind.ARTICLE]
    routes = [c for c in decision.candidates if c.kind is HitKind.ROUTE][:1]
    best = sorted([*articles, *routes], key=lambda c: -c.confidence)
    return Judged(decision, tuple(best[:MOST_CANDIDATES]), view.verdicts.get(decision.id))
