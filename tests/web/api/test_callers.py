import pytest
from flask.testing import FlaskClient

from tests.web.api.calling import NOBODY, a_conversation, an_admin, an_api_key, ask, bearer
from web.accounts.models import ApiKey
from web.api import callers
from web.api.callers import KeyRing
from web.limits import LIMITS
from web.services import WebServices


def test_without_a_key_neither_confidence_nor_candidates_are_told(client: FlaskClient) -> None:
    told = ask(client, "paket saya kok belum sampai ya?")
    assert told["confidence"] is None
    assert told["candidates"] == []


def test_with_a_key_both_are_told(client: FlaskClient, services: WebServices) -> None:
    client.environ_base["HTTP_AUTHORIZATION"] = bearer(an_api_key(services))["Authorization"]
    told = ask(client, "paket saya kok belum sampai ya?")
    assert 0.9 <= told["confidence"] <= 1
    best = told["candidates"][0]
    assert set(best) == {"slug", "lang", "title", "confidence"}
    assert (best["lang"], best["slug"]) == ("id", "paket-belum-sampai")
    assert best["confidence"] == told["confidence"]


@pytest.mark.parametrize(
    "header", ["Bearer wrong", "Bearer", "Basic dTpw", "", "jwb_x", "Bearer é"]
)
@pytest.mark.parametrize(
    "path", ["/api/v1/articles", "/api/v1/articles/id/lacak-pesanan", "/api/v1/search?q=paket"]
)
def test_a_wrong_key_is_refused_everywhere(client: FlaskClient, path: str, header: str) -> None:
    response = client.get(path, headers={"Authorization": header})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert response.get_json()["error"]["code"] == "unauthorized"


def test_a_revoked_key_is_dead_within_a_second(
    client: FlaskClient, services: WebServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = an_api_key(services)
    assert client.get("/api/v1/articles", headers=bearer(key)).status_code == 200
    keys = services.accounts.api_keys
    (held,) = (found for found in keys.list_keys() if key.startswith(found.prefix))
    keys.revoke(held.id, by=an_admin(services))
    assert callers.OLDEST_SECONDS <= 1
    monkeypatch.setattr(callers, "OLDEST_SECONDS", 0.0)
    assert client.get("/api/v1/articles", headers=bearer(key)).status_code == 401


def test_a_key_is_looked_up_once_a_second_and_the_ring_stays_small() -> None:
    asked: list[str] = []

    def find(raw: str) -> ApiKey | None:
        asked.append(raw)
        return None

    ring = KeyRing(find)
    for _ in range(5):
        ring.find("jwb_x")
    assert asked == ["jwb_x"]
    for number in range(3 * callers.MOST_KEYS):
        ring.find(f"jwb_{number}")
    assert len(ring._held) <= callers.MOST_KEYS


def test_strangers_may_do_only_so_much_and_are_told_when_to_come_back(
    client: FlaskClient,
) -> None:
    limit = LIMITS["api_vote"]
    vote = {"article": "id/lupa-kata-sandi", "helped": True}
    for _ in range(limit.count):
        assert client.post("/api/v1/feedback", json=vote).status_code == 200
    response = client.post("/api/v1/feedback", json=vote)
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= limit.window.total_seconds()
    assert response.get_json()["error"]["code"] == "too_many_requests"


def test_limits_count_one_conversation_from_many_addresses(client: FlaskClient) -> None:
    conversation = a_conversation(client)
    path = f"/api/v1/conversations/{conversation}/contact"
    body = {"email": "sari@example.com"}
    answers = [
        client.post(path, json=body, environ_overrides={"REMOTE_ADDR": f"10.0.0.{number}"})
        for number in range(LIMITS["api_contact"].per_conversation + 1)
    ]
    assert [response.status_code for response in answers] == [200, 200, 200, 429]


def test_addresses_of_one_ipv6_network_count_as_one(client: FlaskClient) -> None:
    most = LIMITS["api_contact"].count
    addresses = (*(f"2001:db8:1:2::{number:x}" for number in range(most + 1)), "2001:db8:1:3::1")
    answers = [
        client.post(
            f"/api/v1/conversations/{NOBODY[:-1]}{number}/contact",
            json={"email": "sari@example.com"},
            environ_overrides={"REMOTE_ADDR": address},
        ).status_code
        for number, address in enumerate(addresses)
    ]
    assert answers == [404] * most + [429, 404]


def test_programs_with_a_key_have_no_limits(client: FlaskClient, services: WebServices) -> None:
    key = an_api_key(services)
    path = f"/api/v1/conversations/{NOBODY}/contact"
    for _ in range(LIMITS["api_contact"].count + 1):
        response = client.post(path, json={"email": "sari@example.com"}, headers=bearer(key))
        assert response.status_code == 404


def test_no_other_site_may_call_from_a_browser(client: FlaskClient) -> None:
    origin = {"Origin": "https://elsewhere.example"}
    asked = {**origin, "Access-Control-Request-Method": "POST"}
    preflight = client.options("/api/v1/ask", headers=asked)
    response = client.get("/api/v1/articles", headers=origin)
    assert preflight.status_code == 405
    for answer in (preflight, response):
        assert not [name for name in answer.headers if name[0].startswith("Access-Control-")]


def test_no_cookie_is_set_and_none_is_needed(client: FlaskClient) -> None:
    response = client.post("/api/v1/ask", json={"text": "paket saya dimana"})
    assert "Set-Cookie" not in response.headers
