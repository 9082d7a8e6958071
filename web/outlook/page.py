"""An outlook in the words of writers and admins."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from kb.models import ArticleKey
from responder.effects import Asked, Effect, Origin, Tally, Turn
from responder.models import ReplyKind
from responder.whatif import Outlook
from web.accounts.gate import current_staff
from web.accounts.rights import RIGHTS
from web.i18n import N_
from web.i18n import gettext as _
from web.services import services

LINES = 100
CHOICES = (100, 1000, 5000)
NAMES: Mapping[Turn, tuple[str, str, str]] = {
    Turn.NEWLY_ANSWERED: (
        "plus-circle",
        N_("Newly answered"),
        N_("They went to people, or were offered titles."),
    ),
    Turn.NO_LONGER_ANSWERED: (
        "dash-circle",
        N_("No longer answered"),
        N_("They would go to people, or be offered titles."),
    ),
    Turn.OTHER_ARTICLE: (
        "arrow-left-right",
        N_("Answered by another article"),
        N_("One article takes the question from another."),
    ),
}
REPLIES: Mapping[ReplyKind, str] = {
    ReplyKind.CLARIFY: N_("titles offered"),
    ReplyKind.HANDOFF: N_("handed over"),
    ReplyKind.SMALLTALK: N_("greeting or thanks"),
    ReplyKind.SILENCE: N_("silence"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One list: the first effects of it, and how many there are."""

    turn: Turn
    icon: str
    name: str
    meaning: str
    tally: Tally
    effects: tuple[Effect, ...]
    count: int


@dataclass(frozen=True, slots=True)
class OutlookPage:
    outlook: Outlook
    parts: tuple[Part, ...]
    titles: Mapping[ArticleKey, str]

    @property
    def asked(self) -> int:
        return sum(self.outlook.effects.asked.values())

    @property
    def stored(self) -> int:
        return self.outlook.effects.asked[Origin.STORED]

    @property
    def golden(self) -> int:
        return self.outlook.effects.asked[Origin.GOLDEN]

    def title(self, key: ArticleKey) -> str:
        return self.titles.get(key, str(key))

    def reply(self, kind: ReplyKind) -> str:
        return _(REPLIES[kind])

    def address(self, asked: Asked) -> str:
        """Where the question is looked at; empty for whoever may not."""
        if asked.question.decision_id is not None:
            return url_for("desk.decision", decision_id=asked.question.decision_id)
        if asked.golden is None or not current_staff().has(*RIGHTS["admin.golden_set"]):
            return ""
        return url_for(
            "admin.golden_set",
            set_id=asked.golden.set_id,
            q=asked.golden.text[:300],
            _anchor=f"question-{asked.golden.id}",
        )


def outlook_page(outlook: Outlook) -> OutlookPage:
    titles = {summary.key: summary.title for summary in services().library.list_articles()}
    return OutlookPage(outlook, tuple(_part(outlook, turn) for turn in Turn), titles)


def _part(outlook: Outlook, turn: Turn) -> Part:
    found = outlook.effects.of(turn)
    icon, name, meaning = NAMES[turn]
    tally = outlook.effects.tally(turn)
    return Part(turn, icon, _(name), _(meaning), tally, found[:LINES], len(found))
