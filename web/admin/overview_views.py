"""The admins' first page: what needs somebody, and how the site is set up."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from kb.models import Status
from kb.revisions import ArticleSummary
from web.admin.audit_words import action_name, person_name
from web.admin.blueprint import bp
from web.i18n import current_zone
from web.services import services


@dataclass(frozen=True, slots=True)
class Holding:
    """How many articles of each kind there are."""

    live: int
    drafts: int
    in_review: int
    overdue: int


@bp.get("/")
def index() -> Response | str:
    web = services()
    profile = web.responder.firm.get()
    if not profile.onboarded:
        return redirect(url_for("admin.welcome"))
    return render_template(
        "admin/index.html",
        counts=web.responder.inbox.counts(),
        holding=count_articles(web.library.list_articles(), datetime.now(current_zone()).date()),
        thresholds=web.responder.thresholds.list_thresholds(),
        settings=web.settings,
        staff_count=sum(not person.disabled for person in web.accounts.list_staff()),
        key_count=sum(key.revoked_at is None for key in web.accounts.api_keys.list_keys()),
        recent=web.accounts.audit.list_entries()[:8],
        action_name=action_name,
        person_name=person_name,
        feedback=web.responder.feedback.summary(),
    )


def count_articles(found: tuple[ArticleSummary, ...], today: date) -> Holding:
    return Holding(
        live=sum(summary.is_live for summary in found),
        drafts=sum(summary.has_draft for summary in found),
        in_review=sum(summary.status is Status.REVIEW for summary in found),
        overdue=sum(is_overdue(summary, today) for summary in found),
    )


def is_overdue(summary: ArticleSummary, today: date) -> bool:
    """Live, but past its review date or the end of its validity: it answers no more by itself."""
    days = (summary.article.review_by, summary.article.valid_until)
    return summary.is_live and any(day is not None and day < today for day in days)
