"""The help centre's blueprint: its languages are the firm's."""

from typing import Any

from flask import Blueprint, abort

from web.services import current_firm

help_pages = Blueprint("help", __name__)


@help_pages.url_value_preprocessor
def refuse_other_languages(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "lang" in values and values["lang"] not in current_firm().languages:
        abort(404)
