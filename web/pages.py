"""Every page there is, with an example of its address: for pictures, links checks and tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from web.accounts.models import Role

NOTHING: Mapping[str, str] = MappingProxyType({})
ARTICLES = {"id": "paket-belum-sampai", "en": "parcel-not-arrived"}
CATEGORY = "pengiriman"
# stand for what each site has of its own
TICKET = "{ticket}"
STATUS = "{status}"
ARTICLE = "{article}"
DECISION = "{decision}"
# of the golden sets and their runs
FIRST = "1"


@dataclass(frozen=True, slots=True)
class Page:
    """`role` is who must be signed in to see it; None: everybody may.

    Values in braces are filled in by whoever visits: `{article}` with the slug of ARTICLES in the
    language, `{ticket}`, `{status}` and `{decision}` with those of a conversation of that site.
    """

    name: str
    endpoint: str
    role: Role | None = None
    values: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    query: Mapping[str, str] = field(default_factory=lambda: NOTHING)


PAGES = (
    Page("home", "help.home"),
    Page("category", "help.category", values={"key": CATEGORY}),
    Page("article", "help.article", values={"slug": ARTICLE}),
    Page("article-why", "help.article", values={"slug": ARTICLE}, query={"helped": "no"}),
    Page("search", "help.search", query={"q": "paket"}),
    Page("search-nothing", "help.search", query={"q": "xkcdqq"}),
    Page("ask", "help.ask"),
    Page("contact", "help.contact"),
    Page("privacy", "help.privacy"),
    Page("status", "help.status", values={"token": STATUS}),
    Page("api-docs", "api.docs"),
    Page("sign-in", "accounts.sign_in"),
    Page("profile", "accounts.profile", Role.WRITER),
    Page("password", "accounts.password", Role.WRITER),
    Page("edit", "edit.index", Role.WRITER),
    Page("edit-new", "edit.new", Role.WRITER),
    Page("edit-article", "edit.article", Role.WRITER, {"slug": ARTICLE}),
    Page("edit-source", "edit.article", Role.WRITER, {"slug": ARTICLE}, {"tab": "source"}),
    Page("edit-history", "edit.revisions", Role.WRITER, {"slug": ARTICLE}),
    Page("edit-compare", "edit.compare", Role.WRITER, {"slug": ARTICLE}),
    Page("edit-publish", "edit.confirm_publish", Role.REVIEWER, {"slug": ARTICLE}),
    Page("edit-what-if", "edit.what_if", Role.WRITER, {"slug": ARTICLE}),
    Page("edit-learn", "edit.learn", Role.WRITER),
    Page("edit-slang", "edit.slang", Role.WRITER),
    Page("edit-slang-shipped", "edit.slang", Role.WRITER, query={"view": "shipped", "q": "ga"}),
    Page("edit-slang-entry", "edit.slang_entry", Role.WRITER, query={"form": "gmn"}),
    Page("edit-conflicts", "edit.conflicts", Role.WRITER),
    Page("desk", "desk.index", Role.AGENT),
    Page("desk-ticket", "desk.ticket", Role.AGENT, {"public_id": TICKET}),
    Page("desk-decision", "desk.decision", Role.WRITER, {"decision_id": DECISION}),
    Page("desk-review", "desk.review", Role.AGENT),
    Page("admin", "admin.index", Role.ADMIN),
    Page("admin-golden", "admin.golden", Role.REVIEWER),
    Page("admin-golden-set", "admin.golden_set", Role.REVIEWER, {"set_id": FIRST}),
    Page("admin-golden-run", "admin.golden_run", Role.REVIEWER, {"run_id": FIRST}),
    Page("admin-numbers", "admin.numbers", Role.ADMIN),
    Page("admin-drift", "admin.drift", Role.ADMIN),
    Page("admin-welcome", "admin.welcome", Role.ADMIN),
    Page("admin-thresholds", "admin.thresholds", Role.ADMIN),
    Page("admin-promises", "admin.promises", Role.ADMIN),
    Page("admin-confidence", "admin.confidence", Role.ADMIN),
    Page("admin-try", "admin.try_out", Role.ADMIN),
    Page("admin-what-if", "admin.what_if", Role.ADMIN, query={"kind": "slang"}),
    Page("admin-notice", "admin.notice", Role.ADMIN),
    Page("admin-wording", "admin.wording", Role.ADMIN),
    Page("admin-firm", "admin.firm", Role.ADMIN),
    Page("admin-staff", "admin.staff", Role.ADMIN),
    Page("admin-api-keys", "admin.api_keys", Role.ADMIN),
    Page("admin-audit", "admin.audit", Role.ADMIN),
)

# answers to GET that are no page of their own, each with what it is
NOT_PAGES: Mapping[str, str] = {
    "accounts.start": "redirect",
    "admin.export_golden": "file",
    "admin.numbers_csv": "file",
    "admin.golden_waiting": "part",
    "api.get_article": "JSON",
    "api.list_articles": "JSON",
    "api.list_gaps": "JSON",
    "api.list_suggestions": "JSON",
    "api.openapi": "JSON",
    "api.search": "JSON",
    "desk.pick_article": "part",
    "desk.queue_part": "part",
    "desk.ticket_part": "part",
    "edit.conflict": "shown while a file and the portal differ",
    "edit.clash": "shown while two people edit one article",
    "edit.slang_state": "part",
    "edit.slug": "part",
    "health.alive": "JSON",
    "health.ready": "JSON",
    "help.favicon": "picture",
    "help.logo": "picture",
    "help.media": "picture",
    "help.media_below": "picture",
    "help.media_beside": "picture",
    "help.robots": "text",
    "help.root": "redirect",
    "help.set_language": "redirect",
    "help.sitemap": "XML",
    "help.status_live": "part",
    "help.suggest": "part",
    "help.theme": "stylesheet",
    "help.turns": "part",
    "static": "file",
}
