"""One operation of the API: where it is, what it takes, what it gives."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote_to_bytes

from flask import Response, request
from pydantic import ValidationError
from pydantic_core import from_json
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from web.api.answers import Answer
from web.api.callers import demand_key, recognise
from web.api.requests import Body, Query

MOST_BYTES = 64 * 1024
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Operation:
    """`rule` is Flask's, below /api/v1; `errors` are the statuses that are its own."""

    method: Literal["GET", "POST"]
    rule: str
    view: Callable[..., Answer]
    answer: type[Answer]
    summary: str
    description: str = ""
    body: type[Body] | None = None
    query: type[Query] | None = None
    errors: tuple[int, ...] = ()
    needs_key: bool = False

    @property
    def name(self) -> str:
        return self.view.__name__

    @property
    def statuses(self) -> tuple[int, ...]:
        """Every status beside 200."""
        own = {401, 503, *self.errors}
        if self.body is not None:
            own |= {400, 413, 415, 422}
        if self.query is not None:
            own |= {400, 422}
        return tuple(sorted(own))

    def serve(self, **path: str | int) -> Response:
        recognise()
        if self.needs_key:
            demand_key()
        taken: dict[str, Body | Query] = {}
        if self.query is not None:
            taken["query"] = read_query(self.query)
        if self.body is not None:
            taken["body"] = read_body(self.body)
        answer = self.view(**path, **taken)
        return Response(answer.model_dump_json(), mimetype=JSON)


def read_query(model: type[Query]) -> Query:
    try:
        unquote_to_bytes(request.query_string).decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequest("the address is not UTF-8") from None
    return model.model_validate(request.args.to_dict())


def read_body(model: type[Body]) -> Body:
    """pydantic's own reader bounds depth and refuses what is not UTF-8."""
    if request.mimetype != JSON:
        raise UnsupportedMediaType(f"send JSON, with 'Content-Type: {JSON}'")
    raw = request.get_data()
    if len(raw) > MOST_BYTES:
        _check_json(raw)
        raise RequestEntityTooLarge(f"send at most {MOST_BYTES // 1024} KB")
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
        if problem["type"] == "json_invalid":
            raise BadRequest(problem["msg"]) from None
        raise


def _check_json(raw: bytes) -> None:
    """What is no JSON at all is told so, whatever its length."""
    try:
        from_json(raw, cache_strings="none")
    except ValueError as error:
        raise BadRequest(f"Invalid JSON: {error}") from None
