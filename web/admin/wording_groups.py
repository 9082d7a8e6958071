"""The bot's sentences in groups, each with what it is for."""

from collections.abc import Iterable
from dataclasses import dataclass

from responder.wording import WordingEntry
from web.i18n import N_
from web.i18n import gettext as _

GROUPS = (
    (
        N_("Answers and choices"),
        (
            "disclosure",
            "short_disclosure",
            "clarify",
            "please_write",
            "other_language",
            "title_in_",
        ),
    ),
    (N_("Handing over to people"), ("handoff", "follow_link")),
    (
        N_("Service hours"),
        ("open_", "opens_", "no_hours", "today", "tomorrow", "minutes", "hours"),
    ),
    (N_("When people have the conversation"), ("silence",)),
    (N_("Greetings and thanks"), ("smalltalk",)),
    (N_("Contact and closing"), ("contact_", "solved_")),
    (N_("E-mail"), ("email_",)),
    (N_("Notes for agents"), ("note_",)),
    (N_("Words that customers write"), ("person_", "urgent_", "yes_", "none_")),
    (
        N_("How customers build their messages"),
        (
            "joining_",
            "linking_",
            "asking_",
            "trouble_",
            "empty_",
            "follow_up_",
            "pointing_",
            "requesting_",
            "minimum_",
            "how_much_",
        ),
    ),
)
PURPOSES = {
    "disclosure": N_("Below every automatic answer: that it is one, and how to reach a person"),
    "short_disclosure": N_("The same where there is little room"),
    "clarify_intro": N_("Before two or three titles to choose from"),
    "clarify_outro": N_("After them"),
    "clarify_one_intro": N_("Before a single title"),
    "clarify_one_outro": N_("After it"),
    "please_write": N_("When a message has no words"),
    "other_language": N_("Before an answer from an article in another language"),
    "title_in_other_language": N_("Behind the title of an article in another language"),
    "handoff": N_("When the bot is not sure enough"),
    "handoff_asked_person": N_("When the customer asks for a person"),
    "handoff_complaint": N_("When the customer complains"),
    "handoff_private_data": N_("When somebody writes personal data in public"),
    "handoff_overdue": N_("When the fitting article is past its review date"),
    "handoff_asked_twice": N_("When the answers did not help"),
    "handoff_unreadable": N_("When the message cannot be read"),
    "handoff_public": N_("When a question is handed over in public"),
    "follow_link": N_("Where the customer finds the reply"),
    "open_now": N_("Within service hours"),
    "opens_later": N_("Outside service hours"),
    "no_hours": N_("When no hours are set"),
    "today": N_("The word for today"),
    "tomorrow": N_("The word for tomorrow"),
    "minutes": N_("A number of minutes"),
    "hours": N_("A number of hours"),
    "silence_people": N_("While a person has the conversation"),
    "silence_off": N_("When the bot is switched off"),
    "smalltalk_greeting": N_("Reply to a greeting"),
    "smalltalk_thanks": N_("Reply to thanks"),
    "contact_thanks": N_("After leaving an address"),
    "solved_thanks": N_("When a conversation is solved"),
    "email_subject": N_("Subject of mails to customers"),
    "email_reply": N_("Mail with a reply of your team"),
    "note_send_failed": N_("When a mail could not be sent"),
    "note_send_uncertain": N_("When it is unsure whether a mail was sent"),
    "person_words": N_("Words that call a person, separated by commas"),
    "person_passing_words": N_("Words that may stand beside them, separated by commas"),
    "yes_words": N_("Replies that mean: yes, that title; separated by commas"),
    "none_words": N_("Replies that mean: none of these, separated by commas"),
    "urgent_words": N_("Words that put a message first, separated by commas"),
    "joining_words": N_("Words that lead to the next question, separated by commas"),
    "linking_words": N_("Words that link two questions, separated by commas"),
    "asking_words": N_("Words that ask, separated by commas"),
    "asking_first_words": N_("Words that ask at the beginning of a sentence only"),
    "trouble_words": N_("Words that say something went wrong, separated by commas"),
    "empty_words": N_("Words that say nothing by themselves, separated by commas"),
    "follow_up_words": N_("Beginnings of messages that go on from the one before"),
    "pointing_words": N_("Words that point at what was said before, separated by commas"),
    "requesting_words": N_("Words with which thanks are not all that is said, separated by commas"),
    "minimum_words": N_("“min” for minimum, where it calls no admin; separated by commas"),
    "how_much_words": N_("What follows there: words that ask how much, separated by commas"),
}


@dataclass(frozen=True, slots=True)
class WordingRow:
    entry: WordingEntry
    purpose: str


@dataclass(frozen=True, slots=True)
class WordingGroup:
    title: str
    rows: tuple[WordingRow, ...]


def group_texts(entries: Iterable[WordingEntry]) -> tuple[WordingGroup, ...]:
    """Every text in the first group that claims it; the rest comes last."""
    left = list(entries)
    found = []
    for title, beginnings in GROUPS:
        mine = sorted((e for e in left if e.key.startswith(beginnings)), key=_order)
        left = [entry for entry in left if entry not in mine]
        found.append(WordingGroup(_(title), tuple(_row(entry) for entry in mine)))
    found.append(WordingGroup(_("Everything else"), tuple(_row(entry) for entry in left)))
    return tuple(group for group in found if group.rows)


def _order(entry: WordingEntry) -> tuple[int, str]:
    known = list(PURPOSES)
    return known.index(entry.key) if entry.key in PURPOSES else len(known), entry.key


def _row(entry: WordingEntry) -> WordingRow:
    purpose = PURPOSES.get(entry.key)
    return WordingRow(entry, _(purpose) if purpose else "")
