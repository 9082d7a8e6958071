"""`jawab db`: upgrade, back up, restore."""

from pathlib import Path

import click

from kb.database import Database
from web.backup import back_up, backup_name, restore
from web.migrations.migrate import current, upgrade
from web.settings import load_settings


@click.group()
def db() -> None:
    """The database of the site."""


@db.command(name="upgrade")
@click.pass_obj
def upgrade_command(site: Path) -> None:
    """Bring the database to this version; safe to run again."""
    database = Database(load_settings(site).database_url)
    try:
        upgrade(database)
        click.echo(f"The database is at migration {current(database)}.")
    finally:
        database.close()


@db.command(name="backup")
@click.argument("out", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def backup_command(site: Path, out: Path | None) -> None:
    """Write everything of the site to one zip (OUT, else data/backups/); the site may run."""
    target = out or backup_name(site)
    back_up(load_settings(site), target)
    click.echo(str(target))


@db.command(name="restore")
@click.argument("backup", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def restore_command(backup: Path, folder: Path) -> None:
    """Unpack BACKUP into a new FOLDER."""
    restore(backup, folder)
    click.echo(f"Restored into {folder}. Next: jawab serve --site {folder}")
