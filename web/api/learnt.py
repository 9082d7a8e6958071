"""What programs get back about learning."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from web.api.answers import Answer


class GapLine(Answer):
    """Questions that mean the same and that no article answers."""

    typical: str = Field(description="The most central wording, personal data hidden.")
    wordings: list[str] = Field(description="Up to five different ones, the commonest first.")
    questions: int
    customers: int
    lang: str
    nearest: str | None = Field(
        description="The article the bot would have thought of.", examples=["id/cara-retur"]
    )
    decisions: list[str] = Field(description="The `decision_id` of each question.")
    last_at: datetime


class GapList(Answer):
    gaps: list[GapLine] = Field(description="Those that most customers met first.")
    total: int
    days: int


class SuggestedQuestion(Answer):
    id: int
    question: str = Field(description="The customer's words; personal data never gets here.")
    lang: str
    channel: str
    decision_id: str
    at: datetime


class SuggestedGroup(Answer):
    """Questions that mean the same."""

    typical: str
    customers: int
    questions: list[SuggestedQuestion]


class SuggestedArticle(Answer):
    """An article that agents answered with, and what they answered."""

    article: str = Field(examples=["id/paket-belum-sampai"])
    title: str
    has_draft: bool = Field(description="Accepted questions go into the draft then.")
    groups: list[SuggestedGroup]


class SuggestionList(Answer):
    articles: list[SuggestedArticle] = Field(description="Those with most questions first.")
    total: int = Field(description="How many questions.")


class DecidedSuggestion(Answer):
    id: int
    state: Literal["accepted", "declined"]
    article: str = Field(examples=["id/paket-belum-sampai"])
    revision: int | None = Field(description="The article's version that has the question.")
    live: bool = Field(description="False: it waits in the article's draft, or was declined.")
