"""The forms on which a change is described, and the change that they describe."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, field_validator

from kb.embedders import EMBEDDERS
from kb.errors import InvalidSlug
from kb.models import ArticleKey
from responder.changes import (
    ArticleEdit,
    Change,
    EmbedderChange,
    ExampleQuestion,
    Slang,
    ThresholdChange,
)
from responder.whatif import Scope
from web.forms import Form
from web.i18n import N_
from web.outlook.page import CHOICES
from web.services import services

NOT_AN_ARTICLE = N_("Give the article as language/slug, such as id/paket-belum-sampai.")
NOT_SLANG = N_("Write one pair a line: gmn = bagaimana")


class Kind(StrEnum):
    """What is to be tried. draft: the latest text going live. gone: the article taken away."""

    THRESHOLD = "threshold"
    DRAFT = "draft"
    GONE = "gone"
    EXAMPLE = "example"
    SLANG = "slang"
    EMBEDDER = "embedder"


OF_AN_ARTICLE = (Kind.DRAFT, Kind.GONE, Kind.EXAMPLE)


class ScopeForm(Form):
    last: int = CHOICES[1]

    @field_validator("last")
    @classmethod
    def _is_offered(cls, value: int) -> int:
        return value if value in CHOICES else CHOICES[1]

    def scope(self) -> Scope:
        return Scope(self.last)


class ThresholdTry(ScopeForm):
    channel: Annotated[str, Field(min_length=1, max_length=20)]
    lang: Annotated[str, Field(pattern=r"^([a-z]{2,3}|\*)$")]
    percent: Annotated[float, Field(ge=50, le=100)]

    def change(self) -> Change:
        return ThresholdChange(self.channel, self.lang, round(self.percent / 100, 4))


class ArticleTry(ScopeForm):
    article: Annotated[str, Field(min_length=1, max_length=170)]

    @field_validator("article")
    @classmethod
    def _is_an_article(cls, value: str) -> str:
        try:
            return str(ArticleKey.parse(value))
        except InvalidSlug:
            raise ValueError(NOT_AN_ARTICLE) from None

    @property
    def key(self) -> ArticleKey:
        return ArticleKey.parse(self.article)


class DraftTry(ArticleTry):
    def change(self) -> Change:
        return ArticleEdit(self.key, services().library.get_article(self.key).latest.source)


class GoneTry(ArticleTry):
    def change(self) -> Change:
        return ArticleEdit(self.key, None)


class ExampleTry(ArticleTry):
    text: Annotated[str, Field(min_length=1, max_length=300)]

    def change(self) -> Change:
        return ExampleQuestion(self.key, self.text)


class SlangTry(ScopeForm):
    lang: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    forms: Annotated[str, Field(min_length=3, max_length=20_000)]

    @field_validator("forms")
    @classmethod
    def _are_pairs(cls, value: str) -> str:
        if not all(_pair(line) for line in value.splitlines() if line.strip()):
            raise ValueError(NOT_SLANG)
        return value

    def change(self) -> Change:
        lines = (line for line in self.forms.splitlines() if line.strip())
        return Slang(self.lang, dict(pair for line in lines if (pair := _pair(line))))


class EmbedderTry(ScopeForm):
    name: str
    model: Annotated[str, Field(max_length=300)] = ""

    @field_validator("name")
    @classmethod
    def _is_known(cls, value: str) -> str:
        if value not in EMBEDDERS:
            raise ValueError(N_("Choose one of the list."))
        return value

    def change(self) -> Change:
        return EmbedderChange(self.name, self.model)


AnyTry = ThresholdTry | DraftTry | GoneTry | ExampleTry | SlangTry | EmbedderTry
TRIES: dict[Kind, type[AnyTry]] = {
    Kind.THRESHOLD: ThresholdTry,
    Kind.DRAFT: DraftTry,
    Kind.GONE: GoneTry,
    Kind.EXAMPLE: ExampleTry,
    Kind.SLANG: SlangTry,
    Kind.EMBEDDER: EmbedderTry,
}


def kind_named(name: str, otherwise: Kind) -> Kind:
    return Kind(name) if name in set(Kind) else otherwise


def _pair(line: str) -> tuple[str, str] | None:
    """A line of a slang list, with a tab or an equals sign between."""
    written, mark, meant = line.partition("\t") if "\t" in line else line.partition("=")
    return (written.strip(), meant.strip()) if mark and written.strip() and meant.strip() else None
