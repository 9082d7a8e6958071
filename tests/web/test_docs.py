"""What the documents name is there: menus, files, commands, addresses."""

import re
import shlex
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import click
import pytest
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect

from tests.web.sites import Site
from web.cli.main import cli
from web.navigation import AREAS

PROJECT = Path(__file__).parents[2]
DOCUMENTS = sorted((*PROJECT.glob("*.md"), *PROJECT.glob("docs/*.md"), *PROJECT.glob("*.toml")))
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
MENU = re.compile(r"\*([A-Z][a-z ]+) → ([^*`|]+)\*")
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
OURS = re.compile(r"(?:kb|responder|web|tests|bench|tools|docs)/[\w./-]*")
SPECIMENS = {"docs/bad-input.md", "docs/experiments.md"}


def documents() -> Iterator[tuple[str, str]]:
    for path in DOCUMENTS:
        name = str(path.relative_to(PROJECT))
        if name not in SPECIMENS:
            yield name, path.read_text(encoding="utf-8")


def codes(text: str) -> Iterator[str]:
    """The lines of code blocks, and what stands in backquotes."""
    for found in CODE.findall(text):
        yield from (line.split("#")[0].strip() for line in found.strip("`").splitlines())


def all_codes() -> list[tuple[str, str]]:
    return [(name, code) for name, text in documents() for code in codes(text)]


def test_menus_are_called_so() -> None:
    menus = {(area.label, entry.label) for area in AREAS for entry in area.entries}
    named = {
        (area, " ".join(entry.split()))
        for _, text in documents()
        for area, entry in MENU.findall(text)
    }
    assert len(named) > 3
    assert named <= menus


def test_links_lead_to_files() -> None:
    for path in DOCUMENTS:
        for target in LINK.findall(path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_files_are_there() -> None:
    named = {(name, code) for name, code in all_codes() if OURS.fullmatch(code)}
    assert len(named) > 50
    assert not {(name, code) for name, code in named if not (PROJECT / code).exists()}


def test_targets_and_modules_are_there() -> None:
    targets = re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.M)
    for name, code in all_codes():
        match code.split():
            case ["make", target, *_]:
                assert target in targets, f"{name}: {code}"
            case ["python", "-m", module, *_]:
                assert find_spec(module), f"{name}: {code}"


@pytest.mark.parametrize(
    "written", sorted({code for _, code in all_codes() if code.startswith("jawab ")})
)
def test_commands_take_what_is_written(written: str) -> None:
    command: click.Command = cli
    known = {option for param in cli.params for option in param.opts}
    words = shlex.split(re.sub(r"[\[\]]", "", written.replace("\\|", "|")))[1:]
    if words[0] == "--site":
        words = words[2:]
    while isinstance(command, click.Group) and words:
        names = words.pop(0).split("|")
        assert set(names) <= set(command.commands)
        command = command.commands[names[0]]
    known |= {option for param in command.params for option in param.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_addresses_are_served(shared_site: Site) -> None:
    routes = shared_site.app.url_map.bind("127.0.0.1")
    named = {code for name, code in all_codes() if re.fullmatch(r"/[a-z][\w./-]*", code)}
    assert "/admin/try" in named
    for address in named:
        try:
            routes.match(address, method="GET")
        except RequestRedirect:
            continue
        except NotFound:
            pytest.fail(f"{address} is no address of the site")
