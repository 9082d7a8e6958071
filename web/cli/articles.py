"""`jawab articles`: check, import, export, keep in step."""

import hashlib
import json
from pathlib import Path, PurePosixPath

import click

from kb.bundle import Bundle, ImportedArticle
from kb.errors import ArticleExists
from kb.exchange import export_folder, import_source
from kb.folder import read_folder
from kb.lint import LintProblem, Severity, lint
from kb.markdownfiles import relink
from kb.models import Article
from kb.revisions import Origin
from kb.workingcopy import SyncReport
from responder.channels.formats import channel_limits
from web.cli.opening import describe, opened, working_copy

COMMAND_LINE = "command line"


@click.group()
def articles() -> None:
    """The Markdown files that are the knowledge base."""


@articles.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_context
def check(context: click.Context, folder: Path, as_json: bool) -> None:
    """Read every article of FOLDER and name what is wrong; exit code 1 if there is an error."""
    content = read_folder(folder)
    limits = {channel: limit for channel, (limit, _) in channel_limits().items()}
    known = {article.key for article in content.articles}
    found = [
        (article, problem)
        for article in content.articles
        for problem in lint(article, known=known, limits=limits, others=content.articles)
    ]
    broken = [str(problem) for problem in content.problems]
    if as_json:
        rows = [_row(article, problem) for article, problem in found]
        _print({"unreadable": broken, "findings": rows})
    else:
        for line in broken:
            click.secho(line, fg="red")
        for article, problem in found:
            click.echo(f"{article.key}: {problem.severity}: {problem.summary}")
        click.echo(f"{len(content.articles)} articles read, {len(broken)} unreadable")
    has_error = any(problem.severity is Severity.ERROR for _, problem in found)
    context.exit(1 if broken or has_error else 0)


def _row(article: Article, problem: LintProblem) -> dict[str, str]:
    return {
        "article": str(article.key),
        "code": problem.code.value,
        "severity": problem.severity.value,
        "summary": problem.summary,
    }


@articles.command(name="import")
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.option("--lang", default="id", show_default=True, help="For what names no language.")
@click.option("--publish", is_flag=True, help="Publish at once; else they come as drafts.")
@click.option("--json", "as_json", is_flag=True, help="Print what came of it as JSON.")
@click.pass_context
def import_command(
    context: click.Context, source: Path, lang: str, publish: bool, as_json: bool
) -> None:
    """Take in SOURCE: a Markdown folder or zip, HTML, CSV, or Zendesk's JSON.

    An article that exists already is left as it is and named.
    """
    bundle = import_source(source, lang=lang)
    with opened(context.obj) as web:
        taken: list[str] = []
        kept: list[str] = []
        for imported in bundle.articles:
            try:
                text = with_media(imported, web.settings.articles_dir / "media")
                web.library.create(imported.key, text, COMMAND_LINE, Origin.IMPORT)
            except ArticleExists:
                kept.append(str(imported.key))
                continue
            taken.append(str(imported.key))
            if publish:
                web.library.publish(imported.key, COMMAND_LINE)
        working_copy(web).sync()
    if as_json:
        problems = [str(problem) for problem in bundle.problems]
        left = _left_out(bundle)
        _print({"taken_in": taken, "exists": kept, "left_out": left, "problems": problems})
    else:
        _tell(bundle, kept)
        _tell_taken(len(taken), publish)
    context.exit(1 if bundle.problems or kept else 0)


def with_media(imported: ImportedArticle, folder: Path) -> str:
    """Its text with the pictures that came along kept in `folder`, named by what they hold."""
    addresses = {}
    for address, file in imported.media.items():
        suffix = PurePosixPath(file.path).suffix.lower()
        name = hashlib.sha256(file.content).hexdigest()[:24] + suffix
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(file.content)
        addresses[address] = f"/media/{name}"
    return relink(imported.source, addresses)


def _left_out(bundle: Bundle) -> list[str]:
    """Archives within the import, and files that are no article and no picture of one."""
    used = {file.path for imported in bundle.articles for file in imported.media.values()}
    return sorted((*bundle.skipped, *(f.path for f in bundle.files if f.path not in used)))


def _tell(bundle: Bundle, kept: list[str]) -> None:
    for problem in bundle.problems:
        click.secho(str(problem), fg="red", err=True)
    for key in kept:
        click.secho(f"{key} exists already and was left as it is", fg="yellow", err=True)
    for path in _left_out(bundle):
        click.secho(f"{path} was not taken in", fg="yellow", err=True)


def _tell_taken(count: int, published: bool) -> None:
    articles = "1 article" if count == 1 else f"{count} articles"
    hint = " as drafts: publish them in the portal, or import with --publish"
    click.echo(f"{articles} taken in{hint if count and not published else ''}")


@articles.command()
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def export(site: Path, out: Path) -> None:
    """Write every article, with categories, routes and slang lists, to the zip OUT."""
    with opened(site) as web:
        working_copy(web).sync()
        export_folder(web.settings.articles_dir, out)
    click.echo(str(out))


@articles.command()
@click.argument(
    "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), required=False
)
@click.option("--prune", is_flag=True, help="Archive articles whose file is gone.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.pass_context
def sync(context: click.Context, folder: Path | None, prune: bool, as_json: bool) -> None:
    """Carry changes between the folder and the portal, both ways; conflicts are kept and shown.

    FOLDER, if given, must be the articles folder of the site.
    """
    with opened(context.obj) as web:
        _refuse_foreign(folder, web.settings.articles_dir)
        report = working_copy(web).sync(prune=prune)
    if as_json:
        _print(_report(report))
    else:
        for line in describe(report) or ["in step"]:
            click.echo(line)
    context.exit(1 if report.problems or report.conflicts else 0)


def _refuse_foreign(folder: Path | None, own: Path) -> None:
    if folder is not None and folder.resolve() != own.resolve():
        problem = f"the site keeps its articles in {own}; take in others by `jawab articles import`"
        raise click.BadParameter(problem, param_hint="FOLDER")


def _report(report: SyncReport) -> dict[str, list[str] | bool]:
    return {
        "taken_in": [str(key) for key in report.taken_in],
        "written": [str(key) for key in report.written],
        "archived": [str(key) for key in report.archived],
        "conflicts": [conflict.path for conflict in report.conflicts],
        "problems": [str(problem) for problem in report.problems],
        "routes_changed": report.routes_changed,
    }


def _print(data: object) -> None:
    click.echo(json.dumps(data, ensure_ascii=False))
