"""What was learned from customers' questions, written into the audit log."""

from collections.abc import Iterable

from responder.suggestions import Accepted
from web.services import WebServices


def record_accepted(web: WebServices, accepted: Iterable[Accepted], by: str) -> None:
    for one in accepted:
        after = {"questions": list(one.questions), "version": one.revision}
        web.accounts.audit.record(by, "article.learn", str(one.article), after=after)
