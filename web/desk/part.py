"""A part of a page that the browser asks for again and again, with an ETag."""

import hashlib
from dataclasses import dataclass

from flask import make_response, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response


@dataclass(frozen=True, slots=True)
class Part:
    """What a template made, to stand inside another page; `etag` changes with its content."""

    html: Markup

    @property
    def etag(self) -> str:
        return hashlib.sha256(self.html.encode()).hexdigest()[:20]

    def response(self) -> Response:
        """The part, or 304 when the browser has it already."""
        answer = make_response(str(self.html))
        answer.set_etag(self.etag)
        return answer.make_conditional(request)


def render_part(template: str, **values: object) -> Part:
    return Part(Markup(render_template(template, **values)))  # noqa: S704 (escaped by its template)
