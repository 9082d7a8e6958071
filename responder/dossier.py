"""One decision of the past with what became of it, as everybody of the staff may see it.

The question is the masked one; names, addresses and the customer's own words stay on the ticket.
"""

from dataclasses import dataclass

from kb.database import Database
from kb.models import ArticleKey
from responder.models import Decision, Verdict
from responder.store import decisions, tickets, verdicts


@dataclass(frozen=True, slots=True)
class Dossier:
    """`verdict` is an agent's, with the article that was `right`; `helped` the customer's vote;
    `ticket` a public id. None: nobody said so, or people were not needed."""

    decision: Decision
    verdict: Verdict | None
    right: ArticleKey | None
    helped: bool | None
    ticket: str | None


class Dossiers:
    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, decision_id: str) -> Dossier:
        with self._database.read() as connection:
            decision = decisions.get(connection, decision_id)
            said = verdicts.find(connection, decision.id)
            ticket = tickets.find_of_conversation(connection, decision.conversation_id)
            voted = decisions.list_with_votes(connection, decision.conversation_id)
        return Dossier(
            decision=decision,
            verdict=said.verdict if said else None,
            right=said.right if said else None,
            helped=next((helped for other, helped, _ in voted if other.id == decision.id), None),
            ticket=ticket.public_id if ticket else None,
        )
