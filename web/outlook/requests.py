"""What may be asked: a change, and which questions to try it on."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

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
from web.services import services

MOST_QUESTIONS = 10_000
Name = Annotated[str, Field(pattern=r"^[a-z]{2,3}/[a-z0-9][a-z0-9-]{0,159}$")]
Lang = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Words = Annotated[str, Field(min_length=1, max_length=300)]
Source = Annotated[str, Field(max_length=256 * 1024)]


class Body(BaseModel):
    """A JSON object; a field that is not listed is refused, so that a typing error is noticed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ThresholdBody(Body):
    """`channel` "*" is every private one, "public" every public one; `lang` "*" every language."""

    kind: Literal["threshold"]
    channel: Annotated[str, Field(min_length=1, max_length=20)]
    lang: Annotated[str, Field(pattern=r"^([a-z]{2,3}|\*)$")]
    value: Annotated[float, Field(ge=0, le=1)]

    def change(self) -> Change:
        return ThresholdChange(self.channel, self.lang, self.value)


class ArticleBody(Body):
    """The text going live; null: the article is taken away."""

    kind: Literal["article"]
    article: Name
    source: Source | None

    def change(self) -> Change:
        return ArticleEdit(ArticleKey.parse(self.article), self.source)


class DraftBody(Body):
    """The latest text that is stored of it going live."""

    kind: Literal["draft"]
    article: Name

    def change(self) -> Change:
        key = ArticleKey.parse(self.article)
        return ArticleEdit(key, services().library.get_article(key).latest.source)


class ExampleBody(Body):
    kind: Literal["example_question"]
    article: Name
    text: Words

    def change(self) -> Change:
        return ExampleQuestion(ArticleKey.parse(self.article), self.text)


class SlangBody(Body):
    """How customers write a word → the word that is meant."""

    kind: Literal["slang"]
    lang: Lang
    forms: Annotated[dict[Words, Words], Field(min_length=1, max_length=1000)]

    def change(self) -> Change:
        return Slang(self.lang, self.forms)


class EmbedderBody(Body):
    kind: Literal["embedder"]
    name: Words
    model: Annotated[str, Field(max_length=300)] = ""

    def change(self) -> Change:
        return EmbedderChange(self.name, self.model)


ArticleChange = Annotated[ArticleBody | DraftBody | ExampleBody, Field(discriminator="kind")]
AnyChange = Annotated[
    ThresholdBody | ArticleBody | DraftBody | ExampleBody | SlangBody | EmbedderBody,
    Field(discriminator="kind"),
]


class Asking(Body):
    """`last` stored questions and, unless `golden` is false, all golden ones."""

    last: Annotated[int, Field(ge=0, le=MOST_QUESTIONS)] = 1000
    golden: bool = True

    def scope(self) -> Scope:
        return Scope(self.last, self.golden)


class AnyWhatIf(Asking):
    """Of admins."""

    change: AnyChange


class ArticleWhatIf(Asking):
    """Of writers: what they may change."""

    change: ArticleChange
