"""Calling the API as a program does."""

from typing import Any

from flask.testing import FlaskClient

from web.accounts.models import Role, Staff
from web.services import WebServices

ADMIN = "admin@example.com"
NOBODY = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


def ask(client: FlaskClient, text: str, **more: str) -> dict[str, Any]:
    response = client.post("/api/v1/ask", json={"text": text, **more})
    assert response.status_code == 200, response.get_json()
    told: dict[str, Any] = response.get_json()
    return told


def a_conversation(client: FlaskClient) -> str:
    return str(ask(client, "paket saya dimana")["conversation"])


def an_admin(services: WebServices) -> Staff:
    found = services.accounts.find_staff(ADMIN)
    if found is None:
        services.accounts.add_staff(ADMIN, "Dewi", [Role.ADMIN], "pisang goreng hangat")
        return an_admin(services)
    return found


def an_api_key(services: WebServices) -> str:
    return services.accounts.api_keys.create("shop", by=an_admin(services))


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}
