"""A Markdown file with front matter: read it, and edit one key without touching the rest."""

from collections.abc import Mapping as MappingABC
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NoReturn, TypeVar

from kb.errors import InvalidArticle, InvalidSlug
from kb.fences import Parts, read_front, split
from kb.models import Article, ArticleKey, Route, RouteAction, Status, Visibility
from kb.yamltext import YamlValue, dump_block, dump_flow, is_listing
from kb.yamltree import Entry, Listing, Mapping, Scalar, content, line_end, line_start

Choice = TypeVar("Choice", bound=StrEnum)

LONGEST_TITLE = 300
BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
ARTICLE_KEYS = frozenset(
    [
        *("title", "answer", "questions", "lang", "category", "tags", "status", "visibility"),
        *("auto_answer", "owner", "review_by", "publish_at", "valid_until", "translation_of"),
        "channels",
    ]
)


def parse_article(source: str, *, lang: str, slug: str, path: str) -> Article:
    """Raises InvalidArticle, which names the line and says what to do."""
    key = file_key(lang, slug, path)
    parts = split(source, path)
    if not parts.closing:
        raise InvalidArticle(
            path, 1, "the file has no front matter: begin with '---', 'title: ...', '---'"
        )
    front = _Front(read_front(parts, path), path)
    if front.text("lang") not in (None, lang):
        front.fail(
            "lang",
            "lang differs from the folder '%(folder)s': correct it or move the file",
            folder=lang,
        )
    return Article(
        key=key,
        title=front.title(),
        body=parts.body.replace("\r\n", "\n"),
        answer=front.text("answer"),
        questions=front.texts("questions"),
        category=front.text("category"),
        tags=front.texts("tags"),
        status=front.choice("status", Status.PUBLISHED),
        visibility=front.choice("visibility", Visibility.PUBLIC),
        auto_answer=front.flag("auto_answer", default=True),
        owner=front.text("owner"),
        review_by=front.day("review_by"),
        publish_at=front.moment("publish_at"),
        valid_until=front.day("valid_until"),
        translation_of=front.article_key("translation_of"),
        channels=front.text_by_name("channels"),
        unknown=tuple(name for name in front.entries if name not in ARTICLE_KEYS),
    )


def parse_route(source: str, *, lang: str, name: str, path: str) -> Route:
    """Raises InvalidArticle."""
    key = file_key(lang, name, path)
    parts = split(source, path)
    front = _Front(read_front(parts, path), path)
    if front.text("action") is None:
        raise InvalidArticle(
            path, 1, "action is missing: give one of %(choices)s", choices=_listed(RouteAction)
        )
    questions = front.texts("questions")
    if not questions:
        raise InvalidArticle(path, 1, "questions are missing: list what customers write")
    return Route(
        lang=key.lang,
        name=key.slug,
        action=front.choice("action", RouteAction.PERSON),
        questions=questions,
        answer=front.text("answer") or parts.body.strip(),
    )


def file_key(lang: str, slug: str, path: str) -> ArticleKey:
    """What a file is called by its folder and name; raises InvalidArticle."""
    try:
        return ArticleKey(lang, slug)
    except InvalidSlug as error:
        raise InvalidArticle(
            path,
            1,
            "%(name)s is not a slug: use a-z, 0-9 and '-', starting with a letter or digit, "
            "at most 160 characters",
            name=repr(error.slug),
        ) from None


class _Front:
    """The entries of one file, read as the types that keys ask for."""

    def __init__(self, entries: MappingABC[str, Entry], path: str) -> None:
        self.entries, self._path = entries, path

    def fail(self, key: str, template: str, /, **facts: object) -> NoReturn:
        line = self.entries[key].key.span.line + 2
        raise InvalidArticle(self._path, line, template, key=key, **facts)

    def title(self) -> str:
        title = " ".join((self.text("title") or "").split())
        if not title:
            raise InvalidArticle(self._path, 1, "the title is missing: add a line 'title: ...'")
        if len(title) > LONGEST_TITLE:
            self.fail(
                "title",
                "title has %(length)s characters: at most %(most)s",
                length=len(title),
                most=LONGEST_TITLE,
            )
        return title

    def text(self, key: str) -> str | None:
        entry = self.entries.get(key)
        if entry is None:
            return None
        if not isinstance(entry.value, Scalar):
            self.fail(key, "%(key)s must be one text, not a list or mapping: use quotes if it is")
        return None if entry.value.is_null else entry.value.text.strip() or None

    def texts(self, key: str) -> tuple[str, ...]:
        entry = self.entries.get(key)
        if entry is None or (isinstance(entry.value, Scalar) and entry.value.is_null):
            return ()
        if not isinstance(entry.value, Listing):
            self.fail(key, "%(key)s must be a list: [one, two], or one a line after '- '")
        found = []
        for item in entry.value.items:
            if not isinstance(item, Scalar):
                raise InvalidArticle(
                    self._path,
                    item.span.line + 2,
                    "put this item of %(key)s in quotes: it holds ': ' or a bracket",
                    key=key,
                )
            if not item.is_null and item.text.strip():
                found.append(item.text.strip())
        return tuple(found)

    def text_by_name(self, key: str) -> MappingABC[str, str]:
        entry = self.entries.get(key)
        if entry is None or (isinstance(entry.value, Scalar) and entry.value.is_null):
            return MappingProxyType({})
        if not isinstance(entry.value, Mapping):
            self.fail(key, "%(key)s must be a mapping such as {x: a short text}")
        found = {}
        for inner in entry.value.entries:
            if not isinstance(inner.value, Scalar):
                self.fail(
                    key,
                    "%(key)s: the text of %(given)s must be one text, in quotes",
                    given=repr(inner.key.text),
                )
            if not inner.value.is_null:
                found[inner.key.text] = inner.value.text
        return MappingProxyType(found)

    def choice(self, key: str, default: Choice) -> Choice:
        text = self.text(key)
        if text is None:
            return default
        kind = type(default)
        try:
            return kind(text)
        except ValueError:
            self.fail(
                key,
                "%(key)s is %(given)s: give one of %(choices)s",
                given=repr(text[:40]),
                choices=_listed(kind),
            )

    def flag(self, key: str, *, default: bool) -> bool:
        text = self.text(key)
        if text is None:
            return default
        if text.lower() not in BOOLEANS:
            self.fail(key, "%(key)s is %(given)s: give true or false", given=repr(text[:40]))
        return BOOLEANS[text.lower()]

    def day(self, key: str) -> date | None:
        text = self.text(key)
        if text is None:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.fail(
                key, "%(key)s is %(given)s: give a day such as 2027-03-01", given=repr(text[:40])
            )

    def moment(self, key: str) -> datetime | None:
        text = self.text(key)
        if text is None:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            self.fail(
                key,
                "%(key)s is %(given)s: give a time with its zone such as 2027-03-01T09:00+07:00",
                given=repr(text[:40]),
            )
        return moment

    def article_key(self, key: str) -> ArticleKey | None:
        text = self.text(key)
        if text is None:
            return None
        try:
            return ArticleKey.parse(text)
        except InvalidSlug:
            self.fail(
                key,
                "%(key)s is %(given)s: give an article such as en/parcel-not-arrived",
                given=repr(text[:60]),
            )


def _listed(kind: type[StrEnum]) -> str:
    return ", ".join(kind)


def edit(source: str, changes: MappingABC[str, YamlValue | None]) -> str:
    """Write the given keys (None removes one) and leave every other byte as it is."""
    for key, value in changes.items():
        source = _edit_one(source, key, value)
    return source


def _edit_one(source: str, key: str, value: YamlValue | None) -> str:
    parts = _with_fences(split(source, "article"))
    entries = read_front(parts, "article")
    entry = entries.get(key)
    if value is None and entry is None:
        return source
    if entry is None:
        assert value is not None
        front = parts.front + _line(key, value, _indent(parts, entries), parts.newline)
    elif value is None:
        front = _without(parts.front, entry)
    else:
        front = _replaced(parts, entry, value)
    edited = replace(parts, front=front)
    _check_others(entries, read_front(edited, "article"), key)
    return edited.joined()


def _with_fences(parts: Parts) -> Parts:
    if parts.closing:
        return parts
    newline = "\r\n" if "\r\n" in parts.body else "\n"
    return replace(parts, opening=f"{parts.opening}---{newline}", closing=f"---{newline}")


def _check_others(
    before: MappingABC[str, Entry], after: MappingABC[str, Entry], edited: str
) -> None:
    """Rare YAML (a text block before a removed key) could take up lines that are left over."""
    keys = (before.keys() | after.keys()) - {edited}
    for key in sorted(keys):
        old, new = before.get(key), after.get(key)
        if old is None or new is None or content(old.value) != content(new.value):
            line = before[key].key.span.line + 2 if key in before else 1
            raise InvalidArticle(
                "article",
                line,
                "'%(key)s' cannot be changed beside '%(other)s': edit it by hand",
                key=edited,
                other=key,
            )


def _indent(parts: Parts, entries: MappingABC[str, Entry]) -> str:
    for entry in entries.values():
        return parts.front[line_start(parts.front, entry.key.span.start) : entry.key.span.start]
    return ""


def _line(key: str, value: YamlValue, indent: str, newline: str) -> str:
    name = dump_flow(key)
    if is_listing(value):
        inner = f"{indent}  "
        return f"{indent}{name}:{newline}{inner}{dump_block(value, inner, newline)}{newline}"
    return f"{indent}{name}: {dump_flow(value)}{newline}"


def _without(front: str, entry: Entry) -> str:
    start = line_start(front, entry.key.span.start)
    return front[:start] + front[line_end(front, entry.value.span.end) :]


def _replaced(parts: Parts, entry: Entry, value: YamlValue) -> str:
    front, span = parts.front, entry.value.span
    before = front[line_start(front, span.start) : span.start]
    stands_alone = not before.strip()
    written = _on_own_line(entry, value, before, parts) if stands_alone else dump_flow(value)
    gap = " " if before.endswith(":") else ""
    return front[: span.start] + gap + written + front[span.end :]


def _on_own_line(entry: Entry, value: YamlValue, indent: str, parts: Parts) -> str:
    if is_listing(value):
        return dump_block(value, indent, parts.newline)
    key_start = entry.key.span.start
    key_column = key_start - line_start(parts.front, key_start)
    return dump_flow(value) if len(indent) > key_column else f"  {dump_flow(value)}"


def edit_body(source: str, body: str) -> str:
    """Replace what follows the front matter; line ends follow the file's."""
    parts = split(source, "article")
    newline = "\r\n" if "\r\n" in source[:200] else "\n"
    text = body.replace("\r\n", "\n").replace("\n", newline)
    closing = parts.closing
    if closing and not closing.endswith("\n"):
        closing += newline
    return Parts(parts.opening, parts.front, closing, text).joined()


def new_source(title: str, body: str = "", **fields: YamlValue | None) -> str:
    """A file for a new article."""
    given = {key: value for key, value in fields.items() if value is not None}
    return edit(f"---\n---\n{body}", {"title": title, **given})
