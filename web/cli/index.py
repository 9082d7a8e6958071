"""`jawab index`: make the search index."""

import time
from pathlib import Path

import click

from web.cli.opening import opened, start_index, working_copy


@click.command()
@click.option("--rebuild", is_flag=True, help="Learn everything anew, even where nothing changed.")
@click.pass_obj
def index(site: Path, rebuild: bool) -> None:
    """Take in the articles folder and make the index; unchanged texts are not embedded again."""
    with opened(site) as web:
        working_copy(web).sync()
        started = time.monotonic()
        passages = start_index(web.searcher, rebuild=rebuild)
    click.echo(f"{passages} passages in {time.monotonic() - started:.1f} s")
