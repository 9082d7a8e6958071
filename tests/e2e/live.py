"""A site that really runs: gunicorn on a free port, ended by its process id."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from responder.clock import utc_now
from tests.ports import free_port
from tests.web.sites import make_site, publish
from web.services import WebServices

PROJECT = Path(__file__).parents[2]
START_SECONDS = 60
SETTINGS = """[site]
url = "{url}"
[embedder]
name = "hashing"
"""


@dataclass(frozen=True, slots=True)
class LiveSite:
    """`services` work on the same database as the server."""

    url: str
    services: WebServices


@contextmanager
def running_site(folder: Path) -> Iterator[LiveSite]:
    url = f"http://127.0.0.1:{free_port()}"
    site = make_site(folder, utc_now, url=url)
    publish(site)
    (folder / "jawab.toml").write_text(SETTINGS.format(url=url), encoding="utf-8")
    site.services.searcher.start()
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command(url), cwd=PROJECT, env=environment(folder), stderr=out)
    try:
        wait_until_ready(url, process, log)
        yield LiveSite(url, site.services)
    finally:
        process.terminate()
        process.wait(timeout=20)
        site.services.database.close()


def command(url: str) -> list[str]:
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "python:web.gunicorn_config"]
    address = url.removeprefix("http://")
    return [*gunicorn, "--bind", address, "--workers", "1", "--threads", "4", "web.wsgi:app"]


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "JAWAB_SITE": str(folder), "OMP_WAIT_POLICY": "passive"}


def wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError(f"the server did not start: {log.read_text(errors='replace')[-2000:]}")
