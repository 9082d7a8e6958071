"""The form's fields and the file: each field touches only its own key."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from kb.frontmatter import edit, edit_body
from kb.models import Article, Visibility
from kb.yamltext import YamlValue
from web.editor.forms import ArticleForm

CHANNEL_FIELD = "channel_"
# short channels, offered even when the article has no text of its own for them
SHORT_CHANNELS = ("x", "instagram_comment")


def field_values(article: Article, zone: ZoneInfo) -> dict[str, Any]:
    """An article as the texts that the form's fields show."""
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
        "publish_at": _local(article.publish_at, zone),
        "visibility": str(article.visibility),
        "auto_answer": article.auto_answer,
        "translation_of": str(article.translation_of) if article.translation_of else "",
        "channels": {**dict.fromkeys(SHORT_CHANNELS, ""), **article.channels},
    }


def sent_values(data: MultiDict[str, str]) -> dict[str, Any]:
    """What was sent, to be shown again beside what is wrong with it."""
    return {
        **{name: data.get(name, "") for name in ArticleForm.model_fields},
        "auto_answer": "auto_answer" in data,
        "channels": {**dict.fromkeys(SHORT_CHANNELS, ""), **channel_texts(data)},
    }


def channel_texts(data: MultiDict[str, str]) -> dict[str, str]:
    """The short texts that single channels have of their own."""
    return {
        name.removeprefix(CHANNEL_FIELD): " ".join(text.split())
        for name, text in data.items()
        if name.startswith(CHANNEL_FIELD) and text.strip()
    }


def apply(
    source: str, article: Article, form: ArticleForm, channels: Mapping[str, str], zone: ZoneInfo
) -> str:
    """The file with what was changed in the form; every other byte stays. May raise InvalidArticle.

    `article` is the source as read; a field that still shows what it said leaves its key alone.
    """
    shown, sent = field_values(article, zone), _sent(form, channels)
    wanted = _wanted(form, channels, zone)
    changes = {key: wanted[key] for key in wanted if _plain(sent[key]) != _plain(shown[key])}
    edited = edit(source, changes)
    if form.body.rstrip("\n") == article.body.rstrip("\n"):
        return edited
    return edit_body(edited, form.body.rstrip("\n") + "\n")


def _sent(form: ArticleForm, channels: Mapping[str, str]) -> dict[str, Any]:
    return {
        **form.model_dump(exclude={"body", "based_on"}),
        "review_by": form.review_by.isoformat() if form.review_by else "",
        "valid_until": form.valid_until.isoformat() if form.valid_until else "",
        "publish_at": _written(form.publish_at),
        "visibility": str(form.visibility),
        "channels": channels,
    }


def _wanted(
    form: ArticleForm, channels: Mapping[str, str], zone: ZoneInfo
) -> dict[str, YamlValue | None]:
    """The keys as they would be written; None where the default needs no key."""
    return {
        "title": " ".join(form.title.split()),
        "answer": " ".join(form.answer.split()) or None,
        "questions": [q for line in form.questions.splitlines() if (q := line.strip())] or None,
        "category": form.category or None,
        "tags": [tag for part in form.tags.split(",") if (tag := part.strip())] or None,
        "visibility": None if form.visibility is Visibility.PUBLIC else str(form.visibility),
        "auto_answer": None if form.auto_answer else False,
        "owner": form.owner or None,
        "review_by": form.review_by,
        "publish_at": form.publish_at.replace(tzinfo=zone) if form.publish_at else None,
        "valid_until": form.valid_until,
        "translation_of": form.translation_of or None,
        "channels": dict(channels) or None,
    }


def _plain(value: Any) -> Any:
    """Without what a browser's text field may change: line ends, outer and doubled spaces."""
    if isinstance(value, Mapping):
        return {name: _plain(text) for name, text in value.items() if text}
    if isinstance(value, str):
        return "\n".join(words for line in value.splitlines() if (words := " ".join(line.split())))
    return value


def _local(moment: datetime | None, zone: ZoneInfo) -> str:
    return _written(moment.astimezone(zone)) if moment else ""


def _written(moment: datetime | None) -> str:
    """As a browser's field for date and time writes it."""
    if moment is None:
        return ""
    return moment.strftime("%Y-%m-%dT%H:%M:%S" if moment.second else "%Y-%m-%dT%H:%M")
