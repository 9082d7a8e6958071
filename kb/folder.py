"""A folder of Markdown files read as articles, routes, categories and lexicon."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kb import starter
from kb.categories import Category, parse_categories
from kb.errors import InvalidArticle
from kb.frontmatter import file_key, parse_article, parse_route
from kb.lexicon import parse_lexicon
from kb.models import LANG, Article, ArticleKey, Route

MOST_BYTES = 1024 * 1024  # the parser says more exactly what an article may have


@dataclass(frozen=True, slots=True)
class Folder:
    articles: tuple[Article, ...]
    routes: tuple[Route, ...]
    categories: tuple[Category, ...]
    lexicon: Mapping[str, Mapping[str, str]]
    problems: tuple[InvalidArticle, ...]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One Markdown file as it is; `path` counts from the folder."""

    path: str
    key: ArticleKey
    text: str


def read_folder(path: Path, *, defaults: Path | None = None) -> Folder:
    """Every article of a folder; what cannot be read is listed, not raised.

    The routes and lexicon of `defaults` (the shipped ones) apply unless the folder names its own.
    """
    defaults = defaults or starter.path()
    problems: list[InvalidArticle] = []
    articles = tuple(_articles(path, problems))
    routes = {route.key: route for route in _routes(defaults, problems)}
    lexicon = _lexicon(defaults, problems)
    if path.resolve() != defaults.resolve():
        routes |= {route.key: route for route in _routes(path, problems)}
        for lang, words in _lexicon(path, problems).items():
            lexicon[lang] = {**lexicon.get(lang, {}), **words}
    return Folder(
        articles=articles,
        routes=tuple(routes[key] for key in sorted(routes)),
        categories=_categories(path, problems),
        lexicon=MappingProxyType(lexicon),
        problems=tuple(problems),
    )


def read_routes(path: Path) -> tuple[Route, ...]:
    """A folder's own routes; those that cannot be read are left out."""
    return tuple(_routes(path, []))


def read_lexicon(path: Path) -> Mapping[str, Mapping[str, str]]:
    """The slang of each language: the shipped words, the folder's own before them."""
    lexicon = _lexicon(starter.path(), [])
    for lang, words in _lexicon(path, []).items():
        lexicon[lang] = {**lexicon.get(lang, {}), **words}
    return MappingProxyType(lexicon)


def read_own_lexicon(
    folder: Path, problems: list[InvalidArticle]
) -> Mapping[str, Mapping[str, str]]:
    """The slang that the folder itself holds; what cannot be read becomes problems."""
    return MappingProxyType(_lexicon(folder, problems))


def list_sources(folder: Path, problems: list[InvalidArticle]) -> Iterator[SourceFile]:
    """Every Markdown file of the language folders; those that are no text become problems."""
    return _sources(folder, folder, problems)


def list_route_sources(folder: Path, problems: list[InvalidArticle]) -> Iterator[SourceFile]:
    return _sources(folder, folder / "routes", problems)


def _sources(folder: Path, languages: Path, problems: list[InvalidArticle]) -> Iterator[SourceFile]:
    for lang in _language_folders(languages):
        for file in sorted(lang.glob("*.md")):
            shown = relative(folder, file)
            try:
                if not file.name.startswith("."):
                    key = file_key(lang.name, file.stem, shown)
                    yield SourceFile(shown, key, read_text(folder, file))
            except InvalidArticle as problem:
                problems.append(problem)


def read_text(folder: Path, file: Path) -> str:
    """A file's text with its line ends as they are; raises InvalidArticle."""
    shown = relative(folder, file)
    try:
        if file.is_symlink() or not file.is_file():
            raise InvalidArticle(shown, 1, "only ordinary files are read: no links, no folders")
        if file.stat().st_size > MOST_BYTES:
            raise InvalidArticle(shown, 1, "the file is far too big for an article: split it")
        raw = file.read_bytes()
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InvalidArticle(shown, line, "the file is not UTF-8: save it as UTF-8") from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InvalidArticle(shown, 1, "the file cannot be read: %(why)s", why=why) from None


def relative(folder: Path, file: Path) -> str:
    return file.relative_to(folder).as_posix()


def _language_folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    inner = (path for path in folder.iterdir() if LANG.fullmatch(path.name))
    return sorted(path for path in inner if path.is_dir() and not path.is_symlink())


def _articles(folder: Path, problems: list[InvalidArticle]) -> Iterator[Article]:
    for file in list_sources(folder, problems):
        try:
            lang, slug = file.key.lang, file.key.slug
            yield parse_article(file.text, lang=lang, slug=slug, path=file.path)
        except InvalidArticle as problem:
            problems.append(problem)


def _routes(folder: Path, problems: list[InvalidArticle]) -> Iterator[Route]:
    for file in list_route_sources(folder, problems):
        try:
            lang, name = file.key.lang, file.key.slug
            yield parse_route(file.text, lang=lang, name=name, path=file.path)
        except InvalidArticle as problem:
            problems.append(problem)


def _categories(folder: Path, problems: list[InvalidArticle]) -> tuple[Category, ...]:
    file = folder / "categories.toml"
    if not file.exists():
        return ()
    try:
        return parse_categories(read_text(folder, file), relative(folder, file))
    except InvalidArticle as problem:
        problems.append(problem)
        return ()


def _lexicon(folder: Path, problems: list[InvalidArticle]) -> dict[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for file in sorted((folder / "lexicon").glob("*.tsv")):
        try:
            source, shown = read_text(folder, file), relative(folder, file)
            found[file.stem] = parse_lexicon(source, shown, problems)
        except InvalidArticle as problem:
            problems.append(problem)
    return found
