"""What was noticed overnight, in plain words."""

from collections.abc import Mapping

from responder.cautions import GOLDEN, Caution
from responder.drift import Measure
from responder.trends import figures_of
from web.i18n import N_, format_number, format_percent, language_name
from web.i18n import gettext as _

# what is said when the number fell, and when it rose
SHIFTS: Mapping[Measure, tuple[str, str]] = {
    Measure.SURE: (
        N_(
            "The bot is sure of fewer questions: %(now)s in the last 7 days, %(before)s in the "
            "4 weeks before."
        ),
        N_(
            "The bot is sure of more questions: %(now)s in the last 7 days, %(before)s in the "
            "4 weeks before."
        ),
    ),
    Measure.LANGUAGES: (
        N_(
            "Customers write less in %(language)s: %(now)s of the questions in the last 7 days, "
            "%(before)s in the 4 weeks before."
        ),
        N_(
            "Customers write more in %(language)s: %(now)s of the questions in the last 7 days, "
            "%(before)s in the 4 weeks before."
        ),
    ),
    Measure.DISTANCE: (
        N_(
            "Questions are nearer to your articles: distance %(now)s in the last 7 days, "
            "%(before)s in the 4 weeks before."
        ),
        N_(
            "Questions are further from your articles: distance %(now)s in the last 7 days, "
            "%(before)s in the 4 weeks before."
        ),
    ),
}
NEW_QUESTIONS = N_(
    "Look at what was asked and not answered: a new product, a campaign or a fault brings new "
    "questions. Another embedding model moves these numbers too."
)
ADVICE: Mapping[Measure, str] = {
    Measure.SURE: NEW_QUESTIONS,
    Measure.LANGUAGES: N_(
        "Check whether the articles asked for most are there in the language that grows."
    ),
    Measure.DISTANCE: NEW_QUESTIONS,
}


def caution_text(caution: Caution) -> str:
    """What changed, with its numbers."""
    if caution.kind == GOLDEN:
        return _golden_text(caution)
    measure = Measure(caution.kind)
    before, now = caution.facts["before"], caution.facts["now"]
    return _(
        SHIFTS[measure][now > before],
        before=_number(measure, before),
        now=_number(measure, now),
        language=language_name(caution.facts["lang"]),
    )


def caution_advice(caution: Caution) -> str:
    """What may be behind it, and where to look."""
    if caution.kind == GOLDEN:
        return _("Look at the questions that went worse: an article or a setting was changed.")
    measure = Measure(caution.kind)
    if measure is Measure.SURE and caution.facts["threshold_changed"]:
        return _("The threshold was changed in these weeks: that may be the reason.")
    return _(ADVICE[measure])


def chance_text(caution: Caution) -> str:
    """How certain it is; empty where nothing was left to chance."""
    chance = caution.facts.get("chance")
    if chance is None:
        return ""
    nights = format_number(round(1 / chance))
    return _(
        "Without any change, weeks differ as much in about one night of %(nights)s.", nights=nights
    )


def _golden_text(caution: Caution) -> str:
    before, now = figures_of(caution.facts, "before"), figures_of(caution.facts, "now")
    return _(
        "The golden set %(name)s fares worse: %(now)s questions helped instead of %(before)s, "
        "wrong answers %(wrong)s instead of %(wrong_before)s.",
        name=caution.facts["name"],
        now=format_number(now.helped_questions),
        before=format_number(before.helped_questions),
        wrong=format_number(now.wrong_answers),
        wrong_before=format_number(before.wrong_answers),
    )


def _number(measure: Measure, value: float) -> str:
    if measure is Measure.DISTANCE:
        return format_number(round(value, 2))
    return format_percent(value)
