"""The admins' first page: what needs somebody, and how the site is set up."""

from datetime import datetime

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from web.admin.audit_words import action_name, person_name, subject_text
from web.admin.blueprint import bp
from web.admin.caution_words import caution_advice, caution_text, chance_text
from web.admin.promise_views import list_uneasy
from web.admin.promise_words import place_text, promise_text, standing_name
from web.editor.listing import Filters, View, listing_of, rows_of
from web.help.votes import REASONS
from web.i18n import current_zone
from web.i18n import gettext as _
from web.services import services

MOST_CHANGES = 6
MOST_COMPLAINTS = 5


@bp.get("/")
def index() -> Response | str:
    web = services()
    profile = web.responder.firm.get()
    if not profile.onboarded:
        return redirect(url_for("admin.welcome"))
    votes = web.responder.feedback.summary()
    return render_template(
        "admin/index.html",
        inbox=web.responder.inbox.counts(),
        articles=_article_counts(profile.languages),
        conflicts=len(web.working_copy.list_conflicts()),
        thresholds=web.responder.thresholds.list_thresholds(),
        settings=web.settings,
        staff_count=sum(not person.disabled for person in web.accounts.list_staff()),
        key_count=sum(key.revoked_at is None for key in web.accounts.api_keys.list_keys()),
        recent=web.accounts.audit.list_entries()[:MOST_CHANGES],
        cautions=web.responder.trends.list_cautions(),
        back="index",
        caution_text=caution_text,
        caution_advice=caution_advice,
        chance_text=chance_text,
        uneasy=list_uneasy(),
        standing_name=standing_name,
        place_text=place_text,
        promise_text=promise_text,
        helped=sum(vote.helped for vote in votes),
        not_helped=sum(vote.not_helped for vote in votes),
        unhelpful=[vote for vote in votes if vote.not_helped][:MOST_COMPLAINTS],
        why_text=why_text,
        action_name=action_name,
        person_name=person_name,
        subject_text=subject_text,
    )


def why_text(why: str) -> str:
    """A vote's reason: the chosen one in words, then the visitor's own."""
    code, _colon, words = why.partition(": ")
    chosen = _(REASONS[code]) if code in REASONS else ""
    return ": ".join(part for part in (chosen, words if chosen else why) if part)


def _article_counts(languages: tuple[str, ...]) -> dict[str, int]:
    """The same numbers as above the list of articles."""
    today = datetime.now(current_zone()).date()
    rows = rows_of(services().library.list_articles(), languages, today)
    counts = listing_of(rows, Filters(), 1).counts
    return {str(view): counts[view] for view in View}
