"""What programs may send, and what it must look like."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from kb.models import ArticleKey
from responder.feedback import LONGEST_WHY
from responder.intake import LONGEST_MESSAGE, clean

PUBLIC_ID = r"^[0-9A-HJKMNP-TV-Z]{26}$"
LANG = r"^[a-z]{2,3}$"
NUMBER = r"^[1-9][0-9]{0,8}$"
SLUG = r"^[a-z0-9][a-z0-9-]{0,159}$"
ARTICLE = r"^[a-z]{2,3}/[a-z0-9][a-z0-9-]{0,159}$"
LONGEST_QUERY = 300


def _not_empty(text: str) -> str:
    if not text:
        raise PydanticCustomError("empty", "write something first")
    return text


Clean = AfterValidator(clean)
Words = Annotated[str, Field(min_length=1, max_length=LONGEST_MESSAGE), Clean]
MessageText = Annotated[Words, AfterValidator(_not_empty)]


class Body(BaseModel):
    """A JSON object; a field that is not listed is refused, so that a typing error is noticed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Query(BaseModel):
    """What stands behind the question mark of an address."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Ask(Body):
    text: MessageText = Field(
        description="The customer's question, in their own words.",
        examples=["paket saya kok belum sampai ya?"],
    )
    channel: Literal["api", "web", "widget"] = Field(
        "api", description="Where the customer writes; numbers are kept for each."
    )
    lang: str | None = Field(
        None,
        pattern=LANG,
        description="The language to fall back to when the text does not tell. "
        "One that the site does not have is not used.",
        examples=["id"],
    )
    conversation: str | None = Field(
        None,
        pattern=PUBLIC_ID,
        description="Go on with this conversation of the same channel. For one that is unknown or "
        "closed a new one begins; the answer's `conversation` tells.",
    )


class NewMessage(Body):
    text: MessageText = Field(
        description="What the customer adds.", examples=["sudah seminggu nih"]
    )


class ContactDetails(Body):
    """How to reach the customer: an e-mail address or a phone number, or both."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": ["email"], "properties": {"email": {"type": "string"}}},
                {"required": ["phone"], "properties": {"phone": {"type": "string"}}},
            ]
        }
    )

    name: Annotated[str, Field(max_length=120), Clean] | None = Field(None, examples=["Sari"])
    email: Annotated[str, Field(min_length=3, max_length=320), Clean] | None = Field(
        None, examples=["sari@example.com"]
    )
    phone: Annotated[str, Field(min_length=5, max_length=40), Clean] | None = Field(
        None,
        description="As it is dialled in the firm's country, or with + and the country's code.",
        examples=["0812-3456-7890"],
    )
    text: Annotated[str, Field(max_length=LONGEST_MESSAGE), Clean] | None = Field(
        None, description="What people should know."
    )

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if not (self.email or self.phone):
            raise wrong(self, "email", "give an e-mail address or a phone number")
        return self


class Vote(Body):
    """Did it help? Name either a decision, from an answer, or an article, from its page."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {
                    "required": ["decision_id"],
                    "properties": {"decision_id": {"type": "string"}, "article": {"type": "null"}},
                },
                {
                    "required": ["article"],
                    "properties": {"article": {"type": "string"}, "decision_id": {"type": "null"}},
                },
            ]
        }
    )

    decision_id: str | None = Field(
        None, pattern=PUBLIC_ID, description="The `decision_id` of an answer."
    )
    article: str | None = Field(
        None,
        pattern=ARTICLE,
        description="An article, written `language/slug`.",
        examples=["id/paket-belum-sampai"],
    )
    helped: bool
    why: Annotated[str, Field(max_length=LONGEST_WHY), Clean] | None = Field(
        None, description="In the customer's own words."
    )

    @model_validator(mode="after")
    def _one_subject(self) -> Self:
        if (self.decision_id is None) == (self.article is None):
            raise wrong(self, "decision_id", "give decision_id or article, and not both")
        return self

    @property
    def subject(self) -> str | ArticleKey:
        if self.article is not None:
            return ArticleKey.parse(self.article)
        assert self.decision_id is not None
        return self.decision_id


class SearchQuery(Query):
    q: Annotated[str, Field(min_length=1, max_length=LONGEST_QUERY), Clean] = Field(
        description="What to look for; typing errors and slang are understood.",
        examples=["cara bayar"],
    )
    lang: str | None = Field(None, pattern=LANG, description="Only articles in this language.")
    limit: int = Field(10, ge=1, le=50, description="How many at most.")


class ArticlesQuery(Query):
    lang: str | None = Field(None, pattern=LANG, description="Only articles in this language.")
    category: str | None = Field(
        None, min_length=1, max_length=80, description="Only articles of this category, by its key."
    )
    page: int = Field(1, ge=1, le=100_000, description="Pages have 50 articles, by title.")


class GapsQuery(Query):
    days: int = Field(30, ge=1, le=365, description="Questions of the last so many days.")
    customers: int = Field(1, ge=1, le=1000, description="Met by at least so many customers.")
    limit: int = Field(50, ge=1, le=500, description="How many at most.")


def wrong(model: BaseModel, field: str, problem: str) -> ValidationError:
    """An error of the whole that is best mended at one field."""
    details = InitErrorDetails(
        type=PydanticCustomError("together", "{problem}", {"problem": problem}),
        loc=(field,),
        input=None,
    )
    return ValidationError.from_exception_data(type(model).__name__, [details])
