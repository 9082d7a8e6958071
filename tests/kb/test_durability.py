"""A process killed in the middle of its work: what it said was saved is there."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kb.database import Database, sqlite_url
from kb.models import ArticleKey
from kb.publishing import Library
from kb.workingcopy import WorkingCopy
from tests.conftest import StillClock
from tests.outside import PROJECT

KEY = ArticleKey("id", "paket")
WRITER = """
import sys
from pathlib import Path
from kb.database import Database
from kb.errors import EditConflict
from kb.models import ArticleKey
from kb.publishing import Library
from kb.workingcopy import WorkingCopy
from tests.conftest import StillClock

url, folder = sys.argv[1:]
clock, key = StillClock(), ArticleKey("id", "paket")
library = Library(Database(url), clock)
copy = WorkingCopy(library, Path(folder), clock)
for number in range(10_000):
    latest = library.get_article(key).latest.number
    text = f"---\\ntitle: Paket\\n---\\nTeks {number}\\n"
    library.save(key, text, by="x", based_on=latest)
    library.publish(key, "x")
    print(number, flush=True)
    copy.sync()
"""


def run_and_kill(url: str, folder: Path, after: int) -> int:
    """The last number that the writer said was saved."""
    command = [sys.executable, "-c", WRITER, url, str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=PROJECT, env=environment
    ) as process:
        assert process.stdout is not None
        said = -1
        for line in process.stdout:
            said = int(line)
            if said >= after:
                process.send_signal(signal.SIGKILL)
                break
        rest = [int(line) for line in process.stdout if line.strip().isdigit()]
    return rest[-1] if rest else said


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_killed_writer_lost_no_text_and_left_no_half_file(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    database: Database = request.getfixturevalue(f"{kind}_database")
    library, folder = Library(database, StillClock()), tmp_path / "articles"
    library.create(KEY, "---\ntitle: Paket\n---\n", "dewi")
    url = database.url.render_as_string(hide_password=False)
    for after in (3, 5, 8):
        said = run_and_kill(url, folder, after)
        saved = {revision.source.splitlines()[-1] for revision in library.list_revisions(KEY)}
        assert {f"Teks {number}" for number in range(said + 1)} <= saved
        WorkingCopy(library, folder, StillClock()).sync()
        text = (folder / "id/paket.md").read_text(encoding="utf-8")
        assert text == library.get_article(KEY).latest.source
    if kind == "sqlite":
        with database.read() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_a_half_written_file_of_a_crash_is_no_article(
    tmp_path: Path, sqlite_template: bytes
) -> None:
    (tmp_path / "jawab.db").write_bytes(sqlite_template)
    database = Database(sqlite_url(tmp_path / "jawab.db"))
    library, folder = Library(database, StillClock()), tmp_path / "articles"
    (folder / "id").mkdir(parents=True)
    (folder / "id/.paket.md.tmp").write_text("---\nti")
    library.create(KEY, "---\ntitle: Paket\n---\n", "dewi")
    report = WorkingCopy(library, folder, StillClock()).sync()
    assert (report.written, report.problems) == ((KEY,), ())
    assert [path.name for path in (folder / "id").iterdir()] == ["paket.md"]
    database.close()
