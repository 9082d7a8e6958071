"""Zip files and folders read with care: names, sizes and links are checked before content."""

import mmap
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kb.errors import ExportTooBig, InvalidImport

MOST_ENTRIES = 2_000
MOST_BYTES = 100 * 1024 * 1024
MOST_RATIO = 100
RATIO_COUNTS_FROM_BYTES = 64 * 1024
CHUNK_BYTES = 64 * 1024
LONGEST_NAME = 300
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
DIRECTORY_SIGNATURE = re.compile(re.escape(b"PK\x01\x02"))
ENCRYPTED = 0x1
LITTER = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})
SAME_TIME = (1980, 1, 1, 0, 0, 0)
BROKEN_ZIP = (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, zlib.error)


@dataclass(frozen=True, slots=True)
class PackedFile:
    """`path` is relative, with '/' between its parts."""

    path: str
    content: bytes


def read_zip(path: Path) -> tuple[PackedFile, ...]:
    """Raises InvalidImport, naming the entry, before more than MOST_BYTES are unpacked."""
    _check_directory(path)
    try:
        with zipfile.ZipFile(path) as archive:
            return tuple(_unpacked(archive, path.name))
    except (*BROKEN_ZIP, OSError) as error:
        raise InvalidImport(path.name, f"the zip cannot be read ({error})") from error


def read_directory(path: Path) -> tuple[PackedFile, ...]:
    """Every file below a folder; raises InvalidImport."""
    found: list[PackedFile] = []
    total = 0
    for file in _files_below(path):
        name = file.relative_to(path).as_posix()
        if file.is_symlink() or not file.is_file():
            raise InvalidImport(name, "links and special files are not taken: put the file here")
        total += file.stat().st_size
        if total > MOST_BYTES:
            raise InvalidImport(name, _too_much())
        found.append(PackedFile(name, file.read_bytes()))
    return tuple(found)


def write_zip(files: Iterable[PackedFile], out: Path) -> None:
    """Written whole or not at all; the same files give the same bytes."""
    packed = sorted(files, key=lambda file: file.path)
    if len(packed) > MOST_ENTRIES or sum(len(file.content) for file in packed) > MOST_BYTES:
        raise ExportTooBig(
            f"{len(packed)} files: one zip holds at most {MOST_ENTRIES} files and "
            f"{MOST_BYTES // 1024**2} MiB; copy the folder instead"
        )
    unfinished = out.with_name(f".{out.name}.unfinished")
    try:
        with zipfile.ZipFile(unfinished, "w") as archive:
            for file in packed:
                archive.writestr(_header(file), file.content)
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)


def is_litter(path: str) -> bool:
    """What operating systems leave behind."""
    return any(part in LITTER or part.startswith(".") for part in path.split("/"))


def _files_below(path: Path) -> Iterator[Path]:
    for folder, inner, names in os.walk(path):
        inner[:] = sorted(name for name in inner if not is_litter(name))
        links = [name for name in inner if (Path(folder) / name).is_symlink()]
        yield from (Path(folder) / name for name in sorted((*names, *links)) if not is_litter(name))


def _check_directory(path: Path) -> None:
    """The count in a zip's end record may lie; every entry that is read has this signature."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise InvalidImport(path.name, _too_much())
    if not size:
        raise InvalidImport(path.name, "the zip is empty")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        count = sum(1 for _ in DIRECTORY_SIGNATURE.finditer(content))
    if count > MOST_ENTRIES * 2:
        raise InvalidImport(path.name, _too_many())


def _unpacked(archive: zipfile.ZipFile, name: str) -> Iterator[PackedFile]:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise InvalidImport(name, _too_many())
    paths = [_checked_path(entry) for entry in entries]
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise InvalidImport(name, _too_much())
    seen: set[str] = set()
    left = MOST_BYTES
    for entry, path in zip(entries, paths, strict=True):
        if entry.is_dir() or is_litter(path):
            continue
        if path in seen:
            raise InvalidImport(path, "the zip holds this name twice")
        seen.add(path)
        content = _content(archive, entry, left)
        left -= len(content)
        yield PackedFile(path, content)


def _checked_path(entry: zipfile.ZipInfo) -> str:
    name = entry.orig_filename
    shown = name[:LONGEST_NAME].encode("unicode_escape").decode()
    if len(name) > LONGEST_NAME or not name.isprintable() or "\\" in name:
        raise InvalidImport(shown, "this name is not taken: use letters, digits, '-' and '/'")
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or ":" in name.partition("/")[0]:
        raise InvalidImport(shown, "this name leads out of the zip")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise InvalidImport(shown, "links and special files are not taken: put the file here")
    if entry.flag_bits & ENCRYPTED:
        raise InvalidImport(shown, "it is encrypted: pack it without a password")
    if entry.compress_type not in METHODS:
        raise InvalidImport(shown, "it is packed in a rare way: use an ordinary zip")
    packed = max(entry.compress_size, 1)
    if entry.file_size > RATIO_COUNTS_FROM_BYTES and entry.file_size > MOST_RATIO * packed:
        raise InvalidImport(shown, f"it unpacks to more than {MOST_RATIO} times its size")
    return path.as_posix()


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    content = bytearray()
    try:
        with archive.open(entry) as stream:
            while chunk := stream.read(CHUNK_BYTES):
                content += chunk
                if len(content) > most or len(content) > entry.file_size:
                    raise InvalidImport(entry.filename, _too_much())
    except (*BROKEN_ZIP, OSError) as error:
        raise InvalidImport(entry.filename, f"it cannot be unpacked ({error})") from error
    if len(content) != entry.file_size:
        raise InvalidImport(entry.filename, "it is shorter than the zip says")
    return bytes(content)


def _header(file: PackedFile) -> zipfile.ZipInfo:
    """What packs better than the ratio that `read_zip` takes is stored as it is."""
    header = zipfile.ZipInfo(file.path, date_time=SAME_TIME)
    header.external_attr = (stat.S_IFREG | 0o644) << 16
    size = len(file.content)
    packs_well = size > RATIO_COUNTS_FROM_BYTES and (
        len(zlib.compress(file.content)) * MOST_RATIO < size * 2
    )
    header.compress_type = zipfile.ZIP_STORED if packs_well else zipfile.ZIP_DEFLATED
    return header


def _too_many() -> str:
    return f"the zip has more than {MOST_ENTRIES} entries: split it"


def _too_much() -> str:
    return f"more than {MOST_BYTES // 1024**2} MiB unpacked: split it"
