"""`jawab`: one command, each part with --help."""

import sys

import click

from kb.errors import DatabaseTooNew, DatabaseUnavailable, InvalidSettings, KbError
from responder.errors import ResponderError
from web.accounts.errors import AccountsError
from web.cli.articles import articles
from web.cli.ask import ask
from web.cli.db import db
from web.cli.evaluate import evaluate
from web.cli.golden import golden
from web.cli.index import index
from web.cli.init import init
from web.cli.serve import serve
from web.cli.staff import staff
from web.cli.work import work
from web.settings import find_site

EXIT_PROBLEM = 1
EXIT_SETTINGS = 3
EXIT_DATABASE = 4

EPILOG = """Exit codes: 0 done; 1 a problem was found and named; 2 wrong usage; 3 the settings are
wrong; 4 the database cannot be used. `jawab ask` adds its own: see `jawab ask --help`."""


@click.group(epilog=EPILOG)
@click.option("--site", help="The site's folder; else $JAWAB_SITE, else here or ./site.")
@click.version_option(package_name="jawab")
@click.pass_context
def cli(context: click.Context, site: str | None) -> None:
    """Answer what the knowledge base knows; hand over the rest."""
    context.obj = find_site(site)


def take_site(context: click.Context, _parameter: click.Parameter, site: str | None) -> None:
    if site:
        context.obj = find_site(site)


def accept_site(command: click.Command) -> None:
    """`--site` may stand behind a command as well as before it."""
    command.params.append(
        click.Option(["--site"], expose_value=False, callback=take_site, help="The site's folder.")
    )
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            accept_site(inner)


for command in (serve, work, ask, index, articles, golden, staff, db):
    accept_site(command)
for command in (init, serve, work, ask, index, articles, golden, staff, db, evaluate):
    cli.add_command(command)


def main() -> None:
    """The entry point: a known error is one clear line and an exit code, never a stack trace."""
    try:
        sys.exit(cli.main(standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except (KbError, ResponderError, AccountsError) as error:
        click.secho(f"jawab: {error}", fg="red", err=True)
        sys.exit(exit_code_of(error))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        click.secho(f"jawab: {where}{error.strerror or error}", fg="red", err=True)
        sys.exit(EXIT_PROBLEM)


def exit_code_of(error: Exception) -> int:
    match error:
        case InvalidSettings():
            return EXIT_SETTINGS
        case DatabaseUnavailable() | DatabaseTooNew():
            return EXIT_DATABASE
        case _:
            return EXIT_PROBLEM
