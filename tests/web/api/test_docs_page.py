import re

from flask.testing import FlaskClient

from web.api.operations import OPERATIONS


def test_the_page_shows_every_operation_with_a_form_and_a_command(client: FlaskClient) -> None:
    page = client.get("/api/docs").get_data(as_text=True)
    for operation in OPERATIONS:
        assert f'id="{operation.name}"' in page
        assert operation.summary in page
    assert page.count('class="api-try"') == len(OPERATIONS)
    assert page.count("curl") >= len(OPERATIONS)


def test_the_page_keeps_to_the_sites_policy(client: FlaskClient) -> None:
    response = client.get("/api/docs")
    page = response.get_data(as_text=True)
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\s(?:style|on\w+)=", page)


def test_all_but_the_page_is_json(client: FlaskClient) -> None:
    for path in ("/api/openapi.json", "/api/v1/articles", "/api/v1/search", "/api/x"):
        assert client.get(path).content_type == "application/json"
