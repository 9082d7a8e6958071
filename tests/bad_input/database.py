"""A database that is locked, full, read-only, damaged, too new or away."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from flask.testing import FlaskClient

from kb.database import sqlite_driver
from tests.bad_input.case import Area, Case, Seen, Via
from tests.bad_input.seeing import changed, ended, seen_of
from tests.bad_input.stage import ARTICLE, Stage, impatient, locked, opened, put, run, run_alone
from web.services import WebServices

READ = ("/id/", "/id/articles/ongkos-kirim", "/id/search?q=ongkir", "/id/ask", "/api/v1/articles")
QUESTION = {"text": "berapa ongkir"}
BUSY = "Kami sedang sibuk"
LATER = "nothing can be read or kept right now: try again in a few seconds"
PAGE_BYTES = 4096
FEW_BYTES = 64 * 1024


def database_of(site: Path) -> Path:
    return site / "data" / "jawab.db"


def still_reads(visitor: FlaskClient) -> None:
    for path in READ:
        assert visitor.get(path).status_code == 200, path


@contextmanager
def _locked_site(stage: Stage) -> Iterator[FlaskClient]:
    site = stage.site()
    with opened(site) as (visitor, _services), locked(database_of(site)):
        still_reads(visitor)
        yield visitor


def _locked_page(stage: Stage) -> Seen:
    with _locked_site(stage) as visitor:
        return seen_of(visitor.post("/id/ask", data=QUESTION))


def _locked_api(stage: Stage) -> Seen:
    with _locked_site(stage) as visitor:
        return seen_of(visitor.post("/api/v1/ask", json=QUESTION))


def _locked_search(stage: Stage) -> Seen:
    with _locked_site(stage) as visitor:
        return seen_of(visitor.get("/api/v1/search?q=ongkir"))


def _locked_command(stage: Stage) -> Seen:
    site = stage.site()
    with locked(database_of(site)), impatient():
        return ended(run("--site", site, "staff", "add", "dewi@example.com"))


def _locked_for_long(stage: Stage) -> Seen:
    """As people run it: it waits ten seconds."""
    site = stage.site()
    with locked(database_of(site)):
        return ended(run_alone("--site", site, "articles", "import", put(site, "../a.md", ARTICLE)))


def _unlocked(stage: Stage) -> Seen:
    site = stage.site()
    with opened(site) as (visitor, _services):
        with locked(database_of(site)):
            assert visitor.post("/id/ask", data=QUESTION).status_code == 503
        return _followed(visitor)


def _followed(visitor: FlaskClient) -> Seen:
    assert visitor.post("/id/ask", data=QUESTION).status_code == 303
    return seen_of(visitor.get("/id/ask"))


def _read_only(stage: Stage) -> Seen:
    site = stage.site()
    address = f"sqlite:///file:{database_of(site)}?mode=ro&uri=true"
    with opened(site, database=address) as (visitor, _services):
        still_reads(visitor)
        assert visitor.get("/api/v1/search?q=ongkir").status_code == 200
        return seen_of(visitor.post("/id/ask", data=QUESTION))


def _let_grow(services: WebServices, *, pages: int) -> None:
    """The disk has room for so many pages more; for a new connection."""
    services.database.engine.dispose()

    @sa.event.listens_for(services.database.engine, "connect")
    def _limit(raw, _record) -> None:
        used = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count={used + pages}")


def _full(stage: Stage) -> Seen:
    with opened(stage.site()) as (visitor, services):
        _let_grow(services, pages=0)
        still_reads(visitor)
        return seen_of(visitor.post("/id/ask", data={"text": "ongkir " * 280}))


def _room_again(stage: Stage) -> Seen:
    """Without a restart."""
    with opened(stage.site()) as (visitor, services):
        _let_grow(services, pages=0)
        assert visitor.post("/id/ask", data={"text": "ongkir " * 280}).status_code == 503
        _let_grow(services, pages=100)
        return _followed(visitor)


def _backup_without_room(stage: Stage) -> Seen:
    site = stage.site()
    out = site / "data" / "backups" / "b.zip"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (FEW_BYTES, before[1]))
    try:
        done = run("--site", site, "db", "backup", out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(out.parent.iterdir()) == []
    return ended(done)


def _scramble(site: Path) -> None:
    """The file is still called a database; every page after the first is noise."""
    path = database_of(site)
    content = bytearray(path.read_bytes())
    for start in range(PAGE_BYTES, len(content), PAGE_BYTES):
        content[start : start + 200] = os.urandom(200)
    path.write_bytes(content)


def _overwrite(site: Path) -> None:
    database_of(site).write_bytes(b"garbage " * 5000)


def _damaged(stage: Stage, path: str) -> Seen:
    site = stage.site()
    _scramble(site)
    with opened(site) as (visitor, _services):
        assert visitor.get("/healthz").status_code == 200
        return seen_of(visitor.get(path))


def _newer(site: Path) -> None:
    connection = sqlite_driver().connect(database_of(site))
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()


def _server_away(site: Path) -> None:
    settings = site / "jawab.toml"
    away = '[database]\nurl = "postgresql+psycopg://jawab:secret@127.0.0.1:1/jawab"\n'
    settings.write_text(away, encoding="utf-8")


def command(name: str, given: str, expected: str, change, *arguments: str) -> Case:
    act = changed(change, *arguments)
    return Case(name, Area.DATABASE, given, Via.COMMAND, 4, expected, act)


DAMAGED = "the database is damaged (…): restore a backup into a new folder with `jawab db restore`"
TOO_NEW = (
    "the database was written by a newer Jawab (migration 9999); install that version or restore a "
    "backup"
)
CASES = (
    Case(
        "database-locked",
        Area.DATABASE,
        "another program holds the write lock while a customer asks; pages can still be read",
        Via.PAGE,
        503,
        BUSY,
        _locked_page,
        "id",
    ),
    Case(
        "database-locked-api",
        Area.DATABASE,
        "the same through the API",
        Via.API,
        503,
        LATER,
        _locked_api,
    ),
    Case(
        "database-locked-search",
        Area.DATABASE,
        "the same for a search: it only reads",
        Via.API,
        200,
        "Ongkos kirim",
        _locked_search,
    ),
    Case(
        "database-locked-command",
        Area.DATABASE,
        "the same for a command that writes",
        Via.COMMAND,
        4,
        "the database did not answer: database is locked",
        _locked_command,
    ),
    Case(
        "database-locked-import",
        Area.DATABASE,
        "the same for an import, which waits ten seconds",
        Via.COMMAND,
        4,
        "the database did not answer: database is locked",
        _locked_for_long,
        is_slow=True,
    ),
    Case(
        "database-unlocked",
        Area.DATABASE,
        "the lock is gone: answered without a restart",
        Via.PAGE,
        200,
        "Ongkos kirim dua puluh ribu rupiah.",
        _unlocked,
        "id",
    ),
    Case(
        "database-read-only",
        Area.DATABASE,
        "a database that can only be read: the help centre stays up, asking is refused politely",
        Via.PAGE,
        503,
        BUSY,
        _read_only,
        "id",
    ),
    Case(
        "database-full",
        Area.DATABASE,
        "no room on the disk: the same",
        Via.PAGE,
        503,
        BUSY,
        _full,
        "id",
    ),
    Case(
        "database-room-again",
        Area.DATABASE,
        "room again: answered without a restart",
        Via.PAGE,
        200,
        "Ongkos kirim dua puluh ribu rupiah.",
        _room_again,
        "id",
    ),
    Case(
        "backup-without-room",
        Area.DATABASE,
        "no room for a backup: no half file stays",
        Via.COMMAND,
        4,
        "the database could not be copied:…",
        _backup_without_room,
    ),
    Case(
        "database-damaged",
        Area.DATABASE,
        "a damaged database: the page",
        Via.PAGE,
        503,
        BUSY,
        lambda stage: _damaged(stage, "/id/"),
        "id",
    ),
    Case(
        "database-damaged-api",
        Area.DATABASE,
        "a damaged database: the API",
        Via.API,
        503,
        LATER,
        lambda stage: _damaged(stage, "/api/v1/articles"),
    ),
    command(
        "database-damaged-command",
        "a damaged database: a command",
        DAMAGED,
        _scramble,
        "ask",
        "ongkir",
    ),
    command("database-garbage", "a file that is no database", DAMAGED, _overwrite, "index"),
    command(
        "database-garbage-backup",
        "a backup of a damaged database",
        "the database is damaged (…): restore an earlier backup into a new folder",
        _overwrite,
        "db",
        "backup",
    ),
    command("database-newer", "a database of a newer Jawab", TOO_NEW, _newer, "ask", "ongkir"),
    command("database-newer-serve", "the same when starting", TOO_NEW, _newer, "serve"),
    command(
        "database-newer-staff",
        "the same for staff accounts",
        TOO_NEW,
        _newer,
        "staff",
        "add",
        "dewi@example.com",
    ),
    command(
        "database-away",
        "a database server that does not answer; its password is not told",
        "the database did not answer: connection failed:…",
        _server_away,
        "ask",
        "ongkir",
    ),
)
