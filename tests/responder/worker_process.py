"""A worker in a process of its own, to be killed; its argument is the folder of the database."""

import sys
import time
from dataclasses import replace
from pathlib import Path
from threading import Event

from kb.database import Database, sqlite_url
from responder.bootstrap import build_services
from responder.clock import utc_now
from responder.delivery import Delivery, Outbound, Sent
from responder.pipeline import Worker
from tests.responder.builders import Script, some_settings


class FileChannel:
    """Says on disk what it sent, slowly."""

    name = "outbox"

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, outbound: Outbound) -> Delivery:
        with self._path.open("a") as file:
            file.write(f"{outbound.recipient}\n")
        time.sleep(0.005)
        return Sent(outbound.message_id)


def worker(folder: Path, clock: object = utc_now) -> Worker:
    database = Database(sqlite_url(folder / "jawab.db"))
    services = build_services(database, some_settings(outbox=folder / "outbox"), Script(), clock)  # type: ignore[arg-type]
    channel = FileChannel(folder / "sent.txt")
    return Worker(replace(services.pipeline.tools, channels={"outbox": channel}))


if __name__ == "__main__":
    worker(Path(sys.argv[1])).run(Event(), idle_seconds=0.01)
