"""The audit log's codes in the words of its readers."""

from collections.abc import Mapping
from typing import Any

from responder.calibrations import ITSELF
from web.accounts.services import COMMAND_LINE
from web.accounts.wording import ROLES
from web.admin.promise_words import STANDINGS, place_text
from web.desk.words import POSTURES, channel_name
from web.i18n import N_, format_percent
from web.i18n import gettext as _

AREA_NAMES: Mapping[str, str] = {
    "staff": N_("Staff"),
    "threshold": N_("Carefulness"),
    "promise": N_("Promise"),
    "calibration": N_("Confidence"),
    "posture": N_("What the bot may do"),
    "article": N_("Articles"),
    "firm": N_("Firm"),
    "notice": N_("Notice"),
    "wording": N_("Wording"),
    "api_key": N_("API keys"),
    "ticket": N_("Inbox"),
    "golden": N_("Golden sets"),
    "slang": N_("Slang"),
    "drift": N_("Trends"),
}
ACTIONS: Mapping[str, str] = {
    "staff.add": N_("opened an account for"),
    "staff.change_roles": N_("changed the roles of"),
    "staff.change_password": N_("changed the password of"),
    "staff.reset_password": N_("gave a new password to"),
    "staff.disable": N_("closed the account of"),
    "staff.enable": N_("reopened the account of"),
    "threshold.change": N_("changed how sure the bot must be:"),
    "promise.make": N_("promised how many answers may be wrong:"),
    "promise.change": N_("chose another threshold for the promise:"),
    "promise.keep": N_("has enough reviews for the promise:"),
    "promise.break": N_("went back to the careful default, the promise no longer holds:"),
    "promise.withdraw": N_("withdrew the promise:"),
    "calibration.refit": N_("put a refitted confidence in force:"),
    "calibration.withdraw": N_("went back to the confidence without labels:"),
    "calibration.automatic": N_("changed how the confidence is refitted:"),
    "posture.change": N_("changed what the bot may do:"),
    "article.create": N_("wrote the article"),
    "article.publish": N_("published the article"),
    "article.archive": N_("archived the article"),
    "article.restore": N_("brought back the article"),
    "article.rename": N_("renamed the article"),
    "article.save": N_("saved a draft of"),
    "article.picture": N_("added a picture to"),
    "article.review": N_("asked for a review of"),
    "article.send_back": N_("sent back to its writer"),
    "article.withdraw": N_("took offline"),
    "article.discard": N_("threw away the draft of"),
    "article.learn": N_("added customers' questions to"),
    "article.resolve": N_("settled the conflict of"),
    "firm.change": N_("changed the firm's settings:"),
    "notice.change": N_("changed the notice of"),
    "wording.change": N_("changed the wording"),
    "api_key.create": N_("made the API key"),
    "api_key.revoke": N_("ended the API key"),
    "golden.create": N_("made the golden set"),
    "golden.rename": N_("renamed the golden set"),
    "golden.delete": N_("deleted the golden set"),
    "golden.edit": N_("changed questions of the golden set"),
    "golden.import": N_("took a file into the golden set"),
    "slang.add": N_("added slang:"),
    "slang.change": N_("changed slang:"),
    "slang.remove": N_("removed slang:"),
    "drift.dismiss": N_("closed the warning"),
    "ticket.verdict": N_("judged an answer of ticket"),
}

FACTS: Mapping[str, str] = {
    "added": N_("Added"),
    "allowed": N_("Allowed"),
    "automatic": N_("By itself"),
    "changed": N_("Changed"),
    "colour": N_("Colour"),
    "contact_email": N_("E-mail address for customers"),
    "contact_phone": N_("Phone number for customers"),
    "days_off": N_("Other days off"),
    "default_lang": N_("Language when nothing else is known"),
    "ends_at": N_("Until"),
    "gold": N_("Right article"),
    "holidays_country": N_("Public holidays"),
    "keep": N_("Kept"),
    "knowingly": N_("In spite of warnings"),
    "labels": N_("Labels"),
    "languages": N_("Languages"),
    "logo": N_("Logo"),
    "meaning": N_("Meaning"),
    "name": N_("Name"),
    "old": N_("Earlier address"),
    "order_patterns": N_("How your order numbers look"),
    "picture": N_("Picture"),
    "posture": N_("The bot"),
    "prefix": N_("Begins with"),
    "questions": N_("Questions"),
    "reason": N_("Reason"),
    "replaced_by": N_("Replaced by"),
    "reply_high": N_("High priority"),
    "reply_low": N_("Low"),
    "reply_normal": N_("Normal"),
    "reviewed": N_("Reviewed"),
    "right": N_("Right article"),
    "roles": N_("Roles"),
    "spelling": N_("Spelling"),
    "standing": N_("State"),
    "starts_at": N_("Shown from"),
    "text": N_("Text"),
    "time_zone": N_("Time zone"),
    "unchanged": N_("Unchanged"),
    "value": N_("Threshold"),
    "verdict": N_("Verdict"),
    "version": N_("Version"),
    "wrong": N_("Wrong"),
    "wrong_bound": N_("Bound"),
}
# facts whose values are codes
CODES: Mapping[str, Mapping[Any, str]] = {
    "posture": POSTURES,
    "roles": ROLES,
    "standing": STANDINGS,
    "verdict": {"right": N_("right"), "wrong": N_("wrong")},
}


def action_name(action: str) -> str:
    return _(ACTIONS[action]) if action in ACTIONS else action


def subject_text(action: str, subject: str) -> str:
    """What was changed, where the log keeps it as a code."""
    match action.partition(".")[0]:
        case "threshold" | "promise":
            channel, _slash, lang = subject.partition("/")
            return place_text(channel, lang)
        case "posture":
            return channel_name(subject)
        case "calibration" if subject:
            return _("version %(number)s", number=subject.removeprefix("version "))
        case _:
            return subject


def fact_name(key: str) -> str:
    """The key itself for what is named after a language or a weekday."""
    return _(FACTS[key]) if key in FACTS else key


def person_name(staff: str) -> str:
    names = {COMMAND_LINE: _("command line"), ITSELF: _("by itself")}
    return names.get(staff, staff)


def told(value: object, key: str = "") -> str:
    """A stored value of that fact as text."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float) and 0 <= value <= 1:
        return format_percent(value, "#,##0.#%")
    if isinstance(value, list):
        return ", ".join(_named(item, key) for item in value) or "–"
    return _named(value, key) if value not in (None, "") else "–"


def _named(value: object, key: str) -> str:
    name = CODES.get(key, {}).get(str(value))
    return _(name) if name else str(value)
