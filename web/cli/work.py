"""`jawab work`: the worker: sends, publishes what is due, keeps folder and index in step."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import click

from kb.errors import KbError
from web.cli.opening import opened, working_copy
from web.cli.promise_duty import CHECK_SECONDS, keep_promises
from web.services import WebServices

log = logging.getLogger(__name__)

SYNC_SECONDS = 2.0
PUBLISH_SECONDS = 5.0
REBUILD_CHECK_SECONDS = 60.0
FORGET_SECONDS = 3600.0
GOLDEN_SECONDS = 2.0
REBUILD_AT_LEAST_SECONDS = 24 * 3600.0


@dataclass
class Duty:
    """Something done again and again; its failure is logged and never stops the others."""

    name: str
    every_seconds: float
    act: Callable[[], None]
    next_at: float = 0.0

    def tend(self, now: float) -> None:
        if now < self.next_at:
            return
        self.next_at = now + self.every_seconds
        try:
            self.act()
        except (KbError, OSError) as error:
            log.warning("duty_failed", extra={"duty": self.name, "problem": str(error)})


@click.command()
@click.pass_obj
def work(site: Path) -> None:
    """Run the worker alone; `jawab serve` runs one already."""
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    with opened(site) as web:
        tidy = threading.Thread(target=keep_tidy, args=(web, stop), name="duties", daemon=True)
        tidy.start()
        web.responder.pipeline.run(stop)
        tidy.join(timeout=10)


def keep_tidy(web: WebServices, stop: threading.Event) -> None:
    duties = [
        Duty("sync", SYNC_SECONDS, _sync(web)),
        Duty("publish", PUBLISH_SECONDS, _publish_due(web)),
        Duty("rebuild", REBUILD_CHECK_SECONDS, _rebuild(web)),
        Duty("quotas", FORGET_SECONDS, _forget_quotas(web)),
        Duty("golden", GOLDEN_SECONDS, run_golden(web)),
        Duty("promises", CHECK_SECONDS, keep_promises(web)),
    ]
    while not stop.wait(0.5):
        for duty in duties:
            duty.tend(time.monotonic())


def _sync(web: WebServices) -> Callable[[], None]:
    copy = working_copy(web)
    reported: set[str] = set()

    def act() -> None:
        report = copy.sync()
        problems = {str(problem) for problem in report.problems}
        for problem in problems - reported:
            log.warning("article_unreadable", extra={"problem": problem})
        reported.clear()
        reported.update(problems)

    return act


def _publish_due(web: WebServices) -> Callable[[], None]:
    def act() -> None:
        for key in web.library.publish_due(web.responder.clock()):
            log.info("published_as_scheduled", extra={"article": str(key)})

    return act


def _rebuild(web: WebServices) -> Callable[[], None]:
    """When much changed, and once a day, the statistics are learned anew."""
    learned_at = time.monotonic()

    def act() -> None:
        nonlocal learned_at
        is_old = time.monotonic() - learned_at > REBUILD_AT_LEAST_SECONDS
        if is_old or web.searcher.needs_rebuild():
            web.searcher.rebuild()
            learned_at = time.monotonic()
            log.info("index_rebuilt")

    return act


def _forget_quotas(web: WebServices) -> Callable[[], None]:
    def act() -> None:
        web.responder.quotas.forget_old()

    return act


def run_golden(web: WebServices) -> Callable[[], None]:
    """The runs of golden sets that somebody asked for."""

    def act() -> None:
        for run in web.responder.golden_queue.work_off():
            log.info("golden_run", extra={"set": run.set_id, "questions": run.figures.questions})

    return act
