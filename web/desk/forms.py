"""What the agents' pages may send."""

from typing import Annotated

from pydantic import Field, field_validator

from kb.errors import InvalidSlug
from kb.models import ArticleKey
from responder.models import Verdict
from web.forms import Form
from web.i18n import N_

LONGEST_REPLY = 16_000


def _as_key(value: str) -> ArticleKey | None:
    """The article a field names: `id/slug`, or `id/slug · Title` as a list of choices gives it."""
    return ArticleKey.parse(value.split(" ", maxsplit=1)[0]) if value else None


class ReplyForm(Form):
    text: Annotated[str, Field(min_length=1, max_length=LONGEST_REPLY)]
    article: Annotated[str, Field(max_length=200)] = ""
    solve: bool = False

    @property
    def article_key(self) -> ArticleKey | None:
        try:
            return _as_key(self.article)
        except InvalidSlug:
            return None


class NoteForm(Form):
    text: Annotated[str, Field(min_length=1, max_length=LONGEST_REPLY)]


class VerdictForm(Form):
    verdict: Verdict
    right: Annotated[str, Field(max_length=500)] = ""

    @field_validator("right")
    @classmethod
    def _names_an_article(cls, value: str) -> str:
        try:
            _as_key(value)
        except InvalidSlug:
            raise ValueError(N_("Choose an article of the list.")) from None
        return value

    @property
    def right_key(self) -> ArticleKey | None:
        return _as_key(self.right)


class TakeForm(Form):
    take_over: bool = False
