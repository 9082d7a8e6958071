"""Article and route → the pieces that can be matched."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from kb.models import Article, Route
from kb.text import normalise

PASSAGES_VERSION = 3
SECTION_WORDS = 90
MOST_SECTIONS = 12


class PassageKind(StrEnum):
    TITLE = "title"
    QUESTION = "question"
    SECTION = "section"


@dataclass(frozen=True)
class Passage:
    """A piece of an article, its text normalised; a section also knows the article's title."""

    kind: PassageKind
    text: str
    title: str = ""

    @property
    def is_wording(self) -> bool:
        """Whether it says the matter in a line, as a title or a customer does."""
        return self.kind is not PassageKind.SECTION

    @property
    def embedded_text(self) -> str:
        return f"{self.title}\n{self.text}" if self.title else self.text

    @cached_property
    def hash(self) -> str:
        """Of what the embedder makes its vector from: the text and whether it is a section."""
        role = "section" if self.kind is PassageKind.SECTION else "question"
        return hashlib.blake2b(f"{role}\n{self.embedded_text}".encode(), digest_size=16).hexdigest()


def passages_of(article: Article) -> tuple[Passage, ...]:
    """Title, example questions, body sections, without repeats."""
    title = normalise(article.title)
    pieces = [Passage(PassageKind.TITLE, title)]
    pieces += [Passage(PassageKind.QUESTION, normalise(text)) for text in article.questions]
    pieces += [
        Passage(PassageKind.SECTION, normalise(text), title) for text in sections(article.body)
    ]
    return _distinct(pieces)


def route_passages(route: Route) -> tuple[Passage, ...]:
    return _distinct([Passage(PassageKind.QUESTION, normalise(text)) for text in route.questions])


def sections(body: str) -> tuple[str, ...]:
    """Lines joined up to 90 words; the first twelve sections."""
    found: list[str] = []
    open_section: list[str] = []
    count = 0
    for paragraph in filter(None, (line.strip() for line in body.splitlines())):
        length = len(paragraph.split())
        if open_section and count + length > SECTION_WORDS:
            found.append("\n".join(open_section))
            open_section, count = [], 0
        open_section.append(paragraph)
        count += length
    if open_section:
        found.append("\n".join(open_section))
    return tuple(found[:MOST_SECTIONS])


def _distinct(pieces: list[Passage]) -> tuple[Passage, ...]:
    seen: dict[str, Passage] = {}
    for piece in pieces:
        if piece.text:
            seen.setdefault(piece.hash, piece)
    return tuple(seen.values())
