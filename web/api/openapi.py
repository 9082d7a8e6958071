"""OpenAPI 3.1, made from the operations and their pydantic models."""

# flask-openapi3 reads bodies with get_json(silent=True): broken JSON, a wrong content type and
# too deep nesting would all be the same 422. So the document is made here, from pydantic's schemas.

import re
from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from pydantic.json_schema import models_json_schema

from web.api.answers import ErrorBody
from web.api.operation import JSON, Operation
from web.api.operations import OPERATIONS
from web.api.requests import LANG, NUMBER, PUBLIC_ID, SLUG, Query

VERSION = "1.0.0"
REF = "#/components/schemas/{model}"
PATH_PARAMETERS: Mapping[str, tuple[str, str]] = {
    "conversation": (PUBLIC_ID, "The `conversation` of an answer."),
    "lang": (LANG, "The article's language."),
    "suggestion": (NUMBER, "The `id` of a suggested question."),
    "slug": (SLUG, "The article's slug."),
}
ABOUT = """Ask questions, read articles, pass customers on to people.

Without a key everything works within limits per address and per conversation; an answer then \
tells neither confidence nor candidates, and what is meant for the firm alone is refused with 401. \
With a key (`Authorization: Bearer jwb_...`, made in the \
portal) it tells both and there are no limits.

Whatever goes wrong, the body is `{"error": {"code", "message", "detail"}}`, also for 404 (unknown \
address) and 405 (wrong method). Bodies are JSON in UTF-8, at most 64 KB. Browsers of other sites \
may not call (no CORS): call from your server."""
WORDS: Mapping[int, str] = {
    301: "The article has a new address, see Location.",
    400: "Not JSON, not UTF-8, or nested too deeply.",
    401: "The API key is not valid.",
    404: "There is no such thing.",
    409: "Somebody else was faster, or the article cannot be changed now.",
    410: "The article was taken down.",
    413: "Too long: at most 64 KB, and 4000 characters for a message.",
    415: "The body must be sent as application/json.",
    422: "A field is missing or wrong; detail names each.",
    429: "Too much in a short time; wait as long as Retry-After says.",
    503: "The site is busy or being worked on; try again after Retry-After.",
}
SECONDS = {
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "string"}},
}
HEADERS: Mapping[int, Any] = {
    301: {"Location": {"description": "The new address.", "schema": {"type": "string"}}},
    429: SECONDS,
    503: SECONDS,
}
SCHEME = {
    "type": "http",
    "scheme": "bearer",
    "description": "An API key, made in the portal under Administration. Leave it out to call as "
    "a stranger.",
}


@lru_cache(maxsize=4)
def openapi_document(site_url: str) -> dict[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        entry = paths.setdefault(path_of(operation), {})
        entry[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Jawab", "version": VERSION, "description": ABOUT},
        "servers": [{"url": site_url}],
        "security": [{}, {"apiKey": []}],
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "responses": {_response_name(status): _response(status) for status in WORDS},
            "securitySchemes": {"apiKey": SCHEME},
        },
    }


def path_of(operation: Operation) -> str:
    return "/api/v1" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", operation.rule)


def _operation(operation: Operation) -> dict[str, Any]:
    told = {"description": "Done.", "content": _content(operation.answer.__name__)}
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": operation.description,
        "responses": {
            "200": told,
            **{
                str(status): {"$ref": f"#/components/responses/{_response_name(status)}"}
                for status in operation.statuses
            },
        },
    }
    parameters = [*_path_parameters(operation), *_query_parameters(operation.query)]
    if parameters:
        described["parameters"] = parameters
    if operation.needs_key:
        described["security"] = [{"apiKey": []}]
    if operation.body is not None:
        content = _content(operation.body.__name__)
        described["requestBody"] = {"required": True, "content": content}
    return described


def _content(model: str) -> dict[str, Any]:
    return {JSON: {"schema": {"$ref": REF.format(model=model)}}}


def _path_parameters(operation: Operation) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": PATH_PARAMETERS[name][1],
            "schema": {"type": "string", "pattern": PATH_PARAMETERS[name][0]},
        }
        for name in re.findall(r"{(\w+)}", path_of(operation))
    ]


def _query_parameters(model: type[Query] | None) -> list[dict[str, Any]]:
    if model is None:
        return []
    schema = model.model_json_schema()
    return [
        {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", ()),
            "description": field.pop("description", ""),
            "schema": _without_null(field),
        }
        for name, field in schema["properties"].items()
    ]


def _without_null(field: dict[str, Any]) -> dict[str, Any]:
    """An address cannot say null: a parameter is there or not."""
    kinds = [kind for kind in field.pop("anyOf", ()) if kind.get("type") != "null"]
    if kinds:
        field.pop("default", None)
        field.update(kinds[0])
    return field


def _response_name(status: int) -> str:
    return HTTPStatus(status).phrase.replace(" ", "")


def _response(status: int) -> dict[str, Any]:
    described = {"description": WORDS[status], "content": _content(ErrorBody.__name__)}
    return {**described, "headers": HEADERS[status]} if status in HEADERS else described


def _schemas() -> dict[str, Any]:
    bodies = {operation.body for operation in OPERATIONS if operation.body is not None}
    answers = {operation.answer for operation in OPERATIONS} | {ErrorBody}
    _names, schema = models_json_schema(
        [
            *((model, "validation") for model in sorted(bodies, key=_name)),
            *((model, "serialization") for model in sorted(answers, key=_name)),
        ],
        ref_template=REF,
    )
    found: dict[str, Any] = schema["$defs"]
    return found


def _name(model: type) -> str:
    return model.__name__
