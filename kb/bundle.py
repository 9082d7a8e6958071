"""What an import brings, and records of other systems on their way to become articles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kb.archive import PackedFile
from kb.errors import InvalidArticle, InvalidImport
from kb.frontmatter import new_source, parse_article
from kb.models import LANG, ArticleKey
from kb.slugs import FreeKeys, slug_of
from kb.yamltext import YamlValue


@dataclass(frozen=True, slots=True)
class ImportedArticle:
    """`origin` says where it stood; `media` maps addresses in its text to files of the import."""

    key: ArticleKey
    source: str
    origin: str
    media: Mapping[str, PackedFile] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Bundle:
    """`files` are images, categories, routes and whatever else came along; `skipped` are archives
    that were not opened; `problems` are entries that cannot become articles."""

    articles: tuple[ImportedArticle, ...]
    files: tuple[PackedFile, ...] = ()
    skipped: tuple[str, ...] = ()
    problems: tuple[InvalidImport, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One article as another system tells it; `fields` become front matter."""

    origin: str
    title: str
    body: str
    lang: str
    slug: str = ""
    fields: Mapping[str, YamlValue | None] = field(default_factory=lambda: MappingProxyType({}))


def bundled(records: list[Record | InvalidImport]) -> Bundle:
    keys = FreeKeys()
    articles: list[ImportedArticle] = []
    problems: list[InvalidImport] = []
    for record in records:
        try:
            if isinstance(record, InvalidImport):
                raise record
            articles.append(article_of(record, keys))
        except InvalidImport as problem:
            problems.append(problem)
    return Bundle(tuple(articles), problems=tuple(problems))


def article_of(record: Record, keys: FreeKeys) -> ImportedArticle:
    """Raises InvalidImport."""
    title = " ".join(record.title.split())
    if not title:
        raise InvalidImport(record.origin, "the title is missing")
    if not LANG.fullmatch(record.lang):
        raise InvalidImport(record.origin, f"{record.lang[:20]!r} is no language: write id or en")
    try:
        source = new_source(title, record.body, **{**record.fields, "lang": record.lang})
    except InvalidArticle as error:
        raise InvalidImport(record.origin, error.problem) from error
    slug = slug_of(record.slug or title)
    check_source(source, ArticleKey(record.lang, slug), record.origin)
    return ImportedArticle(keys.claim(record.lang, slug), source, record.origin)


def check_source(source: str, key: ArticleKey, origin: str) -> None:
    """Raises InvalidImport."""
    try:
        parse_article(source, lang=key.lang, slug=key.slug, path=origin)
    except InvalidArticle as error:
        raise InvalidImport(origin, f"line {error.line}: {error.problem}") from error
