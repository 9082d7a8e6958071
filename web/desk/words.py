"""The codes of a decision in the words of agents and admins."""

from collections.abc import Mapping
from datetime import datetime

from responder.models import Posture, Priority, Reason, ReplyKind, TicketState
from web.i18n import N_, format_number
from web.i18n import gettext as _

REASONS: Mapping[Reason, str] = {
    Reason.LOW_CONFIDENCE: N_("not sure enough"),
    Reason.NO_CANDIDATE: N_("no article fits"),
    Reason.ASKED_PERSON: N_("asked for a person"),
    Reason.COMPLAINT: N_("complaint"),
    Reason.PRIVATE_DATA: N_("personal data"),
    Reason.OVERDUE: N_("article overdue"),
    Reason.ASKED_TWICE: N_("answer did not help"),
    Reason.UNREADABLE: N_("unreadable"),
    Reason.POSTURE: N_("bot only drafts"),
    Reason.CHANNEL_WINDOW: N_("too late to reply by itself"),
    Reason.SEND_UNCERTAIN: N_("unsure whether it was sent"),
}
RULES: Mapping[str, str] = {
    "posture_draft": N_("On this channel the bot only drafts; a person sends."),
    "posture_off": N_("The bot is switched off on this channel."),
    "posture_shadow": N_("On this channel the bot only records what it would say."),
    "person_owns_conversation": N_("A person has the conversation, so the bot stays silent."),
    "wrote_the_word_for_a_person": N_("The customer wrote the word for a person."),
    "no_words_twice": N_("Twice in a row there were no words to read."),
    "please_write": N_("No words to read: the bot asked for the question in words."),
    "customer_chose": N_("The customer chose this title."),
    "route_spam": N_("Looks like spam: no reply."),
    "personal_data_in_public": N_(
        "Personal data in public: only an invitation to write privately."
    ),
    "private_article_in_public": N_("The fitting article is private and the place is public."),
    "route_person": N_("The customer asks for a person."),
    "route_greeting": N_("A greeting."),
    "route_thanks": N_("A thank-you."),
    "route_complaint": N_("A complaint goes to a person."),
    "route_abuse": N_("An angry message goes to a person."),
    "nothing_matches": N_("No article of the knowledge base fits."),
    "asked_without_success": N_("Asked several times without success."),
    "article_overdue": N_("The fitting article is past its review date, so it does not answer."),
    "answer_did_not_help_before": N_("This answer did not help before."),
    "article_not_for_automatic_answers": N_("The fitting article is not for automatic answers."),
    "confidence_reaches_threshold": N_("The confidence reaches the threshold."),
    "each_question_answered": N_("Each question of the message has a sure answer of its own."),
    "not_every_question_sure": N_(
        "Several questions and not a sure answer to each: a person reads the whole message."
    ),
    "too_many_questions": N_("More than three questions: a person reads the whole message."),
    "follow_up_of_previous": N_("Sure when read together with the question before."),
    "unclear_after_choices": N_("Still unclear after titles were offered."),
    "none_of_the_choices": N_("None of the offered titles was the right one."),
    "below_threshold": N_("The confidence is below the threshold."),
    "several_plausible": N_("Several articles are plausible: titles to choose from."),
    "one_plausible": N_("One article is plausible, but not sure enough: it is offered by title."),
}
POSTURES: Mapping[Posture, str] = {
    Posture.AUTO: N_("answers by itself"),
    Posture.DRAFT: N_("only drafts: a person sends"),
    Posture.SHADOW: N_("decides and records, says nothing"),
    Posture.OFF: N_("is switched off"),
}
KINDS: Mapping[ReplyKind, str] = {
    ReplyKind.ANSWER: N_("Answer"),
    ReplyKind.CLARIFY: N_("Titles to choose from"),
    ReplyKind.HANDOFF: N_("Hand over to people"),
    ReplyKind.SMALLTALK: N_("Greeting or thanks"),
    ReplyKind.SILENCE: N_("Silence"),
}
PRIORITIES: Mapping[Priority, str] = {
    Priority.HIGH: N_("high"),
    Priority.NORMAL: N_("normal"),
    Priority.LOW: N_("low"),
}
STATES: Mapping[TicketState, str] = {
    TicketState.NEW: N_("New"),
    TicketState.TAKEN: N_("In progress"),
    TicketState.SOLVED: N_("Solved"),
}
CHANNELS: Mapping[str, str] = {
    "*": N_("all private channels"),
    "public": N_("all public channels"),
    "web": N_("help centre"),
    "widget": N_("website widget"),
    "api": N_("API"),
    "email": N_("e-mail"),
    "telegram": "Telegram",
    "whatsapp": "WhatsApp",
    "messenger": "Messenger",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "instagram_comment": N_("Instagram comments"),
    "linkedin": "LinkedIn",
    "x": "X",
    "x_dm": N_("X direct messages"),
    "outbox": N_("outgoing messages"),
}
MINUTES_OF_AN_HOUR = 60
MINUTES_OF_A_DAY = 24 * 60


def reason_name(reason: Reason) -> str:
    return _(REASONS[reason])


def rule_text(rule: str) -> str:
    return _(RULES[rule]) if rule in RULES else rule.replace("_", " ")


def posture_name(posture: Posture) -> str:
    return _(POSTURES[posture])


def kind_name(kind: ReplyKind) -> str:
    return _(KINDS[kind])


def priority_name(priority: Priority) -> str:
    return _(PRIORITIES[priority])


def state_name(state: TicketState) -> str:
    return _(STATES[state])


def channel_name(channel: str) -> str:
    return _(CHANNELS[channel]) if channel in CHANNELS else channel


def feature_text(value: float) -> str:
    return format_number(round(value, 3))


def due_text(due_at: datetime, now: datetime) -> str:
    """'in 40 min', '2 h late': short enough for a list."""
    minutes = round((due_at - now).total_seconds() / 60)
    span = _span(abs(minutes))
    return _("%(span)s late", span=span) if minutes < 0 else _("in %(span)s", span=span)


def _span(minutes: int) -> str:
    if minutes < MINUTES_OF_AN_HOUR:
        return _("%(n)s min", n=minutes)
    if minutes < MINUTES_OF_A_DAY:
        return _("%(n)s h", n=round(minutes / MINUTES_OF_AN_HOUR))
    return _("%(n)s d", n=round(minutes / MINUTES_OF_A_DAY))
