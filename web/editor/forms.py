"""What the editor's pages may send, and how a form becomes an edit of a Markdown file."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Field, StringConstraints, field_validator
from werkzeug.datastructures import MultiDict

from kb.errors import InvalidSlug
from kb.models import SLUG, Article, ArticleKey, Visibility
from kb.yamltext import YamlValue
from web.forms import Form
from web.i18n import N_

LONGEST_SOURCE = 256 * 1024
CHANNEL_FIELD = "channel_"
Line = Annotated[str, Field(max_length=300)]
Text = Annotated[
    str, StringConstraints(strip_whitespace=False, max_length=LONGEST_SOURCE)
]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class ArticleForm(Form):
    """The fields of an article as the page shows them."""

    title: Annotated[str, Field(min_length=1, max_length=200)]
    answer: Annotated[str, Field(max_length=2000)] = ""
    questions: Annotated[str, Field(max_length=40_000)] = ""
    body: Text = ""
    category: Line = ""
    tags: Line = ""
    owner: Line = ""
    review_by: date | None = None
    valid_until: date | None = None
    visibility: Visibility = Visibility.PUBLIC
    auto_answer: bool = False
    translation_of: Line = ""
    based_on: int = 0

    @field_validator("translation_of")
    @classmethod
    def _names_an_article(cls, value: str) -> str:
        try:
            return str(ArticleKey.parse(value)) if value else ""
        except InvalidSlug:
            raise ValueError(
                N_("Give the other article as language/slug, such as en/parcel-not-arrived.")
            ) from None


class SourceForm(Form):
    source: Annotated[Text, Field(min_length=1)]
    based_on: int = 0


class NewForm(Form):
    lang: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    slug: Annotated[str, Field(max_length=160)] = ""
    title: Annotated[str, Field(min_length=1, max_length=200)]
    category: Line = ""
    question: Line = ""
    translation_of: Line = ""

    @field_validator("slug")
    @classmethod
    def _is_a_slug(cls, value: str) -> str:
        if value and not SLUG.fullmatch(value):
            raise ValueError(N_("Use a-z, 0-9 and hyphens only, such as parcel-not-arrived."))
        return value


class RenameForm(Form):
    slug: Annotated[str, Field(min_length=1, max_length=160)]


class BasedOnForm(Form):
    based_on: int = 0


def channel_texts(data: MultiDict[str, str]) -> dict[str, str]:
    """The short texts that single channels have of their own."""
    return {
        name.removeprefix(CHANNEL_FIELD): " ".join(text.split())
        for name, text in data.items()
        if name.startswith(CHANNEL_FIELD) and text.strip()
    }


def changes_of(
    article: Article, form: ArticleForm, channels: Mapping[str, str]
) -> dict[str, YamlValue | None]:
    """Only what differs from the file, so that an unedited key keeps its every byte."""
    wanted: dict[str, Any] = {
        "title": form.title,
        "answer": " ".join(form.answer.split()) or None,
        "questions": _lines(form.questions) or None,
        "category": form.category or None,
        "tags": tuple(tag for t in form.tags.split(",") if (tag := t.strip())) or None,
        "visibility": None if form.visibility is Visibility.PUBLIC else str(form.visibility),
        "auto_answer": None if form.auto_answer else False,
        "owner": form.owner or None,
        "review_by": form.review_by,
        "valid_until": form.valid_until,
        "translation_of": form.translation_of or None,
        "channels": dict(channels) or None,
    }
    present = _as_written(article)
    return {key: value for key, value in wanted.items() if value != present[key]}


def field_values(article: Article) -> dict[str, Any]:
    """An article as the values of the form's fields."""
    return {
        "title": article.title,
        "answer": article.answer or "",
        "questions": "\n".join(article.questions),
        "body": article.body,
        "category": article.category or "",
        "tags": ", ".join(article.tags),
        "owner": article.owner or "",
        "review_by": article.review_by.isoformat() if article.review_by else "",
        "valid_until": article.valid_until.isoformat() if article.valid_until else "",
        "visibility": str(article.visibility),
        "auto_answer": article.auto_answer,
        "translation_of": str(article.translation_of) if article.translation_of else "",
        "channels": dict(article.channels),
    }


def sent_values(data: MultiDict[str, str]) -> dict[str, Any]:
    """What was sent, to be shown again beside what is wrong with it."""
    return {
        **{name: data.get(name, "") for name in ArticleForm.model_fields},
        "auto_answer": "auto_answer" in data,
        "channels": channel_texts(data),
    }


def _as_written(article: Article) -> dict[str, Any]:
    """The article's keys, with None for what is absent or the default."""
    return {
        "title": article.title,
        "answer": " ".join(article.answer.split()) if article.answer else None,
        "questions": article.questions or None,
        "category": article.category,
        "tags": article.tags or None,
        "visibility": (
            None if article.visibility is Visibility.PUBLIC else str(article.visibility)
        ),
        "auto_answer": None if article.auto_answer else False,
        "owner": article.owner,
        "review_by": article.review_by,
        "valid_until": article.valid_until,
        "translation_of": str(article.translation_of) if article.translation_of else None,
        "channels": dict(article.channels) or None,
    }
