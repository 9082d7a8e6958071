"""An index that is not there, is damaged or cannot be written: made anew from the articles."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from flask.testing import FlaskClient

from kb.database import sqlite_driver
from kb.models import ArticleKey
from tests.bad_input.case import Area, Case, Seen, Via
from tests.bad_input.seeing import ended, seen_of
from tests.bad_input.stage import Stage, opened, run

ANSWER = "Ongkos kirim dua puluh ribu rupiah."
REBUILT = "warning index_unusable problem=…index.db cannot be read: … then=built anew"
PAGE_BYTES = 4096
PATIENCE_SECONDS = 5.0


def index_of(site: Path) -> Path:
    return site / "data" / "index.db"


def asked(change: Callable[[Path], object]) -> Callable[[Stage], Seen]:
    """Answered as ever after this was done to the index; the next time it is quiet again."""

    def act(stage: Stage) -> Seen:
        site = stage.site()
        change(index_of(site))
        done = run("--site", site, "ask", "berapa ongkir")
        assert run("--site", site, "ask", "berapa ongkir").err == ""
        return ended(done)

    return act


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _scramble(path: Path) -> None:
    """Still called a database; every page after the first is noise."""
    content = bytearray(path.read_bytes())
    for start in range(PAGE_BYTES, len(content), PAGE_BYTES):
        content[start : start + 200] = os.urandom(200)
    path.write_bytes(content)


def _first_time(stage: Stage) -> Seen:
    seen = asked(Path.unlink)(stage)
    assert "warning" not in seen.text
    return seen


def _interrupted(stage: Stage) -> Seen:
    """What was embedded so far is in the file, and nothing else."""

    def stop_early(path: Path) -> None:
        connection = sqlite_driver().connect(path)
        connection.executescript("DROP TABLE parts; DROP TABLE passages;")
        connection.close()

    seen = asked(stop_early)(stage)
    assert "warning" not in seen.text
    return seen


def _other_recipe(stage: Stage) -> Seen:
    site = stage.site()
    settings = site / "jawab.toml"
    text = settings.read_text(encoding="utf-8").replace('"hashing"', '"none"')
    settings.write_text(text, encoding="utf-8")
    return ended(run("--site", site, "index"))


def _damaged_while_served(stage: Stage) -> Seen:
    """What is in memory answers on; what is published then is found too."""
    site = stage.site()
    with opened(site) as (visitor, services):
        assert visitor.get("/id/search?q=ongkir").status_code == 200
        index_of(site).write_bytes(b"garbage " * 1000)
        key = ArticleKey("id", "jam-buka")
        services.library.create(key, "---\ntitle: Jam buka toko\n---\nSetiap hari.\n", "dewi")
        services.library.publish(key, "dewi")
        return _once_found(visitor, "jam buka toko")


def _once_found(visitor: FlaskClient, wanted: str) -> Seen:
    """Every process looks for changes a few times a second."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        seen = seen_of(visitor.get("/api/v1/search", query_string={"q": wanted}))
        if (seen.document and seen.document["articles"]) or time.monotonic() > deadline:
            return seen
        time.sleep(0.05)


def _unwritable(stage: Stage) -> Seen:
    """Folders in the places of its files: not even root can write there."""
    site = stage.site()
    for path in (index_of(site), index_of(site).with_suffix(".lock")):
        path.unlink(missing_ok=True)
        path.mkdir()
    return ended(run("--site", site, "ask", "berapa ongkir"))


def case(name: str, given: str, expected: str, act: Callable[[Stage], Seen]) -> Case:
    return Case(name, Area.INDEX, given, Via.COMMAND, 0, expected, act)


CASES = (
    case(
        "index-missing",
        "no index: made quietly, then answered",
        f"{ANSWER}…info index_built passages=…",
        _first_time,
    ),
    case(
        "index-garbage",
        "an index of garbage: made anew, with a warning",
        f"{ANSWER}…{REBUILT}",
        asked(lambda path: path.write_bytes(b"garbage " * 1000)),
    ),
    case("index-cut", "an index cut in half: the same", f"{ANSWER}…{REBUILT}", asked(_cut)),
    case(
        "index-scrambled",
        "an index with noise inside: the same",
        f"{ANSWER}…{REBUILT}",
        asked(_scramble),
    ),
    case(
        "index-interrupted",
        "an index whose making was interrupted: finished quietly",
        f"{ANSWER}…info index_built passages=…",
        _interrupted,
    ),
    case(
        "index-recipe",
        "an index made with another embedder",
        "passages in …warning index_unusable problem=the index file was made by 'hashing-1 …' … "
        "then=built anew",
        _other_recipe,
    ),
    Case(
        "index-damaged-while-served",
        Area.INDEX,
        "an index damaged while the site is served: what is published then is still found",
        Via.API,
        200,
        "Jam buka toko",
        _damaged_while_served,
    ),
    case(
        "index-unwritable",
        "an index that cannot be written: made in memory, with a warning",
        f"{ANSWER}…warning index_not_shared problem=…warning index_not_saved problem=…",
        _unwritable,
    ),
)
