"""The worker's longer duties: golden sets that somebody wants run, and the nightly look."""

import logging
from collections.abc import Callable

from web.services import WebServices

log = logging.getLogger(__name__)

GOLDEN_SECONDS = 2.0
NIGHT_CHECK_SECONDS = 300.0


def run_golden(web: WebServices) -> Callable[[], None]:
    """The runs of golden sets that somebody asked for."""

    def act() -> None:
        for run in web.responder.golden_queue.work_off():
            log.info("golden_run", extra={"set": run.set_id, "questions": run.figures.questions})

    return act


def look_nightly(web: WebServices) -> Callable[[], None]:
    """Once a day of the firm, as soon as somebody is there to do it."""

    def act() -> None:
        trends = web.responder.trends
        if trends.is_due():
            trends.look()

    return act
