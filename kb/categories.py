"""categories.toml: what the shelves of the help centre are called in each language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from kb.errors import InvalidArticle
from kb.models import LANG


@dataclass(frozen=True, slots=True)
class Category:
    key: str
    order: int
    icon: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]

    def title(self, lang: str) -> str:
        """In that language, else in any, else the key."""
        return self.titles.get(lang) or next(iter(self.titles.values()), self.key)

    def description(self, lang: str) -> str:
        return self.descriptions.get(lang, "")


def parse_categories(source: str, path: str) -> tuple[Category, ...]:
    """In their order; raises InvalidArticle."""
    try:
        raw = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        line = getattr(error, "lineno", 1)
        raise InvalidArticle(path, line, "not valid TOML: %(problem)s", problem=error) from None
    found = [_category(key, value, path) for key, value in raw.items()]
    return tuple(sorted(found, key=lambda category: (category.order, category.key)))


def _category(key: str, value: Any, path: str) -> Category:
    if not isinstance(value, dict):
        raise InvalidArticle(path, 1, "'%(key)s' must be a table: write [%(key)s]", key=key)
    order, icon = value.get("order", 0), value.get("icon", "")
    if not isinstance(order, int) or not isinstance(icon, str):
        raise InvalidArticle(path, 1, "[%(key)s]: order must be a number and icon a text", key=key)
    titles = {lang: text for lang, text in value.items() if LANG.fullmatch(lang)}
    descriptions = value.get("description", {})
    if not isinstance(descriptions, dict):
        raise InvalidArticle(
            path, 1, "[%(key)s]: description must be a table of languages", key=key
        )
    for lang, text in (*titles.items(), *descriptions.items()):
        if not isinstance(text, str):
            raise InvalidArticle(path, 1, "[%(key)s]: %(lang)s must be a text", key=key, lang=lang)
    return Category(key, order, icon, MappingProxyType(titles), MappingProxyType(descriptions))
