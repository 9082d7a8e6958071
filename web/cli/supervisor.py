"""Keeps the web server and the worker running as one: started together, stopped together."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

log = logging.getLogger(__name__)

GRACE_SECONDS = 20.0
LONGEST_PAUSE_SECONDS = 30.0
STEADY_SECONDS = 60.0


@dataclass
class Child:
    """One supervised process. A worker that dies is started again, ever more slowly."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    deaths: int = 0
    start_at: float = field(default=0.0)

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, env={**os.environ, **self.environment})
        self.started_at = time.monotonic()

    def tend(self) -> None:
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            if now - self.started_at > STEADY_SECONDS:
                self.deaths = 0
            return
        self.deaths += 1
        pause = min(2.0 ** (self.deaths - 1), LONGEST_PAUSE_SECONDS)
        log.error("child_died", extra={"child": self.name, "code": code, "restart_in": pause})
        self.process, self.start_at = None, now + pause

    def stop(self, deadline: float) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        try:
            self.process.wait(timeout=max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Supervisor:
    """Runs children until SIGTERM or SIGINT; a child's death never takes the others along."""

    def __init__(self, children: Sequence[Child]) -> None:
        self._children = children
        self._stopping = False

    def run(self) -> int:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGHUP, self._reload)
        for child in self._children:
            child.start()
        while not self._stopping:
            time.sleep(0.2)
            for child in self._children:
                child.tend()
        return self._end()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _reload(self, _number: int, _frame: FrameType | None) -> None:
        for child in self._children:
            if child.process is not None:
                child.process.send_signal(signal.SIGHUP)

    def _end(self) -> int:
        for child in self._children:
            if child.process is not None and child.process.poll() is None:
                child.process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self._children:
            child.stop(deadline)
        return 0


def own_command(*arguments: str) -> list[str]:
    """This very program again, whatever it was started as."""
    return [sys.executable, "-m", "web.cli", *arguments]
