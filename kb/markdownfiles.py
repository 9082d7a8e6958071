"""Markdown and HTML files, from here or elsewhere, as articles with the images they show."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import unquote

from kb.archive import PackedFile
from kb.bundle import Bundle, ImportedArticle, Record, article_of, check_source
from kb.errors import InvalidArticle, InvalidImport, TextTooLong
from kb.fences import BOM, read_front, split
from kb.frontmatter import edit
from kb.htmlmarkdown import convert_page
from kb.markdown import headings, list_images, list_links
from kb.models import LANG, SLUG
from kb.slugs import FreeKeys, slug_of
from kb.yamltree import Scalar

MARKDOWN = frozenset({".md", ".markdown"})
HTML = frozenset({".html", ".htm"})
NOT_OPENED = frozenset({".zip", ".gz", ".tgz", ".tar", ".7z", ".rar", ".xz", ".bz2"})
OWN_FOLDERS = frozenset({"routes", "lexicon", "wording", "golden", "media"})
NO_LANGUAGES = frozenset({"faq", "doc", "img", "web", "src"})
FENCES = (b"---", BOM.encode() + b"---")
DESTINATION = re.compile(r"(\]\(\s*+)(?:<([^<>\n]*+)>|([^\s()<>]++))")


def read_files(packed: Sequence[PackedFile], lang: str) -> Bundle:
    """`lang` is for articles that lie in no language folder and name none themselves."""
    files = _without_common_folder(packed)
    by_path = {file.path: file for file in files}
    articles: list[ImportedArticle] = []
    problems: list[InvalidImport] = []
    rest: list[PackedFile] = []
    skipped: list[str] = []
    keys = FreeKeys()
    for file in sorted(files, key=_exact_names_first):
        if PurePosixPath(file.path).suffix.lower() in NOT_OPENED:
            skipped.append(file.path)
        elif not _is_article(file):
            rest.append(file)
        else:
            try:
                articles.append(_article(file, lang, keys, by_path))
            except InvalidImport as problem:
                problems.append(problem)
    return Bundle(
        tuple(sorted(articles, key=lambda article: article.key)),
        tuple(sorted(rest, key=lambda file: file.path)),
        tuple(skipped),
        tuple(problems),
    )


def relink(source: str, addresses: Mapping[str, str]) -> str:
    """The text with other addresses of images and links, everything else as it was."""
    if not addresses:
        return source
    plain = {unquote(old): new for old, new in addresses.items()}

    def moved(match: re.Match[str]) -> str:
        new = plain.get(unquote(match.group(2) or match.group(3) or ""))
        return match.group() if new is None else f"{match.group(1)}{new}"

    return DESTINATION.sub(moved, source)


def _without_common_folder(files: Sequence[PackedFile]) -> list[PackedFile]:
    """A zip of a folder has that folder around everything."""
    found = list(files)
    while found:
        first = found[0].path.partition("/")[0]
        is_around = all(file.path.startswith(f"{first}/") for file in found)
        if not is_around or _is_language(first) or first in OWN_FOLDERS:
            break
        found = [PackedFile(file.path.partition("/")[2], file.content) for file in found]
    return found


def _is_language(name: str) -> bool:
    return LANG.fullmatch(name) is not None and name not in NO_LANGUAGES


def _folder_language(folders: Sequence[str]) -> str | None:
    """Two letters are a language more surely than three."""
    found = sorted((part for part in folders if _is_language(part)), key=len)
    return found[0] if found else None


def _exact_names_first(file: PackedFile) -> tuple[bool, str]:
    return SLUG.fullmatch(PurePosixPath(file.path).stem) is None, file.path


def _is_article(file: PackedFile) -> bool:
    path = PurePosixPath(file.path)
    if path.suffix.lower() not in MARKDOWN | HTML or path.parts[0] in OWN_FOLDERS:
        return False
    is_about_folder = path.stem.lower() == "readme" and not file.content.startswith(FENCES)
    return not is_about_folder


def _article(
    file: PackedFile, lang: str, keys: FreeKeys, files: Mapping[str, PackedFile]
) -> ImportedArticle:
    text = decoded(file)
    path = PurePosixPath(file.path)
    folder_lang = _folder_language(path.parts[:-1])
    if path.suffix.lower() in HTML:
        page = convert_page(text, file.path)
        title = page.title or _title_from(path.stem)
        record = Record(file.path, title, page.body, folder_lang or lang, slug=path.stem)
        article = article_of(record, keys)
    else:
        article = _markdown_article(file.path, text, folder_lang, lang, keys)
    media = MappingProxyType(dict(_media(article.source, path, files)))
    return ImportedArticle(article.key, article.source, article.origin, media)


def _markdown_article(
    origin: str, text: str, folder_lang: str | None, lang: str, keys: FreeKeys
) -> ImportedArticle:
    stem = PurePosixPath(origin).stem
    source, own_lang = _completed(text, origin, stem)
    lang = folder_lang or own_lang or lang
    if not LANG.fullmatch(lang):
        raise InvalidImport(origin, f"lang is {lang[:20]!r}: write id or en")
    slug = stem if SLUG.fullmatch(stem) else slug_of(stem)
    key = keys.claim(lang, slug)
    check_source(source, key, origin)
    return ImportedArticle(key, source, origin)


def _completed(source: str, origin: str, stem: str) -> tuple[str, str | None]:
    """The source with a title, taken from its first heading or file name if it has none."""
    try:
        parts = split(source, origin)
        entries = read_front(parts, origin)
        own = {key: entry.value for key, entry in entries.items() if key in ("title", "lang")}
        given = {key: node.text for key, node in own.items() if isinstance(node, Scalar)}
        if not given.get("title", "").strip() and ("title" not in own or "title" in given):
            heading = next((found.text for found in headings(parts.body) if found.text), "")
            source = edit(source, {"title": heading[:300] or _title_from(stem)})
    except InvalidArticle as error:
        raise InvalidImport(origin, f"line {error.line}: {error.problem}") from error
    except TextTooLong as error:
        raise InvalidImport(origin, str(error)) from error
    return source, given.get("lang", "").strip() or None


def _title_from(stem: str) -> str:
    words = re.sub(r"[\s_-]+", " ", stem).strip()
    return words[:1].upper() + words[1:] if words else "?"


def decoded(file: PackedFile) -> str:
    try:
        return file.content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = file.content.count(b"\n", 0, error.start) + 1
        problem = f"line {line}: the file is not UTF-8: save it as UTF-8"
        raise InvalidImport(file.path, problem) from None


def _media(
    source: str, path: PurePosixPath, files: Mapping[str, PackedFile]
) -> Iterator[tuple[str, PackedFile]]:
    """Images shown and files linked to, where the import holds them."""
    body = split(source, path.as_posix()).body
    for address in (*(image for image, _ in list_images(body)), *list_links(body)):
        plain = unquote(address.partition("#")[0])
        around = "" if plain.startswith("/") else path.parent.as_posix()
        target = posixpath.normpath(posixpath.join(around, plain.lstrip("/")))
        file = files.get(target)
        if file and PurePosixPath(target).suffix.lower() not in MARKDOWN | HTML:
            yield address, file
