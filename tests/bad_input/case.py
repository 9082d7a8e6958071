"""One bad input: what is given, what is then seen, and the act that really does it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tests.bad_input.stage import Stage

ANYTHING = "…"


class Area(StrEnum):
    QUESTION = "A customer's question"
    ARTICLE = "An article's file"
    KNOWLEDGE = "A small knowledge base"
    SETTINGS = "Settings and secret key"
    DATABASE = "The database"
    INDEX = "The search index"
    FOLDER = "Folder and portal"
    WEB = "Addresses and forms"
    COMMAND = "The command line"


class Via(StrEnum):
    PAGE = "page"
    API = "API"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Seen:
    """What came back: `code` is the HTTP status or the exit code, `text` what is read there."""

    via: Via
    code: int
    text: str
    lang: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    document: Any = None


@dataclass(frozen=True, slots=True)
class Case:
    """`expected` is the text that is seen; "…" in it stands for any text."""

    id: str
    area: Area
    given: str
    via: Via
    code: int
    expected: str
    act: Callable[[Stage], Seen]
    lang: str = ""
    is_slow: bool = False

    def fits(self, text: str) -> bool:
        parts = (re.escape(part.strip()) for part in self.expected.split(ANYTHING))
        return re.search(r"\s?.*?\s?".join(parts), text, re.DOTALL) is not None
