"""The worker's part of the index: learned anew when much changed, and when slang did."""

import logging
import time
from collections.abc import Callable

from kb.slang import Stamp
from web.services import WebServices

log = logging.getLogger(__name__)

SLANG_SECONDS = 1.0
REBUILD_CHECK_SECONDS = 60.0
REBUILD_AT_LEAST_SECONDS = 24 * 3600.0


def learn_slang(web: WebServices) -> Callable[[], None]:
    """When a list was written to, by hand or in the portal, and is the same at two looks."""
    looked: Stamp | None = None
    learned: Stamp | None = None

    def act() -> None:
        nonlocal looked, learned
        before, looked = looked, web.slang.stamp()
        if looked == learned or looked != before:
            return
        learned = looked
        _tell_problems(web)
        if web.searcher.has_new_slang():
            web.searcher.rebuild()
            log.info("slang_learned")

    return act


def rebuild_when_due(web: WebServices) -> Callable[[], None]:
    """When much changed, once a day, and when slang is waiting still."""
    learned_at = time.monotonic()

    def act() -> None:
        nonlocal learned_at
        is_old = time.monotonic() - learned_at > REBUILD_AT_LEAST_SECONDS
        searcher = web.searcher
        if is_old or searcher.needs_rebuild() or searcher.has_new_slang():
            searcher.rebuild()
            learned_at = time.monotonic()
            log.info("index_rebuilt")

    return act


def _tell_problems(web: WebServices) -> None:
    for problem in web.slang.list_problems():
        log.warning("slang_unreadable", extra={"problem": str(problem)})
