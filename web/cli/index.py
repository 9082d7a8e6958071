"""`jawab index`: make the search index."""

import json
import time
from pathlib import Path

import click

from web.cli.opening import opened, start_index, working_copy


@click.command()
@click.option("--rebuild", is_flag=True, help="Learn everything anew, even where nothing changed.")
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
@click.pass_obj
def index(site: Path, rebuild: bool, as_json: bool) -> None:
    """Take in the articles folder and make the index; unchanged texts are not embedded again."""
    with opened(site) as web:
        working_copy(web).sync()
        started = time.monotonic()
        passages = start_index(web.searcher, rebuild=rebuild)
    seconds = round(time.monotonic() - started, 1)
    told = json.dumps({"passages": passages, "seconds": seconds})
    click.echo(told if as_json else f"{passages} passages in {seconds:.1f} s")
