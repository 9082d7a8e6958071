"""What programs get back."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from responder.models import Reason, ReplyKind

SHARE: JsonDict = {"minimum": 0, "maximum": 1}


class Answer(BaseModel):
    """A JSON object; every field is always there."""

    model_config = ConfigDict(frozen=True)


class Choice(Answer):
    """One title to offer; when the customer picks it, send the title as their next message."""

    article: str = Field(examples=["id/paket-belum-sampai"])
    title: str
    link: str
    lang: str = Field(description="The language of the article.")


class GivenAnswer(Answer):
    """One article's answer; a message with two questions gets two of them."""

    article: str = Field(examples=["id/paket-belum-sampai"])
    title: str
    text: str = Field(description="The article's short answer.")
    link: str
    lang: str = Field(description="The language of the article.")
    note: str = Field(
        description="A line saying that the article is not in the customer's language; else empty."
    )


class Candidate(Answer):
    """An article with the probability, 0 to 1, that answering with it is right."""

    slug: str
    lang: str
    title: str
    confidence: float = Field(json_schema_extra=SHARE)


class AskAnswer(Answer):
    """What was decided and what to tell the customer."""

    reply: ReplyKind = Field(
        description="answer: text and link settle it. clarify: offer the choices. handoff: people "
        "take over. smalltalk: a greeting or thanks. silence: say nothing, a person is on it."
    )
    text: str = Field(
        description="What to tell the customer; empty if nothing is to be said. Of several "
        "answers each has its link in it."
    )
    link: str | None = Field(description="The (first) article to read on, on this site.")
    confidence: float | None = Field(
        description="Probability that the best article is right; null without an API key."
    )
    article: str | None = Field(
        description="The (first) article that answers.", examples=["id/paket-belum-sampai"]
    )
    answers: list[GivenAnswer] = Field(
        description="Each answer by itself, for `answer`: one, or one for each question."
    )
    candidates: list[Candidate] = Field(
        description="What was weighed, best first; empty without an API key."
    )
    reason: Reason | None = Field(description="Why people take over.")
    decision_id: str = Field(description="For feedback on this answer.")
    conversation: str = Field(
        description="Send it along to go on. Whoever knows it can write in this "
        "conversation, so treat it as a secret."
    )
    lang: str = Field(description="The language of `text`.")
    choices: list[Choice] = Field(description="Titles to choose from, for `clarify`.")
    opening: str = Field(description="When people answer.")
    disclosure: str = Field(
        description="A line saying that this is automatic and how to reach a person."
    )
    status_url: str | None = Field(description="The customer's own page of this conversation.")


class ContactReceipt(Answer):
    """People have it now."""

    conversation: str
    opening: str = Field(description="When people answer.")
    status_url: str | None = Field(description="The customer's own page of this conversation.")


class ArticleLine(Answer):
    lang: str
    slug: str
    title: str
    summary: str = Field(description="The short answer as plain text.")
    category: str | None = Field(description="The category's key.")
    link: str
    updated: datetime | None


class SearchResults(Answer):
    query: str
    articles: list[ArticleLine] = Field(description="Best first.")


class ArticleList(Answer):
    articles: list[ArticleLine]
    page: int
    pages: int
    total: int


class Translation(Answer):
    lang: str
    slug: str
    title: str
    link: str


class ArticleText(Answer):
    lang: str
    slug: str
    title: str
    answer: str = Field(description="The short answer as plain text.")
    html: str = Field(description="The body as safe HTML.")
    markdown: str = Field(description="The body as it was written.")
    link: str
    updated: datetime | None
    category: str | None = Field(description="The category's key.")
    translations: list[Translation]


class VoteReceipt(Answer):
    recorded: bool


class Fault(Answer):
    code: str = Field(description="What programs read; it never changes.", examples=["not_found"])
    message: str = Field(description="What people read.")
    detail: Any = Field(
        description="Null, or more to know: for a wrong field a list of {field, problem}."
    )


class ErrorBody(Answer):
    """Whatever goes wrong, the body looks like this."""

    error: Fault
