"""Import and export: what leaves as a zip comes back as it was."""

from pathlib import Path

from kb.archive import PackedFile, is_litter, read_directory, read_zip, write_zip
from kb.bundle import Bundle
from kb.errors import InvalidImport
from kb.markdownfiles import HTML, MARKDOWN, read_files
from kb.models import LANG
from kb.spreadsheet import read_csv
from kb.zendesk import read_zendesk

BIGGEST_FILE_BYTES = 50 * 1024 * 1024


def import_source(path: Path, *, lang: str = "id") -> Bundle:
    """Articles of a folder or zip of Markdown or HTML, of a CSV file or a Zendesk export.

    `lang` is for what names no language. Raises InvalidImport when nothing of it is to be taken;
    single entries that cannot become articles are listed in the bundle.
    """
    if not LANG.fullmatch(lang):
        raise InvalidImport(path.name, f"{lang[:20]!r} is no language: write id or en")
    if path.is_dir():
        return read_files(read_directory(path), lang)
    if not path.is_file():
        raise InvalidImport(str(path), "there is no such file or folder")
    suffix = path.suffix.lower()
    if suffix == ".zip":
        return read_files(read_zip(path), lang)
    if path.stat().st_size > BIGGEST_FILE_BYTES:
        raise InvalidImport(path.name, f"more than {BIGGEST_FILE_BYTES // 1024**2} MiB: split it")
    file = PackedFile(path.name, path.read_bytes())
    if suffix == ".csv":
        return read_csv(file, lang)
    if suffix == ".json":
        return read_zendesk(file, lang)
    if suffix in MARKDOWN | HTML:
        return read_files([file], lang)
    raise InvalidImport(path.name, "give a folder, .zip, .md, .html, .csv or Zendesk's .json")


def export_folder(folder: Path, out: Path) -> None:
    """Everything in an articles folder; raises ExportTooBig."""
    inside = out.resolve().relative_to(folder.resolve()).as_posix() if _lies_in(out, folder) else ""
    files = (file for file in read_directory(folder) if not is_litter(file.path))
    write_zip([file for file in files if file.path != inside], out)


def _lies_in(out: Path, folder: Path) -> bool:
    return out.resolve().is_relative_to(folder.resolve())
