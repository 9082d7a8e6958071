"""Golden sets in the words of their readers."""

from collections.abc import Mapping

from responder.evaluation.comparison import Turn
from responder.goldenfile import Fault, Problem
from responder.goldenruns import Outcome
from responder.trends import NIGHTLY
from responder.whereabouts import Presence, Whereabouts
from web.accounts.services import COMMAND_LINE
from web.i18n import N_
from web.i18n import gettext as _

OUTCOMES: Mapping[Outcome, tuple[str, str]] = {
    Outcome.RIGHT: (N_("answered right"), "good"),
    Outcome.OFFERED: (N_("right title offered"), "info"),
    Outcome.TO_PEOPLE: (N_("left to people, as it should be"), "good"),
    Outcome.MISSED: (N_("not answered"), "plain"),
    Outcome.WRONG: (N_("answered wrong"), "wrong"),
}
TURNS: Mapping[Turn, tuple[str, str]] = {
    Turn.SPOILT: (N_("Answered right before, wrong now"), "wrong"),
    Turn.NEWLY_WRONG: (N_("Newly answered, and wrong"), "wrong"),
    Turn.LOST: (N_("No longer answered, though the answer was right"), "warn"),
    Turn.CORRECTED: (N_("Answered wrong before, right now"), "good"),
    Turn.NEWLY_RIGHT: (N_("Newly answered, and right"), "good"),
    Turn.WITHHELD: (N_("No longer answered; the answer was wrong"), "good"),
    Turn.OTHER_ARTICLE: (N_("Answered by another article"), "plain"),
    Turn.OTHER_BEST: (N_("Not answered; another article comes first"), "plain"),
}
PRESENCES: Mapping[Presence, str] = {
    Presence.NOT_LIVE: N_("not published"),
    Presence.ARCHIVED: N_("archived"),
    Presence.UNKNOWN: N_("no such article"),
}
FAULTS: Mapping[Fault, str] = {
    Fault.NOT_READABLE: N_("The file is no text in UTF-8, or larger than 8 MB."),
    Fault.NO_COLUMNS: N_("The first line of a sheet must name the columns “text” and “gold”."),
    Fault.NO_QUESTION: N_("The line needs “text” and “gold”, a list of articles."),
    Fault.NO_TEXT: N_("The question is missing."),
    Fault.TOO_LONG: N_("The question is too long."),
    Fault.BAD_NAME: N_("“%(subject)s” is no name of an article, such as id/paket-belum-sampai."),
    Fault.BAD_SPLIT: N_("The split must be dev, test or nothing, not “%(subject)s”."),
    Fault.TWICE: N_("The question stands on line %(subject)s too, with other articles."),
}


def outcome_name(outcome: Outcome) -> str:
    return _(OUTCOMES[outcome][0])


def outcome_tone(outcome: Outcome) -> str:
    return OUTCOMES[outcome][1]


def presence_name(place: Whereabouts) -> str:
    """Why no live article stands for it; empty where one does."""
    return _(PRESENCES[place.presence]) if place.presence in PRESENCES else ""


def turn_name(turn: Turn) -> str:
    return _(TURNS[turn][0])


def turn_tone(turn: Turn) -> str:
    return TURNS[turn][1]


def fault_text(problem: Problem) -> str:
    return _(FAULTS[problem.fault], subject=problem.subject)


def who_ran(staff: str) -> str:
    if staff == NIGHTLY:
        return _("every night")
    return _("command line") if staff == COMMAND_LINE else staff
