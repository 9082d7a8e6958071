import pytest
from flask.testing import FlaskClient

from kb.models import ArticleKey
from tests.web.api.calling import NOBODY, ask
from web.services import WebServices


def votes_on(services: WebServices, name: str) -> tuple[int, int]:
    for found in services.responder.feedback.summary():
        if found.article == ArticleKey.parse(name):
            return found.helped, found.not_helped
    return 0, 0


def test_a_vote_on_an_answer_counts_for_its_article_and_can_be_changed(
    client: FlaskClient, services: WebServices
) -> None:
    told = ask(client, "cara retur barang gimana")
    helped, not_helped = votes_on(services, told["article"])
    for verdict in (False, True):
        body = {"decision_id": told["decision_id"], "helped": verdict, "why": "jelas"}
        response = client.post("/api/v1/feedback", json=body)
        assert (response.status_code, response.get_json()) == (200, {"recorded": True})
    assert votes_on(services, told["article"]) == (helped + 1, not_helped)


def test_a_vote_on_an_article_counts(client: FlaskClient, services: WebServices) -> None:
    helped, not_helped = votes_on(services, "id/ongkos-kirim")
    client.post("/api/v1/feedback", json={"article": "id/ongkos-kirim", "helped": False})
    assert votes_on(services, "id/ongkos-kirim") == (helped, not_helped + 1)


@pytest.mark.parametrize(
    ("subject", "code"),
    [
        ({"decision_id": NOBODY}, "unknown_decision"),
        ({"article": "id/no-such-article"}, "unknown_article"),
        ({"article": "id/rekening-refund"}, "unknown_article"),
        ({"article": "id/belum-terbit"}, "unknown_article"),
    ],
)
def test_a_vote_on_what_is_not_there_is_not_found(
    client: FlaskClient, subject: dict[str, str], code: str
) -> None:
    response = client.post("/api/v1/feedback", json={**subject, "helped": True})
    assert response.status_code == 404
    assert response.get_json()["error"]["code"] == code


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"helped": True}, "decision_id"),
        ({"helped": True, "article": "id/x", "decision_id": NOBODY}, "decision_id"),
        ({"article": "id/ongkos-kirim"}, "helped"),
        ({"article": "id/ongkos-kirim", "helped": "yes"}, "helped"),
        ({"article": "id/ongkos-kirim", "helped": 1}, "helped"),
        ({"article": "../../etc/passwd", "helped": True}, "article"),
        ({"article": "id/ongkos-kirim", "helped": True, "why": "x" * 1001}, "why"),
    ],
)
def test_a_vote_that_is_not_one_names_the_field(
    client: FlaskClient, body: dict[str, object], field: str
) -> None:
    response = client.post("/api/v1/feedback", json=body)
    assert response.status_code == 422
    assert [line["field"] for line in response.get_json()["error"]["detail"]] == [field]
