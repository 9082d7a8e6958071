"""The list of articles."""

from collections.abc import Mapping

from flask import render_template, request

from kb.models import Status
from kb.revisions import ArticleSummary
from web.editor.blueprint import bp
from web.editor.forms import ListForm
from web.editor.lint_words import lint_text
from web.editor.listing import Filters, Order, View, listing_of, rows_of
from web.editor.page import errors_by_key
from web.editor.shelf import category_title, list_categories, list_owners, today
from web.forms import FormProblems, read_form
from web.i18n import N_
from web.i18n import gettext as _
from web.services import current_firm, services

VIEWS = {
    View.ALL: N_("All"),
    View.LIVE: N_("Live"),
    View.DRAFT: N_("Drafts"),
    View.REVIEW: N_("Waiting for review"),
    View.SCHEDULED: N_("Scheduled"),
    View.OVERDUE: N_("Review overdue"),
    View.UNTRANSLATED: N_("Not translated"),
    View.BEHIND: N_("Translation behind"),
    View.ARCHIVED: N_("Archived"),
}
ALWAYS_SHOWN = frozenset({View.ALL, View.LIVE, View.DRAFT, View.REVIEW, View.OVERDUE})
ORDERS = {
    Order.CHANGED: N_("changed last"),
    Order.TITLE: N_("title"),
    Order.REVIEW_BY: N_("review date"),
}


@bp.get("/")
def index() -> str:
    form = read_form(ListForm, request.args)
    if isinstance(form, FormProblems):
        form = ListForm()
    filters = Filters(
        lang=form.lang,
        category=form.category,
        owner=form.owner,
        text=form.q,
        view=form.view,
        order=form.order,
    )
    summaries = services().library.list_articles()
    rows = rows_of(summaries, current_firm().languages, today())
    listing = listing_of(rows, filters, form.page)
    return render_template(
        "editor/index.html",
        filters=filters,
        listing=listing,
        errors=errors_by_key((row.article for row in listing.rows), summaries),
        total=len(summaries),
        tabs=_tabs(filters, listing.counts),
        orders=[(order, _(name)) for order, name in ORDERS.items()],
        categories=list_categories(form.category),
        languages=sorted({s.key.lang for s in summaries} | set(current_firm().languages)),
        owners=list_owners(summaries),
        category_title=category_title,
        state_of=state_of,
        lint_text=lint_text,
        conflicts=len(services().working_copy.list_conflicts()),
    )


def _tabs(filters: Filters, counts: Mapping[View, int]) -> list[tuple[View, str, int]]:
    """Those with articles, and the few that are always of interest."""
    return [
        (view, _(name), counts[view])
        for view, name in VIEWS.items()
        if counts[view] or view in ALWAYS_SHOWN or view is filters.view
    ]


def state_of(summary: ArticleSummary) -> tuple[str, str]:
    """What a writer must know first: text and kind of the badge."""
    if summary.status is Status.ARCHIVED:
        return _("archived"), "quiet"
    if summary.is_live:
        return _("live"), "good"
    if summary.scheduled_at is not None:
        return _("scheduled"), "busy"
    return (_("in review"), "busy") if summary.status is Status.REVIEW else (_("draft"), "quiet")
