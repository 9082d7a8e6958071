"""What every command that works on a site starts with."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kb.search import Searcher
from kb.vectors import Progress as Report
from kb.workingcopy import SyncReport, WorkingCopy
from web.logs import set_up_logs
from web.migrations.migrate import check_version, current, upgrade
from web.services import WebServices
from web.settings import load_settings
from web.wiring import build_web_services

console = Console(stderr=True)


@contextmanager
def opened(site: Path) -> Iterator[WebServices]:
    """The services of a site whose database is neither missing nor ahead of this program."""
    settings = load_settings(site)
    set_up_logs(settings.log)
    web = build_web_services(settings)
    try:
        ensure_schema(web)
        yield web
    finally:
        web.database.close()


def ensure_schema(web: WebServices) -> None:
    """An empty database gets tables and articles; one with data is migrated by `serve` and `db`."""
    web.settings.data_dir.mkdir(parents=True, exist_ok=True)
    check_version(web.database)
    if current(web.database) is None:
        upgrade(web.database)
        working_copy(web).sync()


def working_copy(web: WebServices) -> WorkingCopy:
    return WorkingCopy(web.library, web.settings.articles_dir, web.responder.clock)


def describe(report: SyncReport) -> list[str]:
    """One line for each thing that happened or needs a person."""
    lines = [f"taken in: {key}" for key in report.taken_in]
    lines += [f"written: {key}" for key in report.written]
    lines += [f"archived: {key}" for key in report.archived]
    lines += ["routes taken in"] if report.routes_changed else []
    lines += [f"conflict: {conflict.path} ({conflict.kind})" for conflict in report.conflicts]
    lines += [f"problem: {problem}" for problem in report.problems]
    return lines


def start_index(searcher: Searcher, *, rebuild: bool = False) -> int:
    """Load or build the index under a progress bar, with the slang as it is listed now; returns the
    number of its passages."""
    with progress_bar("Reading the articles") as report:
        if not rebuild:
            searcher.start(report)
        if rebuild or searcher.has_new_slang():
            searcher.rebuild(report)
    return len(searcher.snapshot().passages)


@contextmanager
def progress_bar(title: str) -> Iterator[Report]:
    """A bar on standard error, shown from the first report on."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.add_task(title, total=None, visible=False)

        def report(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=True)

        yield report
