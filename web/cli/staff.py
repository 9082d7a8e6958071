"""`jawab staff`: accounts from the command line."""

from pathlib import Path

import click

from web.accounts.models import Role
from web.cli.opening import opened


@click.group()
def staff() -> None:
    """People who work here."""


@staff.command()
@click.argument("email")
@click.option("--name", help="Shown to customers and colleagues; else the part before the @.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    default=[Role.AGENT.value],
    show_default=True,
    help="May be given several times.",
)
@click.pass_obj
def add(site: Path, email: str, name: str | None, roles: tuple[str, ...]) -> None:
    """Open an account for EMAIL and print its one-time password."""
    shown = name or email.partition("@")[0]
    with opened(site) as web:
        password = web.accounts.add_staff(email, shown, [Role(role) for role in roles])
    click.echo(f"{email} can sign in with this one-time password: {password}")


@staff.command()
@click.argument("email")
@click.pass_obj
def password(site: Path, email: str) -> None:
    """Give EMAIL a new one-time password and end all their sessions."""
    with opened(site) as web:
        fresh = web.accounts.set_password(email)
    click.echo(f"The new one-time password of {email}: {fresh}")
