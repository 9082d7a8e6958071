"""`jawab serve`: everything a site needs, in one command."""

import importlib.util
import logging
import socket
import sys
from pathlib import Path

import click

import web as own_package
from kb.errors import InvalidSettings
from web.accounts.models import Role
from web.backup import back_up, backup_name
from web.cli.opening import console, describe, start_index, working_copy
from web.cli.supervisor import Child, Supervisor, own_command
from web.logs import set_up_logs
from web.migrations.migrate import check_version, is_behind, upgrade
from web.services import WebServices
from web.settings import Settings, load_settings
from web.wiring import build_web_services

log = logging.getLogger(__name__)

FIRST_ADMIN = "admin@jawab.local"
# one thread a question: processes that spin for each other wait for seconds
OPENMP = {"OMP_WAIT_POLICY": "passive", "OPENBLAS_NUM_THREADS": "1"}


@click.command()
@click.pass_obj
def serve(site: Path) -> None:
    """Run the help centre, the portal and the worker."""
    settings = load_settings(site)
    set_up_logs(settings.log)
    refuse_foreign_web()
    refuse_taken_port(settings)
    web = build_web_services(settings)
    prepare(web)
    web.database.close()
    _greet(settings)
    sys.exit(Supervisor(children(site, settings)).run())


def refuse_foreign_web() -> None:
    """Another distribution's top-level `web` would shadow ours in part; better to stop here."""
    found = importlib.util.find_spec("web")
    ours = Path(str(own_package.__file__)).resolve()
    if found is None or found.origin is None or Path(found.origin).resolve() != ours:
        raise InvalidSettings(
            "another package named `web` (web.py?) is installed here: give Jawab an environment "
            "of its own"
        )


def refuse_taken_port(settings: Settings) -> None:
    """Found out now rather than in a worker's log; the address must be free when we start."""
    server = settings.server
    family = socket.AF_INET6 if ":" in server.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((server.host, server.port))
        except OSError as error:
            raise InvalidSettings(
                f"cannot listen on {server.host}:{server.port} ({error.strerror}): stop what "
                "uses it, or set server.port and site.url in jawab.toml"
            ) from None


def prepare(web: WebServices) -> None:
    """Database, articles, index, first admin: all there before the first visitor."""
    _migrate(web)
    for line in describe(working_copy(web).sync()):
        if line.startswith(("problem", "conflict")):
            console.print(line, style="yellow", markup=False)
    start_index(web.searcher)
    _first_admin(web)


def _migrate(web: WebServices) -> None:
    web.settings.data_dir.mkdir(parents=True, exist_ok=True)
    check_version(web.database)
    if is_behind(web.database) and web.database.is_sqlite:
        target = backup_name(web.settings.folder)
        back_up(web.settings, target)
        console.print(f"Backed up to {target} before the database is upgraded.", markup=False)
    upgrade(web.database)


def _first_admin(web: WebServices) -> None:
    if web.accounts.list_staff():
        return
    password = web.accounts.add_staff(FIRST_ADMIN, "Admin", [Role.ADMIN])
    console.print("\nThe first admin signs in at [bold]/sign-in[/bold] with:")
    console.print(f"    e-mail    {FIRST_ADMIN}", markup=False)
    console.print(f"    password  {password}   (once; you choose your own then)\n", markup=False)


def _greet(settings: Settings) -> None:
    console.print(f"Jawab is at {settings.site.url}   (Ctrl+C stops it)", markup=False)


def children(site: Path, settings: Settings) -> list[Child]:
    server = settings.server
    gunicorn = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "python:web.gunicorn_config",
        "--bind",
        f"{server.host}:{server.port}",
        "--workers",
        str(server.workers),
        "--threads",
        str(server.threads),
        "web.wsgi:app",
    ]
    where = {"JAWAB_SITE": str(site)}
    return [
        Child("web", gunicorn, {**OPENMP, **where}),
        Child("worker", own_command("--site", str(site), "work"), {**OPENMP, **where}),
    ]
