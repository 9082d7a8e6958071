"""A picture for a text that somebody is writing: kept at once, while the text stays unsaved."""

import re
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, Any

from flask import request
from pydantic import Field
from werkzeug.datastructures import MultiDict

from kb.models import ArticleKey
from kb.revisions import StoredArticle
from web.accounts.gate import current_staff
from web.editor.article_views import is_source, shown, unsaved
from web.editor.blueprint import bp
from web.forms import Form, FormProblems, read_form
from web.pictures import MOST_BYTES, UnusablePicture, problem_text, store_picture
from web.services import services

MEDIA = "media"
MOST_SENT_BYTES = MOST_BYTES + 1024 * 1024
MARKUP = re.compile(r"([\\\[\]*_`<>!&])")


class PictureForm(Form):
    """`at`: after how many UTF-16 units of the text the cursor stood, as browsers count."""

    alt: Annotated[str, Field(min_length=1, max_length=200)]
    at: Annotated[int, Field(ge=0)] | None = None


@bp.url_value_preprocessor
def _make_room(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Before anything reads the request: pictures may be bigger than other forms."""
    if endpoint == "edit.add_picture":
        request.max_content_length = MOST_SENT_BYTES


@bp.post("/<lang:lang>/<slug:slug>/picture")
def add_picture(lang: str, slug: str) -> str | tuple[str, int]:
    """The editor as it was sent, with the picture in its text."""
    stored = services().library.get_article(ArticleKey(lang, slug))
    form = read_form(PictureForm, request.form)
    if isinstance(form, FormProblems):
        return _refused(stored, form.problems)
    try:
        name = _kept(stored.key)
    except UnusablePicture as unusable:
        return _refused(stored, {"picture": problem_text(unusable)})
    sent: MultiDict[str, str] = MultiDict(request.form)
    text = "source" if is_source() else "body"
    sent[text] = with_picture(sent.get(text, ""), form.alt, f"/{MEDIA}/{name}", form.at)
    return shown(unsaved(stored, sent), is_unsaved=True)


def _refused(stored: StoredArticle, problems: Mapping[str, str]) -> tuple[str, int]:
    page = unsaved(stored, request.form)
    page = replace(page, problems={**page.problems, **problems})
    page = replace(page, picture_alt=request.form.get("alt", ""))
    return shown(page, is_unsaved=True), HTTPStatus.UNPROCESSABLE_ENTITY


def _kept(key: ArticleKey) -> str:
    """The picture's name in the articles' folder; raises UnusablePicture."""
    upload = request.files.get("picture")
    if upload is None or not upload.filename:
        raise UnusablePicture("missing")
    name = store_picture(upload.read(), services().settings.articles_dir / MEDIA)
    audit = services().accounts.audit
    audit.record(current_staff().email, "article.picture", str(key), after={"picture": name})
    return name


def with_picture(text: str, alt: str, address: str, at: int | None) -> str:
    """Below the line where the cursor stood, else at the end."""
    text = text.replace("\r\n", "\n")
    units = text.encode("utf-16-le")
    before = text if at is None else units[: 2 * at].decode("utf-16-le", "ignore")
    line_end = text.find("\n", len(before))
    above = text if line_end < 0 else text[:line_end]
    escaped = MARKUP.sub(r"\\\1", " ".join(alt.split()))
    below = text[len(above) :].strip("\n")
    parts = (above.rstrip("\n"), f"![{escaped}]({address})", below)
    return "\n\n".join(part for part in parts if part) + "\n"
