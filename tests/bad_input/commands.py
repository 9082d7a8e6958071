"""Wrong words and files given to the `jawab` command."""

import re
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.bad_input.case import Area, Case, Seen, Via
from tests.bad_input.seeing import Act, command, ended
from tests.bad_input.stage import ARTICLE, Stage, run

PORT = re.compile(r"^port = \d+", re.MULTILINE)
BACKUP_FILES = ("data/jawab.db", "jawab.toml", "data/secret.key")


def case(name: str, given: str, code: int, expected: str, act: Act) -> Case:
    return Case(name, Area.COMMAND, given, Via.COMMAND, code, expected, act)


def with_file(content: Callable[[Path], object], *arguments: str, name: str = "in.zip") -> Act:
    """`jawab` at a site; FILE among the arguments stands for the file."""

    def act(stage: Stage) -> Seen:
        file = stage.folder() / name
        content(file)
        words = (str(file) if word == "FILE" else word for word in arguments)
        return ended(run("--site", stage.site(), *words))

    return act


def zipped(entries: dict[str, bytes | str]) -> Callable[[Path], None]:
    def write(file: Path) -> None:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in entries.items():
                archive.writestr(name, content)

    return write


def restored(content: Callable[[Path], object]) -> Act:
    """`jawab db restore`; nothing of what was refused stays behind."""

    def act(stage: Stage) -> Seen:
        folder = stage.folder()
        content(folder / "in.zip")
        done = run("db", "restore", folder / "in.zip", folder / "new")
        assert not list((folder / "new").glob("*"))
        return ended(done)

    return act


def evaluated(lines: str) -> Act:
    def act(stage: Stage) -> Seen:
        folder = stage.folder()
        (folder / "questions.jsonl").write_text(lines, encoding="utf-8")
        site, cache = stage.site(), folder / "cache"
        given = (site / "articles", folder / "questions.jsonl")
        return ended(run("evaluate", *given, "--embedder", "hashing", "--cache", cache))

    return act


def _restored_over_a_site(stage: Stage) -> Seen:
    site = stage.site()
    assert run("--site", site, "db", "backup", site.parent / "b.zip").code == 0
    return ended(run("db", "restore", site.parent / "b.zip", site))


def _damaged_backup(stage: Stage) -> Seen:
    """One byte of the packed database is not what it was."""
    site = stage.site()
    backup = site.parent / "b.zip"
    assert run("--site", site, "db", "backup", backup).code == 0
    content = bytearray(backup.read_bytes())
    content[2000] ^= 0xFF
    backup.write_bytes(content)
    done = run("db", "restore", backup, site.parent / "new")
    assert not list((site.parent / "new").glob("*"))
    return ended(done)


def _backed_up_twice(stage: Stage) -> Seen:
    site = stage.site()
    out = site.parent / "b.zip"
    assert run("--site", site, "db", "backup", out).code == 0
    return ended(run("--site", site, "db", "backup", out))


def _port_in_use(stage: Stage) -> Seen:
    site = stage.site()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        settings = site / "jawab.toml"
        text = settings.read_text(encoding="utf-8")
        settings.write_text(PORT.sub(f"port = {port}", text, count=1), encoding="utf-8")
        return ended(run("--site", site, "serve"))


def _added_twice(stage: Stage) -> Seen:
    site = stage.site()
    assert run("--site", site, "staff", "add", "dewi@example.com").code == 0
    return ended(run("--site", site, "staff", "add", "dewi@example.com"))


def _before_serve(stage: Stage) -> Seen:
    return ended(run("--site", stage.empty_site(), "staff", "add", "dewi@example.com"))


def _backup_before_serve(stage: Stage) -> Seen:
    return ended(run("--site", stage.empty_site(), "db", "backup"))


def _made_twice(stage: Stage) -> Seen:
    return ended(run("init", stage.site()))


IMPORT = ("articles", "import", "FILE")
CASES = (
    case(
        "command-unknown",
        "an unknown command",
        2,
        "Error: No such command 'frobnicate'.",
        command("frobnicate"),
    ),
    case(
        "command-channel",
        "an unknown channel",
        1,
        "jawab: there is no channel 'fax'",
        command("ask", "ongkir", "--channel", "fax"),
    ),
    case(
        "command-ask-empty",
        "an empty question",
        10,
        "Mohon tuliskan pertanyaannya dengan kata-kata",
        command("ask", ""),
    ),
    case(
        "command-ask-long",
        "a question of 100 KB",
        1,
        "jawab: the message has 100000 characters; at most 4000 are read",
        command("ask", "x" * 100_000),
    ),
    case(
        "command-ask-bytes",
        "a question that is not UTF-8",
        0,
        "Ongkos kirim dua puluh ribu rupiah.",
        command("ask", "berapa ongkir \udcff"),
    ),
    case(
        "command-questions-missing",
        "a question file that is not there",
        2,
        "Invalid value for QUESTIONS: there is no file …nowhere.jsonl",
        with_file(Path.mkdir, "evaluate", "FILE", "nowhere.jsonl", name="articles"),
    ),
    case(
        "command-questions-broken",
        "a question file with a broken line",
        1,
        "questions.jsonl:2: is not one JSON object a line",
        evaluated('{"text": "ongkir", "gold": ["ongkos-kirim"]}\n{"text": "ret\n'),
    ),
    case(
        "command-questions-gold",
        "a question without what is right",
        1,
        'questions.jsonl:1: needs "text" and "gold": a list of article slugs',
        evaluated('{"text": "ongkir"}\n'),
    ),
    case(
        "command-questions-none",
        "an empty question file",
        1,
        "questions.jsonl holds no question to measure",
        evaluated(""),
    ),
    case(
        "import-missing",
        "an import of a file that is not there",
        2,
        "Invalid value for 'SOURCE': Path 'nowhere.zip' does not exist.",
        command("articles", "import", "nowhere.zip"),
    ),
    case(
        "import-not-zip",
        "an import of what is called a zip and is none",
        1,
        "in.zip: the zip cannot be read (File is not a zip file)",
        with_file(lambda file: file.write_bytes(b"no zip"), *IMPORT),
    ),
    case(
        "import-empty",
        "an import of an empty file",
        1,
        "in.zip: the zip is empty",
        with_file(Path.touch, *IMPORT),
    ),
    case(
        "import-bomb",
        "an import of a zip bomb",
        1,
        "jawab: id/a.md: it unpacks to more than 100 times its size",
        with_file(zipped({"id/a.md": b"0" * 20_000_000}), *IMPORT),
    ),
    case(
        "import-outside",
        "an import of a zip with ../",
        1,
        "jawab: ../a.md: this name leads out of the zip",
        with_file(zipped({"../a.md": ARTICLE}), *IMPORT),
    ),
    case(
        "import-kind",
        "an import of another kind of file",
        1,
        "in.exe: give a folder, .zip, .md, .html, .csv or Zendesk's .json",
        with_file(Path.touch, *IMPORT, name="in.exe"),
    ),
    case(
        "import-exists",
        "an import of an article that exists already",
        1,
        "0 articles taken in…id/ongkos-kirim exists already and was left as it is",
        with_file(zipped({"id/ongkos-kirim.md": ARTICLE}), *IMPORT),
    ),
    case(
        "export-nowhere",
        "an export into a folder that is not there",
        1,
        "jawab: …: No such file or directory",
        command("articles", "export", "/nowhere/at/all/out.zip"),
    ),
    case(
        "backup-exists",
        "a backup onto a file that exists",
        1,
        "b.zip exists already; choose another name",
        _backed_up_twice,
    ),
    case(
        "backup-nothing",
        "a backup of a site that has no database yet",
        1,
        "there is no …jawab.db: a site is backed up once it has been served",
        _backup_before_serve,
    ),
    case(
        "restore-not-zip",
        "a restore of a file that is no zip",
        1,
        "in.zip: File is not a zip file",
        restored(lambda file: file.write_bytes(b"no zip")),
    ),
    case(
        "restore-other-zip",
        "a restore of another zip",
        1,
        "in.zip is not a backup of a Jawab site",
        restored(zipped({"id/a.md": ARTICLE})),
    ),
    case(
        "restore-outside",
        "a restore of a zip with ../",
        1,
        "in.zip holds a file outside the site: '../x'",
        restored(zipped(dict.fromkeys((*BACKUP_FILES, "../x"), "x"))),
    ),
    case(
        "restore-no-database",
        "a restore of a zip whose database is none",
        1,
        "the database in the backup is damaged: file is not a database",
        restored(zipped(dict.fromkeys(BACKUP_FILES, "garbage " * 100))),
    ),
    case(
        "restore-damaged",
        "a restore of a backup with a damaged byte: nothing of it stays",
        1,
        "jawab: …b.zip: …",
        _damaged_backup,
    ),
    case(
        "restore-over",
        "a restore into a folder that holds something",
        1,
        "site is not empty; restore into a new folder, then move it",
        _restored_over_a_site,
    ),
    case(
        "init-twice",
        "a site made where there is one",
        3,
        "holds a site already (jawab.toml is there)",
        _made_twice,
    ),
    case(
        "staff-twice",
        "a member of staff added twice",
        1,
        "dewi@example.com has an account already",
        _added_twice,
    ),
    case(
        "staff-address",
        "an e-mail address that is none",
        1,
        "email: give an e-mail address such as dewi@example.com",
        command("staff", "add", "dewi"),
    ),
    case(
        "staff-role",
        "an unknown role",
        2,
        "'king' is not one of 'writer', 'reviewer', 'agent', 'admin'",
        command("staff", "add", "dewi@example.com", "--role", "king"),
    ),
    case(
        "staff-unknown",
        "a new password for nobody",
        1,
        "there is no member of staff dewi@example.com",
        command("staff", "password", "dewi@example.com"),
    ),
    case(
        "staff-first",
        "the first member of staff before the site was ever served: done",
        0,
        "dewi@example.com can sign in with this one-time password: …",
        _before_serve,
    ),
    case(
        "port-in-use",
        "a port that another program uses",
        3,
        "cannot listen on 127.0.0.1:… (Address already in use): stop what uses it, or set "
        "server.port and site.url in jawab.toml",
        _port_in_use,
    ),
)
