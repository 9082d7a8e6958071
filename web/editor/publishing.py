"""Going live: the index learns the new passages before customers can be answered with them."""

from kb.models import ArticleKey, Status
from kb.parsing import parse_stored
from kb.revisions import StoredArticle
from web.accounts.models import Staff
from web.accounts.rights import PUBLISHING
from web.services import services


def may_publish(staff: Staff, stored: StoredArticle) -> bool:
    """Writers publish their drafts; what waits for a review is a reviewer's to publish."""
    return stored.status is not Status.REVIEW or staff.has(*PUBLISHING)


def publish(key: ArticleKey, staff: Staff, *, based_on: int, knowingly: bool) -> StoredArticle:
    """Raises EditConflict when `based_on`, the revision looked at, is not the latest any more.

    `knowingly`: in spite of what the checks or past questions said.
    """
    web = services()
    before = web.library.get_article(key)
    web.searcher.prepare(parse_stored(before.latest.source, key))
    revision = web.library.publish(key, staff.email, based_on=based_on)
    web.accounts.audit.record(
        staff.email,
        "article.publish",
        str(key),
        before={"version": before.published_revision},
        after={"version": revision.number, **({"knowingly": True} if knowingly else {})},
    )
    return web.library.get_article(key)
