import time

import pytest

from kb.database import metadata
from kb.errors import EmbedderUnavailable
from tests.web.sites import Site, publish
from web.health import LOADING_AGAIN


@pytest.fixture
def site(empty_site: Site) -> Site:
    publish(empty_site, ["id/lupa-kata-sandi"])
    return empty_site


def wait_until_ready(site: Site) -> int:
    for _ in range(200):
        response = site.visitor().get("/readyz")
        if response.status_code == 200:
            break
        time.sleep(0.05)
    return response.status_code


def test_a_process_that_answers_is_alive_whatever_else_is_missing(site: Site) -> None:
    metadata.drop_all(site.services.database.engine)
    response = site.visitor().get("/healthz")
    assert (response.status_code, response.get_json()) == (200, {"status": "ok"})
    assert response.headers["Cache-Control"] == "no-store"


def test_a_new_process_becomes_ready_by_being_asked(site: Site) -> None:
    first = site.visitor().get("/readyz")
    assert first.status_code == 503
    assert first.headers["Retry-After"]
    assert first.get_json()["error"]["code"] == "not_ready"
    assert set(first.get_json()["error"]["detail"]) == {"index"}
    assert wait_until_ready(site) == 200
    assert site.visitor().get("/readyz").get_json() == {"status": "ready"}


def test_an_index_that_cannot_be_loaded_is_said_and_tried_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    searcher = site.services.searcher
    usual = searcher.start

    def broken() -> None:
        raise EmbedderUnavailable("the model is gone")

    monkeypatch.setattr(searcher, "start", broken)
    for _ in range(200):
        said = site.visitor().get("/readyz").get_json()["error"]["detail"]["index"]
        if said == LOADING_AGAIN:
            break
        time.sleep(0.05)
    assert said == LOADING_AGAIN
    monkeypatch.setattr(searcher, "start", usual)
    assert wait_until_ready(site) == 200


def test_without_its_database_a_process_is_not_ready_and_says_so(site: Site) -> None:
    assert wait_until_ready(site) == 200
    metadata.drop_all(site.services.database.engine)
    response = site.visitor().get("/readyz")
    assert response.status_code == 503
    assert set(response.get_json()["error"]["detail"]) == {"database"}
