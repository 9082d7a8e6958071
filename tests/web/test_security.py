"""Headers of every answer, and which requests are refused."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.conftest import StillClock
from tests.web.sites import Site, make_site
from web.security import CONTENT_SECURITY_POLICY, HEADERS, csrf

PATHS = (
    ("/id/", 200),
    ("/nowhere", 404),
    ("/theme.css", 200),
    ("/static/css/site.css", 200),
    ("/sign-in", 200),
    ("/api/v1/search", 422),
    ("/healthz", 200),
)


@pytest.mark.parametrize(("path", "status"), PATHS)
def test_every_answer_carries_the_headers(visitor: FlaskClient, path: str, status: int) -> None:
    response = visitor.get(path)
    assert response.status_code == status
    for name, value in HEADERS.items():
        assert response.headers[name] == value
    assert "X-Request-Id" in response.headers
    assert "Cache-Control" in response.headers


def test_errors_carry_the_headers_too(visitor: FlaskClient) -> None:
    for response in (
        visitor.delete("/id/"),
        visitor.post("/id/ask", data={"text": "a" * 2_000_000}),
    ):
        assert response.status_code in (405, 413)
        assert response.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


def test_the_policy_allows_no_inline_code() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "http://localhost"}, 303),
        ({"Origin": "http://localhost:81"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://[::1"}, 403),
        ({"Origin": ""}, 403),
    ],
)
def test_other_sites_cannot_send_our_forms(
    visitor: FlaskClient, headers: dict[str, str], status: int
) -> None:
    sent = visitor.post("/id/ask", data={"text": "kok blm nyampe ya"}, headers=headers)
    assert sent.status_code == status


def test_only_the_help_centre_and_the_api_do_without_a_token(shared_site: Site) -> None:
    assert {blueprint.name for blueprint in csrf._exempt_blueprints} == {"help", "api"}
    assert not csrf._exempt_views


def test_every_form_of_the_portal_is_refused_without_its_token(shared_site: Site) -> None:
    site = shared_site
    for rule in site.app.url_map.iter_rules():
        area = rule.endpoint.partition(".")[0]
        if "POST" not in (rule.methods or ()) or area not in ("accounts", "edit", "desk", "admin"):
            continue
        values = dict.fromkeys(rule.arguments, "1")
        values |= {"lang": "id", "slug": "x"} if "slug" in rule.arguments else {}
        with site.app.test_request_context():
            adapter = site.app.url_map.bind("localhost")
            path = adapter.build(rule.endpoint, values, method="POST")
        refused = site.visitor().post(path)
        assert refused.status_code in (302, 400, 401, 403), rule


def test_over_https_cookies_are_bound_to_the_host(tmp_path: Path, clock: StillClock) -> None:
    site = make_site(tmp_path / "site", clock, url="https://help.example.com")
    visitor = site.visitor()
    sent = visitor.post("/id/ask", data={"text": "ORANG"}, base_url="https://help.example.com")
    assert sent.headers["Set-Cookie"].startswith("__Host-jawab_conversation=")
    assert "Secure" in sent.headers["Set-Cookie"]
    assert "max-age=31536000" in sent.headers["Strict-Transport-Security"]


def test_links_never_come_from_the_host_header(visitor: FlaskClient) -> None:
    page = visitor.get("/id/", headers={"Host": "evil.example"}).get_data(as_text=True)
    assert "evil.example" not in page
    assert 'href="http://localhost/id/"' in page
