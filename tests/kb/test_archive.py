"""Zip files from strangers: refused by name before they can do harm."""

import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kb import archive
from kb.archive import MOST_ENTRIES, PackedFile, read_directory, read_zip, write_zip
from kb.errors import ExportTooBig, InvalidImport


def a_zip(path: Path, *entries: tuple[zipfile.ZipInfo | str, bytes], packed: bool = True) -> Path:
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(path, "w", method) as made:
        for entry, content in entries:
            if isinstance(entry, zipfile.ZipInfo):
                entry.compress_type = method
            made.writestr(entry, content)
    return path


def refusal(path: Path) -> InvalidImport:
    with pytest.raises(InvalidImport) as raised:
        read_zip(path)
    return raised.value


@pytest.mark.parametrize(
    "name",
    [
        "../x.md",
        "id/../../x.md",
        "/etc/x.md",
        "C:/x.md",
        "id\\x.md",
        "id/\x00x.md",
        "id/\x1b[2J.md",
    ],
)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    entry = zipfile.ZipInfo("x")
    entry.filename = entry.orig_filename = name
    problem = refusal(a_zip(tmp_path / "a.zip", ("id/a.md", b"ok"), (entry, b"x")))
    assert "name" in problem.problem
    assert problem.entry.isprintable()


@pytest.mark.parametrize("mode", [0o120777, 0o010644, 0o020644])
def test_links_and_devices_are_refused(tmp_path: Path, mode: int) -> None:
    entry = zipfile.ZipInfo("id/a.md")
    entry.create_system = 3
    entry.external_attr = mode << 16
    assert "links" in str(refusal(a_zip(tmp_path / "a.zip", (entry, b"/etc/passwd"))))


def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    problem = refusal(a_zip(tmp_path / "a.zip", ("id/a.md", b"a" * 10_000_000)))
    assert (problem.entry, "100 times" in problem.problem) == ("id/a.md", True)


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    entries = [(f"id/{number}.md", b"") for number in range(MOST_ENTRIES + 1)]
    assert "more than 2000" in str(refusal(a_zip(tmp_path / "a.zip", *entries)))
    many = [(f"id/{number}.md", b"") for number in range(MOST_ENTRIES * 2 + 1)]
    assert "more than 2000" in str(refusal(a_zip(tmp_path / "b.zip", *many)))


def test_the_claimed_sum_is_checked_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 1000)
    path = a_zip(tmp_path / "a.zip", ("a.md", os.urandom(400)), ("b.md", os.urandom(400)))
    assert len(read_zip(path)) == 2
    assert "unpacked" in str(refusal(a_zip(tmp_path / "b.zip", ("a.md", b"ab" * 501))))


def lying(path: Path, patch: Callable[[bytearray], None]) -> Path:
    content = bytearray(path.read_bytes())
    patch(content)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("claimed", [10, 5_000_000])
def test_headers_that_lie_about_the_size_are_found_out(tmp_path: Path, claimed: int) -> None:
    def patch(content: bytearray) -> None:
        at = content.rindex(b"PK\x01\x02")
        struct.pack_into("<L", content, at + 24, claimed)

    path = a_zip(tmp_path / "a.zip", ("id/a.md", os.urandom(80_000)))
    assert refusal(lying(path, patch)).entry == "id/a.md"


def test_a_wrong_checksum_is_found_out(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "a.zip", ("id/a.md", b"text" * 9), packed=False)

    def patch(content: bytearray) -> None:
        content[content.index(b"text")] = 0x54

    assert "cannot be unpacked" in str(refusal(lying(path, patch)))


def test_encrypted_and_oddly_packed_entries_are_refused(tmp_path: Path) -> None:
    def encrypted(content: bytearray) -> None:
        content[content.rindex(b"PK\x01\x02") + 8] |= 1

    assert "encrypted" in str(refusal(lying(a_zip(tmp_path / "a.zip", ("a.md", b"x")), encrypted)))
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_LZMA) as made:
        made.writestr("a.md", b"x")
    assert "ordinary zip" in str(refusal(tmp_path / "b.zip"))


def test_a_name_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        path = a_zip(tmp_path / "a.zip", ("a.md", b"1"), ("a.md", b"2"))
    assert "twice" in str(refusal(path))


@pytest.mark.parametrize(
    "content", [b"", b"no zip", b"PK\x05\x06" + b"\0" * 17, b"PK\x03\x04" * 99]
)
def test_what_is_no_zip_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "kb.zip"
    path.write_bytes(content)
    assert refusal(path).entry == "kb.zip"


def test_litter_of_operating_systems_is_left_out(tmp_path: Path) -> None:
    names = ["__MACOSX/id/._a.md", ".DS_Store", "id/.git/x", "Thumbs.db", "id/a.md"]
    path = a_zip(tmp_path / "a.zip", *((name, b"x") for name in names))
    assert [file.path for file in read_zip(path)] == ["id/a.md"]


def test_links_in_a_folder_are_refused_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "kb" / "id").mkdir(parents=True)
    (tmp_path / "secret").mkdir()
    for target, name in ((tmp_path / "secret", "en"), (Path("/etc/passwd"), "id/a.md")):
        link = tmp_path / "kb" / name
        link.symlink_to(target)
        with pytest.raises(InvalidImport, match=name):
            read_directory(tmp_path / "kb")
        link.unlink()


def test_the_same_files_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    files = [PackedFile("id/a.md", b"a" * 200_000), PackedFile("en/b.md", b"b")]
    write_zip(files, tmp_path / "a.zip")
    write_zip(reversed(files), tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert sorted(file.path for file in read_zip(tmp_path / "a.zip")) == ["en/b.md", "id/a.md"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "b.zip"]


def test_an_export_that_could_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    files = [PackedFile(f"id/{number}.md", b"") for number in range(MOST_ENTRIES + 1)]
    with pytest.raises(ExportTooBig, match="copy the folder"):
        write_zip(files, tmp_path / "a.zip")
    assert not list(tmp_path.iterdir())


def test_nothing_in_a_zip_is_read_as_a_zip_again(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as made:
        made.writestr("../evil.md", b"x")
    (file,) = read_zip(a_zip(tmp_path / "a.zip", ("inner.zip", inner.getvalue())))
    assert file == PackedFile("inner.zip", inner.getvalue())
