"""People who are signed in to a test's site."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.accounts.building import CHEAP
from tests.web.sites import Site
from web.accounts.models import Role, Staff
from web.accounts.passwords import Passwords

PASSWORD = "pisang goreng hangat"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody at their browser; `post` sends the token that the pages carry."""

    staff: Staff
    browser: FlaskClient
    token: str

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.browser.get(path, headers=headers)

    def read(self, path: str) -> str:
        response = self.get(path)
        assert response.status_code == 200, (path, response.status_code)
        return response.get_data(as_text=True)

    def post(self, path: str, data: Mapping[str, object] | None = None) -> TestResponse:
        return self.browser.post(path, data={"csrf_token": self.token, **(data or {})})


def a_colleague(site: Site, *roles: Role, name: str = "Dewi", lang: str = "en") -> Colleague:
    """A new person with these roles, signed in from an address of their own."""
    hash_cheaply(site)
    number = next(NUMBERS)
    email = f"{name.lower()}{number}@toko.test"
    site.services.accounts.add_staff(email, name, roles, PASSWORD, lang=lang)
    browser = a_browser(site, f"10.7.{number // 250}.{number % 250}")
    answer = sign_in(browser, email, PASSWORD)
    assert answer.status_code == 303
    staff = site.services.accounts.find_staff(email)
    assert staff is not None
    return Colleague(staff, browser, token_of(browser.get("/account").get_data(as_text=True)))


def hash_cheaply(site: Site) -> None:
    """Passwords as quick to check as they must not be outside of tests."""
    site.services.accounts._passwords = Passwords(CHEAP)


def a_browser(site: Site, address: str = "10.7.255.1") -> FlaskClient:
    browser = site.visitor()
    browser.environ_base["REMOTE_ADDR"] = address
    return browser


def sign_in(browser: FlaskClient, email: str, password: str, next_page: str = "") -> TestResponse:
    token = token_of(browser.get("/sign-in").get_data(as_text=True))
    data = {"email": email, "password": password, "next": next_page, "csrf_token": token}
    return browser.post("/sign-in", data=data)


def token_of(page: str) -> str:
    found = TOKEN.search(page)
    assert found is not None
    return found.group(1)
