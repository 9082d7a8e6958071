"""A part of a page that the browser asks for again and again, with an ETag."""

import hashlib

from flask import make_response, request
from werkzeug.wrappers import Response


def etag_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def part(html: str) -> Response:
    """The part, or 304 when the browser has it already."""
    response = make_response(html)
    response.set_etag(etag_of(html))
    return response.make_conditional(request)
