"""Everything on a page can be read in Indonesian."""

import re
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po

from web.i18n import TRANSLATIONS, catalogue

PROJECT = Path(__file__).parents[2]
OWN_KEYWORD = re.compile(r"-k (\S+)")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@cache
def used_texts() -> dict[str, str]:
    """Every text of the program → where it stands."""
    with (PROJECT / "web" / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    own = OWN_KEYWORD.findall((PROJECT / "Makefile").read_text(encoding="utf-8"))
    keywords = {**DEFAULT_KEYWORDS, **parse_keywords(own)}
    found = extract_from_dir(PROJECT, methods, options, keywords)
    return {
        message if isinstance(message, str) else message[0]: f"{name}:{line}"
        for name, line, message, _comments, _context in found
    }


@cache
def indonesian() -> Catalog:
    with (TRANSLATIONS / "id" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale="id")


def test_every_text_is_translated() -> None:
    missing = {
        text: place
        for text, place in used_texts().items()
        if not (found := indonesian().get(text)) or not _first(found.string)
    }
    assert not missing


def test_translations_keep_their_placeholders() -> None:
    for message in indonesian():
        if not message.id or not _first(message.string):
            continue
        source = message.id if isinstance(message.id, str) else message.id[-1]
        wanted = set(PLACEHOLDER.findall(source))
        given = set(PLACEHOLDER.findall(_first(message.string)))
        assert given <= wanted | {"num"}, message.id
        assert wanted - {"num"} <= given, message.id


def test_both_forms_of_a_number_are_there() -> None:
    for message in indonesian():
        if isinstance(message.id, tuple) and _first(message.string):
            assert all(message.string), message.id


def test_a_text_without_translation_stays_english() -> None:
    assert catalogue("id").ugettext("no such text") == "no such text"
    assert catalogue("en").ugettext("Help centre") == "Help centre"


def _first(text: str | tuple[str, ...] | list[str]) -> str:
    return text if isinstance(text, str) else next(iter(text), "")
