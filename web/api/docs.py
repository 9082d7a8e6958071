"""The page that shows the API and lets one try it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb.markdown import SafeHtml, render
from web.api.openapi import ABOUT, openapi_document

TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "array": "list",
}


@dataclass(frozen=True, slots=True)
class Input:
    """`place`: path, query or body."""

    name: str
    place: str
    kind: str
    required: bool
    description: SafeHtml
    example: str


@dataclass(frozen=True, slots=True)
class Output:
    """One field of what comes back."""

    name: str
    kind: str
    description: SafeHtml


@dataclass(frozen=True, slots=True)
class Status:
    code: str
    description: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation; `body` is an example to start from, empty where none is sent."""

    name: str
    method: str
    path: str
    summary: str
    description: SafeHtml
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    body: str
    statuses: tuple[Status, ...]

    @property
    def url_inputs(self) -> tuple[Input, ...]:
        return tuple(field for field in self.inputs if field.place != "body")


@dataclass(frozen=True, slots=True)
class DocsPage:
    about: SafeHtml
    site_url: str
    entries: tuple[Entry, ...]


def describe(site_url: str) -> DocsPage:
    document = openapi_document(site_url)
    parts = document["components"]
    entries = tuple(
        _entry(path, method, described, parts)
        for path, methods in document["paths"].items()
        for method, described in methods.items()
    )
    return DocsPage(render(ABOUT), site_url, entries)


def _entry(path: str, method: str, described: Mapping[str, Any], parts: Mapping[str, Any]) -> Entry:
    model = _model(described.get("requestBody"), parts["schemas"])
    inputs = (
        *(_input(p["name"], p["in"], p, p["schema"]) for p in described.get("parameters", ())),
        *(
            _input(name, "body", {"required": name in model.get("required", ()), **field}, field)
            for name, field in model.get("properties", {}).items()
        ),
    )
    example = {
        field.name: json.loads(field.example)
        for field in inputs
        if field.place == "body" and field.example
    }
    return Entry(
        name=described["operationId"],
        method=method.upper(),
        path=path,
        summary=described["summary"],
        description=render(described["description"]),
        inputs=inputs,
        outputs=_outputs(described, parts["schemas"]),
        body=json.dumps(example, indent=2, ensure_ascii=False) if model else "",
        statuses=tuple(_status(code, told, parts) for code, told in described["responses"].items()),
    )


def _model(described: Mapping[str, Any] | None, schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of a request's or a response's JSON; empty where there is none."""
    if described is None:
        return {}
    (content,) = described["content"].values()
    return _resolved(content["schema"], schemas)


def _resolved(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = schemas[_last(schema["$ref"])] if "$ref" in schema else schema
    return found


def _outputs(described: Mapping[str, Any], schemas: Mapping[str, Any]) -> tuple[Output, ...]:
    model = _model(described["responses"]["200"], schemas)
    return tuple(
        Output(name, _kind_of_any(field, schemas), render(field.get("description", "")))
        for name, field in model["properties"].items()
    )


def _kind_of_any(field: Mapping[str, Any], schemas: Mapping[str, Any]) -> str:
    """A list of objects tells their fields."""
    kinds = [_resolved(kind, schemas) for kind in field.get("anyOf", (field,))]
    words = [_kind(kind) for kind in kinds]
    if "$ref" in (item := field.get("items", {})):
        return f"list of {{{', '.join(_resolved(item, schemas)['properties'])}}}"
    return " or ".join(words)


def _input(name: str, place: str, described: Mapping[str, Any], schema: Mapping[str, Any]) -> Input:
    kinds = [kind for kind in schema.get("anyOf", (schema,)) if kind.get("type") != "null"]
    examples = schema.get("examples", ())
    shown = json.dumps(examples[0], ensure_ascii=False) if examples else ""
    return Input(
        name=name,
        place=place,
        kind=_kind(kinds[0]),
        required=bool(described.get("required")),
        description=render(described.get("description", "")),
        example=shown,
    )


def _kind(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return " | ".join(schema["enum"])
    kind = str(schema.get("type", "anything"))
    return TYPES.get(kind, kind)


def _status(code: str, told: Mapping[str, Any], parts: Mapping[str, Any]) -> Status:
    found = parts["responses"][_last(told["$ref"])] if "$ref" in told else told
    return Status(code, found["description"])


def _last(reference: str) -> str:
    return reference.rsplit("/", 1)[1]
