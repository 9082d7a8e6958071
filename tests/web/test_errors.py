"""Every error says what to do, in the reader's language."""

import inspect
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import kb.errors
import responder.errors
import web.accounts.errors
from kb.errors import DatabaseUnavailable, InvalidSettings, KbError
from responder.errors import ResponderError
from tests.conftest import StillClock
from tests.web.sites import make_site
from web.accounts.errors import AccountsError
from web.errors import PROBLEMS, WORDS, problem_of

# stop the start of the program or a command; no request can meet them
BEFORE_ANY_REQUEST = {InvalidSettings, kb.errors.DatabaseTooNew}
ROOTS = {KbError, ResponderError, AccountsError}


def known_errors() -> list[type[Exception]]:
    return [
        kind
        for module in (kb.errors, responder.errors, web.accounts.errors)
        for _name, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Exception) and kind.__module__ == module.__name__
    ]


@pytest.mark.parametrize("kind", known_errors())
def test_every_domain_error_has_a_status(kind: type[Exception]) -> None:
    if kind in ROOTS | BEFORE_ANY_REQUEST:
        pytest.skip("never raised in a request as such")
    assert problem_of(kind.__new__(kind)) is not None, kind


def test_every_status_in_the_table_has_words() -> None:
    assert {problem.status for problem in PROBLEMS.values()} <= set(WORDS)


def test_pages_say_it_in_the_readers_language(visitor: FlaskClient) -> None:
    indonesian = visitor.get("/id/nowhere", headers={"Accept-Language": "id"})
    english = visitor.get("/en/nowhere", headers={"Accept-Language": "en"})
    assert "Halaman ini tidak ditemukan" in indonesian.get_data(as_text=True)
    assert "We cannot find this page" in english.get_data(as_text=True)


def test_programs_get_json(visitor: FlaskClient) -> None:
    answer = visitor.get("/api/v1/nowhere")
    assert answer.status_code == 404
    assert answer.get_json()["error"]["code"] == "not_found"


def test_without_a_database_the_page_still_comes_out(
    tmp_path: Path, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path / "site", clock)

    def away() -> None:
        raise DatabaseUnavailable("gone")

    monkeypatch.setattr(type(site.services.responder.firm), "get", lambda _self: away())
    down = site.visitor().get("/id/")
    assert down.status_code == 503
    assert down.headers["Retry-After"] == "5"
    assert "Kami sedang sibuk" in down.get_data(as_text=True)


def test_an_unexpected_error_shows_a_number_and_no_details(
    tmp_path: Path, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path / "site", clock)

    def broken(_self: object) -> None:
        raise ValueError("secret detail")

    monkeypatch.setattr(type(site.services.responder.popularity), "list_most_answered", broken)
    page = site.visitor().get("/en/ask")
    text = page.get_data(as_text=True)
    assert page.status_code == 500
    assert "secret detail" not in text
    assert page.headers["X-Request-Id"] in text
