"""`jawab golden`: the golden sets of a site, for its editors' own checks."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from responder.errors import UnknownGoldenSet
from responder.evaluation.comparison import Comparison
from responder.goldenruns import Figures, GoldenRun, is_worse
from web.accounts.services import COMMAND_LINE
from web.cli.comparison import as_json, as_lines
from web.cli.opening import opened, progress_bar
from web.services import WebServices

EXIT_BELOW = 5
SHARE = click.FloatRange(0.0, 1.0)


@click.group()
def golden() -> None:
    """Reviewed questions with the articles that answer them."""


@golden.command(name="list")
@click.option("--json", "wants_json", is_flag=True, help="Print the list as JSON.")
@click.pass_obj
def list_command(site: Path, wants_json: bool) -> None:
    """Show every set with the figures of its last run."""
    with opened(site) as web:
        sets = web.responder.golden.list_sets()
        runs = web.responder.golden_runs.last_runs()
    rows = [
        {"name": s.name, "questions": s.questions, "last_run": _run_row(runs.get(s.id))}
        for s in sets
    ]
    if wants_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
    for found in () if wants_json else sets:
        run = runs.get(found.id)
        figures = told(run.figures) if run else "never run"
        click.echo(f"{found.name}: {found.questions} questions, {figures}")


@golden.command(name="import")
@click.argument("name")
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def import_command(site: Path, name: str, source: Path) -> None:
    """Take SOURCE (JSON lines or CSV) into the set NAME, which is made if need be."""
    with opened(site) as web:
        sets = web.responder.golden
        done = sets.take_in(_set_id(web, name, make=True), source.read_bytes(), COMMAND_LINE)
        missing = sets.missing(done)
    for line, place in missing:
        told_line = f"line {line}: {place.named} is not live ({place.presence.value})"
        click.secho(told_line, fg="yellow", err=True)
    click.echo(f"{done.added} new, {done.changed} changed, {done.unchanged} as they were")


@golden.command()
@click.argument("name")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.pass_obj
def export(site: Path, name: str, out: Path | None) -> None:
    """Write the set NAME as JSON lines to OUT, else to standard output."""
    with opened(site) as web:
        text = web.responder.golden.write_out(_set_id(web, name))
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")


@golden.command(epilog=f"Exit codes: {EXIT_BELOW} when one of the limits is not kept.")
@click.argument("name")
@click.option("--min-helped", type=SHARE, help="Least share helped of those an article answers.")
@click.option("--max-wrong", type=SHARE, help="Largest share wrong of the answers.")
@click.option("--not-worse", is_flag=True, help="No worse than the run before.")
@click.option("--json", "wants_json", is_flag=True, help="Print figures and changes as JSON.")
@click.pass_context
def run(
    context: click.Context,
    name: str,
    min_helped: float | None,
    max_wrong: float | None,
    *,
    not_worse: bool,
    wants_json: bool,
) -> None:
    """Ask every question of the set NAME; say what changed since the run before."""
    with opened(context.obj) as web, progress_bar("Asking") as bar:
        runs = web.responder.golden_runs
        now = runs.run(_set_id(web, name), COMMAND_LINE, bar)
        before = runs.find_before(now)
        compared = runs.compare(before, now) if before else None
    broken = list(_broken(now.figures, min_helped, max_wrong))
    if not_worse and before and is_worse(before.figures, now.figures):
        broken.append("worse than the run before")
    _show(now, compared, broken, wants_json=wants_json)
    context.exit(EXIT_BELOW if broken else 0)


def _show(
    now: GoldenRun, compared: Comparison | None, broken: list[str], *, wants_json: bool
) -> None:
    if wants_json:
        changes = as_json(compared) if compared else None
        row = {"run": _run_row(now), "comparison": changes, "limits_broken": broken}
        click.echo(json.dumps(row, ensure_ascii=False))
        return
    click.echo(told(now.figures))
    for line in as_lines(compared) if compared else ("nothing to compare with yet",):
        click.echo(line)
    for limit in broken:
        click.secho(limit, fg="red", err=True)


def told(figures: Figures) -> str:
    answered = f"{figures.answers} of {figures.questions} answered at once"
    wrong = f"{figures.wrong_answers} of them wrong"
    helped = f"{figures.helped_questions} of {figures.answerable} answerable helped"
    return f"{answered}, {wrong}, {helped}"


def _broken(figures: Figures, min_helped: float | None, max_wrong: float | None) -> Iterator[str]:
    helped = figures.helped or 0.0
    if min_helped is not None and helped < min_helped:
        yield f"helped {helped:.3f}, at least {min_helped:g} wanted"
    if max_wrong is not None and figures.wrong > max_wrong:
        yield f"wrong {figures.wrong:.3f}, at most {max_wrong:g} allowed"


def _set_id(web: WebServices, name: str, *, make: bool = False) -> int:
    sets = web.responder.golden
    try:
        return sets.get_set_named(name).id
    except UnknownGoldenSet:
        if not make:
            raise
        return sets.create(name, COMMAND_LINE).id


def _run_row(run: GoldenRun | None) -> dict[str, Any] | None:
    if run is None:
        return None
    figures = asdict(run.figures)
    facts = {"at": run.created_at.isoformat(), "by": run.staff, "fingerprint": run.fingerprint}
    return {**figures, **facts, "thresholds": dict(run.thresholds)}
