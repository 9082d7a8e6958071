"""A long look with its progress: one JSON object a line, the last one is the result."""

import json
import queue
import threading
from collections.abc import Callable, Generator

from responder.changes import Change
from responder.whatif import Outlook, Scope, Stage, WhatIf

NDJSON = "application/x-ndjson"
Line = dict[str, object]


class Abandoned(Exception):
    """Nobody waits for it any more."""


def watched(
    what_if: WhatIf,
    change: Change,
    scope: Scope,
    *,
    finish: Callable[[Outlook], Line],
    fail: Callable[[Exception], Line],
) -> Generator[str, None, None]:
    """Lines {"stage", "done", "total"}, then what `finish` or `fail` makes of the outcome."""
    lines: queue.SimpleQueue[Line | Outlook | Exception] = queue.SimpleQueue()
    abandoned = threading.Event()

    def watch(stage: Stage, done: int, total: int) -> None:
        if abandoned.is_set():
            raise Abandoned
        lines.put({"stage": stage.value, "done": done, "total": total})

    def look() -> None:
        try:
            lines.put(what_if.look(change, scope, watch))
        except Exception as error:  # noqa: BLE001 (told to whoever waits)
            lines.put(error)

    threading.Thread(target=look, name="what-if", daemon=True).start()
    try:
        while True:
            line = lines.get()
            if isinstance(line, dict):
                yield _text(line)
            else:
                yield _text(finish(line) if isinstance(line, Outlook) else fail(line))
                return
    finally:
        abandoned.set()


def _text(line: Line) -> str:
    return json.dumps(line, ensure_ascii=False) + "\n"
