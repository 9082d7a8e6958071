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
from responder.calibrations import ITSELF
from responder.errors import ResponderError
from web.cli.index_duty import (
    REBUILD_CHECK_SECONDS,
    SLANG_SECONDS,
    learn_slang,
    rebuild_when_due,
)
from web.cli.night import GOLDEN_SECONDS, NIGHT_CHECK_SECONDS, look_nightly, run_golden
from web.cli.opening import opened, working_copy
from web.cli.promise_duty import CHECK_SECONDS, keep_promises
from web.learned import record_accepted
from web.services import WebServices

log = logging.getLogger(__name__)

SYNC_SECONDS = 2.0
PUBLISH_SECONDS = 5.0
FORGET_SECONDS = 3600.0
LEARN_SECONDS = 30.0


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
        except (KbError, ResponderError, OSError) as error:
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
        groups = {
            "duties": duties_of(web),
            "index": index_duties_of(web),
            "night": long_duties_of(web),
        }
        threads = [
            threading.Thread(target=tend, args=(duties, stop), name=name, daemon=True)
            for name, duties in groups.items()
        ]
        for thread in threads:
            thread.start()
        web.responder.pipeline.run(stop)
        for thread in threads:
            thread.join(timeout=10)


def duties_of(web: WebServices) -> list[Duty]:
    return [
        Duty("sync", SYNC_SECONDS, _sync(web)),
        Duty("publish", PUBLISH_SECONDS, _publish_due(web)),
        Duty("quotas", FORGET_SECONDS, _forget_quotas(web)),
        Duty("learn", LEARN_SECONDS, learn_by_rule(web)),
        Duty("promises", CHECK_SECONDS, keep_promises(web)),
    ]


def index_duties_of(web: WebServices) -> list[Duty]:
    """They may take minutes: nobody's publishing waits for them."""
    return [
        Duty("slang", SLANG_SECONDS, learn_slang(web)),
        Duty("rebuild", REBUILD_CHECK_SECONDS, rebuild_when_due(web)),
    ]


def long_duties_of(web: WebServices) -> list[Duty]:
    """As those of the index."""
    return [
        Duty("golden", GOLDEN_SECONDS, run_golden(web)),
        Duty("night", NIGHT_CHECK_SECONDS, look_nightly(web)),
    ]


def tend(duties: list[Duty], stop: threading.Event) -> None:
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


def learn_by_rule(web: WebServices) -> Callable[[], None]:
    """Example questions that enough agents agree on."""

    def act() -> None:
        accepted = web.responder.suggestions.accept_by_rule()
        record_accepted(web, accepted, ITSELF)
        for one in accepted:
            facts = {"article": str(one.article), "questions": len(one.questions)}
            log.info("learned_by_rule", extra=facts)

    return act


def _forget_quotas(web: WebServices) -> Callable[[], None]:
    def act() -> None:
        web.responder.quotas.forget_old()

    return act
