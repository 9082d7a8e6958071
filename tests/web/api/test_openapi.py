import json
import re

from flask import Flask
from flask.testing import FlaskClient

from web.api.operations import OPERATIONS

NOT_DESCRIBED = {"/api/openapi.json", "/api/docs"}


def test_every_route_of_the_api_is_described_with_its_methods(
    app: Flask, client: FlaskClient
) -> None:
    document = client.get("/api/openapi.json").get_json()
    described = {
        (path, method.upper()) for path, methods in document["paths"].items() for method in methods
    }
    served = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api") and rule.rule not in NOT_DESCRIBED
        for method in (rule.methods or set()) - {"HEAD"}
    }
    assert described == served


def test_it_is_openapi_3_1_and_every_reference_leads_somewhere(client: FlaskClient) -> None:
    response = client.get("/api/openapi.json")
    assert response.content_type == "application/json"
    document = response.get_json()
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": "http://localhost"}]
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document)):
        found = document
        for part in reference.split("/"):
            found = found[part]


def test_a_key_may_be_sent_and_need_not(client: FlaskClient) -> None:
    document = client.get("/api/openapi.json").get_json()
    assert document["security"] == [{}, {"apiKey": []}]
    assert document["components"]["securitySchemes"]["apiKey"]["scheme"] == "bearer"


def test_every_status_is_described_and_every_fault_has_the_one_body(client: FlaskClient) -> None:
    document = client.get("/api/openapi.json").get_json()
    for operation in OPERATIONS:
        (described,) = (
            found
            for methods in document["paths"].values()
            for found in methods.values()
            if found["operationId"] == operation.name
        )
        assert set(described["responses"]) == {"200", *(str(code) for code in operation.statuses)}
    for response in document["components"]["responses"].values():
        schema = response["content"]["application/json"]["schema"]
        assert schema == {"$ref": "#/components/schemas/ErrorBody"}


def test_every_field_that_is_sent_back_is_always_there(client: FlaskClient) -> None:
    schemas = client.get("/api/openapi.json").get_json()["components"]["schemas"]
    for operation in OPERATIONS:
        schema = schemas[operation.answer.__name__]
        assert set(schema["required"]) == set(schema["properties"])
