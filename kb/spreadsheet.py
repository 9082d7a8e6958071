"""CSV files whose rows are articles."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from kb.archive import PackedFile
from kb.bundle import Bundle, Record, bundled
from kb.errors import InvalidImport
from kb.htmlmarkdown import convert, looks_like_html
from kb.markdownfiles import decoded
from kb.models import LANG
from kb.slugs import slug_of
from kb.yamltext import YamlValue

COLUMNS = {
    "judul": "title",
    "isi": "body",
    "jawaban": "answer",
    "pertanyaan": "questions",
    "contoh pertanyaan": "questions",
    "kategori": "category",
    "bahasa": "lang",
    "language": "lang",
    "label": "tags",
    "tag": "tags",
}
DELIMITERS = ",;\t"
MOST_ROWS = 2_000


def read_csv(file: PackedFile, lang: str) -> Bundle:
    """Columns that are no key of an article are kept in the front matter."""
    text = decoded(file).removeprefix("\ufeff")
    head = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [_column(name) for name in next(reader, [])]
        _check_columns(columns, file.path)
        return bundled(list(_records(reader, columns, file.path, lang)))
    except csv.Error as error:
        raise InvalidImport(f"{file.path}, line {reader.line_num}", f"no CSV: {error}") from error


def _column(name: str) -> str:
    plain = " ".join(name.split())
    return COLUMNS.get(plain.casefold(), plain.casefold() if plain.isascii() else plain)


def _check_columns(columns: Sequence[str], path: str) -> None:
    if "title" not in columns:
        raise InvalidImport(path, "the first line must name the columns: title, body, answer, ...")
    twice = next((name for name in columns if name and columns.count(name) > 1), None)
    if twice:
        raise InvalidImport(path, f"there are two columns {twice[:40]!r}")


def _records(
    rows: Iterator[list[str]], columns: Sequence[str], path: str, lang: str
) -> Iterator[Record | InvalidImport]:
    for number, cells in enumerate(rows, start=2):
        origin = f"{path}, row {number}"
        if number > MOST_ROWS + 1:
            raise InvalidImport(path, f"more than {MOST_ROWS} rows: split it")
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(columns) :]):
            yield InvalidImport(origin, "it has more cells than the first line has columns")
            continue
        row = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}
        try:
            yield _record(row, origin, lang)
        except InvalidImport as problem:
            yield problem


def _record(row: Mapping[str, str], origin: str, lang: str) -> Record:
    body = row.get("body", "")
    given = row.get("lang", "").casefold()
    return Record(
        origin=origin,
        title=row.get("title", ""),
        body=convert(body, origin) if looks_like_html(body) else f"{body}\n" if body else "",
        lang=_language(given) if given else lang,
        slug=row.get("slug", ""),
        fields=dict(_fields(row)),
    )


def _language(text: str) -> str:
    named = {"indonesia": "id", "bahasa indonesia": "id", "indonesian": "id"}
    named |= {"english": "en", "inggris": "en", "bahasa inggris": "en"}
    short = text.replace("_", "-").partition("-")[0]
    return named.get(text, short if LANG.fullmatch(short) else text)


def _fields(row: Mapping[str, str]) -> Iterator[tuple[str, YamlValue]]:
    for name, text in row.items():
        if not text or name in ("title", "body", "lang", "slug"):
            continue
        match name:
            case "questions":
                yield name, _parts(text, "|")
            case "tags":
                yield name, _parts(text, "|" if "|" in text else ",")
            case "category":
                yield name, slug_of(text)
            case "answer":
                yield name, " ".join(text.split())
            case "auto_answer":
                yield name, text.casefold()
            case _:
                yield name, text


def _parts(text: str, divider: str) -> tuple[str, ...]:
    pieces = text.replace(divider, "\n").splitlines()
    return tuple(piece.strip() for piece in pieces if piece.strip())
