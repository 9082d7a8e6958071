"""What the checks of an article found, in the writer's language."""

from collections.abc import Mapping
from datetime import date

from kb.lint import LintCode, LintProblem
from web.desk.words import channel_name
from web.i18n import N_, format_date
from web.i18n import gettext as _

TEXTS: Mapping[LintCode, str] = {
    LintCode.ANSWER_TOO_LONG: N_(
        "The short answer has %(length)s characters; %(channel)s takes %(limit)s with the link. "
        "Shorten it, or write an own text for that channel."
    ),
    LintCode.NO_ANSWER: N_("There is no short answer: customers get the first paragraph."),
    LintCode.NOTHING_TO_SAY: N_("There is neither a short answer nor a text."),
    LintCode.NO_QUESTIONS: N_("There are no example questions: write how customers really ask."),
    LintCode.FEW_QUESTIONS: N_("Only %(count)s example questions: at least %(wanted)s help."),
    LintCode.BROKEN_LINK: N_("The link %(address)s leads to no article."),
    LintCode.IMAGE_WITHOUT_ALT: N_(
        "The image %(address)s has no text for those who cannot see it."
    ),
    LintCode.FIRST_PERSON: N_("A firm says “we”, not “I”: %(excerpt)s"),
    LintCode.PERSONAL_EMAIL: N_("%(email)s looks like a person's own address."),
    LintCode.TITLE_TOO_LONG: N_("The title has %(length)s characters; keep it within %(limit)s."),
    LintCode.REVIEW_OVERDUE: N_("Its review was due on %(day)s: it no longer answers by itself."),
    LintCode.UNKNOWN_ORIGINAL: N_("It says it translates %(key)s, which does not exist."),
    LintCode.DUPLICATE_QUESTION: N_("%(key)s has the same example question: %(question)s"),
    LintCode.UNKNOWN_KEYS: N_("Keys that Jawab does not read: %(keys)s"),
}


def lint_text(problem: LintProblem) -> str:
    facts: dict[str, object] = dict(problem.facts)
    if "channel" in facts:
        facts["channel"] = channel_name(str(facts["channel"]))
    if "day" in facts:
        facts["day"] = format_date(date.fromisoformat(str(facts["day"])))
    return _(TEXTS[problem.code], **facts)
