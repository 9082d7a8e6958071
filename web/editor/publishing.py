"""Going live: the index learns the new passages before customers can be answered with them."""

from flask import flash

from kb.errors import EditConflict, IllegalMove
from kb.models import ArticleKey
from kb.parsing import parse_stored
from web.accounts.models import Staff
from web.i18n import gettext as _
from web.services import services


def publish_latest(key: ArticleKey, staff: Staff, *, based_on: int) -> bool:
    """Publish the revision that was looked at; says on the next page how it went."""
    web = services()
    before = web.library.get_article(key)
    web.searcher.prepare(parse_stored(before.latest.source, key))
    try:
        revision = web.library.publish(key, staff.email, based_on=based_on)
    except EditConflict:
        flash(_("Somebody saved a newer text meanwhile: look at it before publishing."), "warning")
        return False
    except IllegalMove:
        flash(_("In this state it cannot be published: bring it back first."), "warning")
        return False
    web.accounts.audit.record(
        staff.email,
        "article.publish",
        str(key),
        before={"version": before.published_revision},
        after={"version": revision.number},
    )
    after = web.library.get_article(key)
    if after.scheduled_at is not None:
        flash(_("It will go live at the time that its publish_at says."), "success")
    else:
        flash(_("Published: customers and the bot have it now."), "success")
    return True
