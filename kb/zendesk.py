"""A Zendesk help centre as its API exports it: JSON with HTML bodies."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kb.archive import PackedFile
from kb.bundle import Bundle, Record, bundled
from kb.errors import InvalidImport
from kb.htmlmarkdown import convert
from kb.markdownfiles import decoded
from kb.slugs import slug_of
from kb.yamltext import YamlValue

MOST_ARTICLES = 2_000
SURROGATE = re.compile("[\ud800-\udfff]")


def read_zendesk(file: PackedFile, lang: str) -> Bundle:
    """`{"articles": [{"title", "body", "locale", "section", ...}]}`, with `sections` if there."""
    try:
        raw = json.loads(decoded(file).removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise InvalidImport(file.path, f"no JSON: {error}") from error
    articles = raw.get("articles") if isinstance(raw, dict) else raw
    if not isinstance(articles, list):
        raise InvalidImport(file.path, 'there is no list "articles"')
    if len(articles) > MOST_ARTICLES:
        raise InvalidImport(file.path, f"more than {MOST_ARTICLES} articles: split it")
    sections = _sections(raw.get("sections") if isinstance(raw, dict) else None)
    return bundled(list(_records(articles, sections, file.path, lang)))


def _sections(raw: Any) -> dict[str, str]:
    found = (item for item in raw if isinstance(item, dict)) if isinstance(raw, list) else ()
    return {str(item.get("id")): str(item.get("name") or "") for item in found}


def _records(
    articles: list[Any], sections: Mapping[str, str], path: str, lang: str
) -> Iterator[Record | InvalidImport]:
    for number, article in enumerate(articles, start=1):
        origin = f"{path}, article {number}"
        if not isinstance(article, dict):
            yield InvalidImport(origin, "it must be an object with title and body")
            continue
        try:
            yield _record(article, sections, origin, lang)
        except InvalidImport as problem:
            yield problem


def _record(
    article: Mapping[str, Any], sections: Mapping[str, str], origin: str, lang: str
) -> Record:
    locale = _text(article, "locale", origin).lower()
    body = _text(article, "body", origin)
    return Record(
        origin=origin,
        title=_text(article, "title", origin) or _text(article, "name", origin),
        body=convert(body, origin) if body.strip() else "",
        lang=locale.replace("_", "-").partition("-")[0] or lang,
        fields=dict(_fields(article, sections)),
    )


def _text(article: Mapping[str, Any], key: str, origin: str) -> str:
    value = article.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InvalidImport(origin, f"{key!r} must be a text")
    if SURROGATE.search(value):
        raise InvalidImport(origin, f"{key!r} holds half a character (\\ud800 to \\udfff)")
    return value


def _fields(
    article: Mapping[str, Any], sections: Mapping[str, str]
) -> Iterator[tuple[str, YamlValue]]:
    section = article.get("section") or sections.get(str(article.get("section_id")))
    name = section.get("name") if isinstance(section, dict) else section
    if isinstance(name, str) and name.strip():
        yield "category", slug_of(name)
    labels = article.get("label_names")
    if isinstance(labels, list) and (tags := [tag for tag in labels if isinstance(tag, str)]):
        yield "tags", tags
    if article.get("draft") is True:
        yield "status", "draft"
