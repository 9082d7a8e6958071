import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

POSTS = (
    "/api/v1/ask",
    "/api/v1/conversations/01ARZ3NDEKTSV4RRFFQ69G5FAV/messages",
    "/api/v1/conversations/01ARZ3NDEKTSV4RRFFQ69G5FAV/contact",
    "/api/v1/feedback",
)


def fault(response: TestResponse) -> dict[str, Any]:
    """The error of a response that has the one form of all errors."""
    assert response.content_type == "application/json"
    body = response.get_json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "detail"}
    assert body["error"]["message"]
    found: dict[str, Any] = body["error"]
    return found


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"[" * 200_000, id="deep"),
        pytest.param(b'{"text":' * 8_000, id="deep objects"),
        pytest.param(b"{", id="cut off"),
        pytest.param(b"", id="empty"),
        pytest.param(b'{"text": "\xff\xfe"}', id="not UTF-8"),
        pytest.param(b'{"text": "\\ud800"}', id="half a character"),
        pytest.param(b"text=halo", id="a form"),
        pytest.param('{"text": "halo"}'.encode("utf-16"), id="UTF-16"),
    ],
)
def test_what_is_no_json_is_a_bad_request(client: FlaskClient, path: str, raw: bytes) -> None:
    response = client.post(path, data=raw, content_type="application/json")
    assert response.status_code == 400
    assert fault(response)["code"] == "bad_request"


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("length", [70_000, 2_000_000])
def test_more_than_64_kilobytes_are_too_much(client: FlaskClient, path: str, length: int) -> None:
    raw = json.dumps({"text": "a" * length})
    response = client.post(path, data=raw, content_type="application/json")
    assert response.status_code == 413
    assert fault(response)["code"] == "request_entity_too_large"


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "json"]
)
def test_only_json_is_taken(client: FlaskClient, path: str, kind: str | None) -> None:
    response = client.post(path, data=b'{"text": "halo"}', content_type=kind)
    assert response.status_code == 415
    assert fault(response)["code"] == "unsupported_media_type"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": None}, "text"),
        ({"text": ""}, "text"),
        ({"text": " \n\t "}, "text"),
        ({"text": "\x00"}, "text"),
        ({"text": 7}, "text"),
        ({"text": ["halo"]}, "text"),
        ({"text": "a" * 4001}, "text"),
        ({"text": "halo", "channel": "telepathy"}, "channel"),
        ({"text": "halo", "channel": 1}, "channel"),
        ({"text": "halo", "lang": "Indonesian"}, "lang"),
        ({"text": "halo", "lang": {}}, "lang"),
        ({"text": "halo", "conversation": "1 OR 1=1"}, "conversation"),
        ({"text": "halo", "is_admin": True}, "is_admin"),
    ],
)
def test_a_wrong_field_is_named(client: FlaskClient, body: dict[str, object], field: str) -> None:
    response = client.post("/api/v1/ask", json=body)
    assert response.status_code == 422
    error = fault(response)
    assert error["code"] == "invalid_input"
    assert [line["field"] for line in error["detail"]] == [field]
    assert error["message"].startswith(field)


@pytest.mark.parametrize("raw", [b"null", b"[]", b'"halo"', b"1"])
def test_json_that_is_no_object_is_refused(client: FlaskClient, raw: bytes) -> None:
    response = client.post("/api/v1/ask", data=raw, content_type="application/json")
    assert response.status_code == 422
    fault(response)


def test_thousands_of_wrong_fields_get_a_short_answer(client: FlaskClient) -> None:
    response = client.post("/api/v1/ask", json={f"f{number}": 1 for number in range(5000)})
    assert response.status_code == 422
    assert len(response.data) < 4000


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "q"),
        ("q=", "q"),
        (f"q={'a' * 301}", "q"),
        ("q=paket&limit=0", "limit"),
        ("q=paket&limit=51", "limit"),
        ("q=paket&limit=ten", "limit"),
        ("q=paket&lang=", "lang"),
        ("q=paket&lang=id%00", "lang"),
    ],
)
def test_a_wrong_query_is_named(client: FlaskClient, query: str, field: str) -> None:
    response = client.get(f"/api/v1/search?{query}")
    assert response.status_code == 422
    assert [line["field"] for line in fault(response)["detail"]] == [field]


def test_an_address_that_is_not_utf_8_is_a_bad_request(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?q=%ff")
    assert response.status_code == 400
    fault(response)


@pytest.mark.parametrize("query", ["q=paket%00", "q=%00%00", "q=%F0%9F%93%A6", "q=%22%27%3B--"])
def test_odd_characters_in_a_search_do_no_harm(client: FlaskClient, query: str) -> None:
    assert client.get(f"/api/v1/search?{query}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        *("/api/v1/nothing", "/api/nothing", "/api/", "/api/v1/ask/", "/api//v1/articles"),
        *("/api/v1/articles/id/../x", "/api/v1/articles/ID/x", "/api/v1/articles/id/%00"),
        *("/api/v1/articles/id/%ff", "/api/v1/articles/id/x%2Fy", "/api/v2/ask"),
    ],
)
def test_an_unknown_address_is_json_too(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert fault(response)["code"] == "not_found"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", POSTS)
def test_a_wrong_method_says_which_are_right(client: FlaskClient, path: str, method: str) -> None:
    response = client.open(path, method=method)
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert fault(response)["code"] == "method_not_allowed"
