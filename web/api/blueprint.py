"""The API's blueprint: version 1, its description, and a page to try it."""

from typing import Any

from flask import Blueprint, Response, jsonify, render_template
from flask.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter

from web.api.callers import KEY_RING, KeyRing
from web.api.docs import describe
from web.api.openapi import openapi_document
from web.api.operations import OPERATIONS
from web.services import EXTENSION, services

PREFIX = "/api"
# no automatic OPTIONS: other sites' pages are not allowed to call, so there is nothing to say
OPTIONS: dict[str, Any] = {"provide_automatic_options": False, "merge_slashes": False}

api = Blueprint("api", __name__, url_prefix=PREFIX)


class PublicIdConverter(BaseConverter):
    regex = "[0-9A-HJKMNP-TV-Z]{26}"
    part_isolating = True


def _prepare(state: BlueprintSetupState) -> None:
    state.app.url_map.converters["public_id"] = PublicIdConverter
    state.app.extensions[KEY_RING] = KeyRing(state.app.extensions[EXTENSION].accounts.find_api_key)


api.record(_prepare)
for operation in OPERATIONS:
    api.add_url_rule(
        f"/v1{operation.rule}",
        operation.name,
        operation.serve,
        methods=[operation.method],
        **OPTIONS,
    )


@api.get("/openapi.json", **OPTIONS)
def openapi() -> Response:
    return jsonify(openapi_document(services().settings.site.url))


@api.get("/docs", **OPTIONS)
def docs() -> str:
    return render_template("api/docs.html", page=describe(services().settings.site.url))
