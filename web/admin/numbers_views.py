"""Honest numbers: every question counted once, every answer with what became of it."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response, render_template, request

from kb.models import ArticleKey
from responder.analytics import CAME_BACK_WITHIN, Fate, Numbers
from responder.models import ReplyKind
from web.admin.blueprint import bp
from web.desk.words import channel_name, kind_name, reason_name
from web.i18n import N_, language_name, ngettext
from web.i18n import gettext as _
from web.services import services
from web.timelines import bars_of_days, bars_of_hours

PERIODS = (7, 30, 90)
FATES: Mapping[Fate, str] = {
    Fate.CONFIRMED: N_("confirmed: the customer said it helped, or a colleague judged it right"),
    Fate.ASSUMED: N_("assumed: nobody said anything, and the customer needed no person afterwards"),
    Fate.CAME_BACK: N_("came back: the same customer needed a person within %(days)s days"),
    Fate.REFUSED: N_("refused: the customer said it did not help"),
    Fate.WRONG: N_("wrong: a colleague judged it so"),
}


@bp.get("/numbers")
def numbers() -> str:
    found = services().responder.analytics.numbers(_days())
    votes = services().responder.feedback.summary(_days())
    return render_template(
        "admin/numbers.html",
        found=found,
        days=_days(),
        periods=[(days, period_name(days)) for days in PERIODS],
        kinds=[(kind_name(kind), found.replies[kind]) for kind in ReplyKind],
        fates=[(fate_name(fate), found.fates[fate]) for fate in FATES],
        reasons=[(reason_name(reason), count) for reason, count in found.reasons.items()],
        channels=[(channel_name(name), count) for name, count in found.channels.items()],
        languages=[(language_name(lang), count) for lang, count in found.languages.items()],
        articles=[(key, article_title(key), count) for key, count in found.top_articles],
        answers=found.replies[ReplyKind.ANSWER],
        handed_over=found.replies[ReplyKind.HANDOFF],
        helped=sum(vote.helped for vote in votes),
        not_helped=sum(vote.not_helped for vote in votes),
        by_day=bars_of_days(found.by_day),
        by_hour=bars_of_hours(found.by_hour),
    )


@bp.get("/numbers.csv")
def numbers_csv() -> Response:
    """The same numbers for a sheet: what is counted, of which kind, how many."""
    found = services().responder.analytics.numbers(_days())
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("count_of", "kind", "number"))
    writer.writerows(_lines(found))
    headers = {"Content-Disposition": f'attachment; filename="jawab-{_days()}-days.csv"'}
    return Response(out.getvalue(), mimetype="text/csv", headers=headers)


def period_name(days: int) -> str:
    return ngettext("%(num)d day", "%(num)d days", days)


def article_title(key: ArticleKey) -> str:
    """The key of what is no longer live."""
    published = services().knowledge.shelf().articles.get(key)
    return published.article.title if published else str(key)


def fate_name(fate: Fate) -> str:
    return _(FATES[fate], days=CAME_BACK_WITHIN.days)


def _days() -> int:
    wanted = request.args.get("days", type=int)
    return wanted if wanted in PERIODS else 30


def _lines(found: Numbers) -> Iterator[tuple[str, str, object]]:
    """Codes, not words: programs read them."""
    groups: tuple[tuple[str, Mapping[Any, int]], ...] = (
        ("reply", found.replies),
        ("answer", found.fates),
        ("reason", found.reasons),
        ("channel", found.channels),
        ("language", found.languages),
        ("day", found.by_day),
        ("hour", dict(enumerate(found.by_hour))),
        ("article", dict(found.top_articles)),
    )
    yield "questions", "", found.questions
    yield "conversations", "", found.conversations
    for group, counts in groups:
        yield from ((group, str(kind), count) for kind, count in counts.items())
    waiting = found.waiting
    yield "tickets", "opened", waiting.tickets
    yield "tickets", "replied", waiting.replied
    yield "minutes_to_reply", "median", _blank(waiting.median_minutes)
    yield "minutes_to_reply", "slowest_tenth", _blank(waiting.slowest_tenth_minutes)


def _blank(minutes: float | None) -> object:
    return "" if minutes is None else round(minutes, 1)
