"""Learning by programs: topics that nothing answers, example questions to be."""

import pytest
from flask.testing import FlaskClient

from kb.models import ArticleKey
from responder.exchange import Incoming
from responder.models import StaffName, Verdict
from tests.web.api.calling import an_api_key, bearer
from web.services import WebServices

AGENT = StaffName("sari@toko.test", "Sari")
ARTICLE = ArticleKey("id", "lama-refund")
TOPIC = ("zqxv wjkh pluk gbrz", "ZQXV wjkh pluk gbrz")


@pytest.fixture
def caller(client: FlaskClient, services: WebServices) -> FlaskClient:
    client.environ_base["HTTP_AUTHORIZATION"] = bearer(an_api_key(services))["Authorization"]
    return client


def suggested(services: WebServices, text: str) -> int:
    """An agent says which article would have been right."""
    outcome = services.responder.responder.reply(Incoming(text, lang="id"))
    decision = outcome.decision.public_id
    services.responder.inbox.record_verdict(decision, Verdict.WRONG, AGENT, ARTICLE)
    return next(
        member.id
        for entry in services.responder.suggestions.list_open()
        for group in entry.groups
        for member in group.members
        if member.question == text
    )


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v1/gaps"),
        ("GET", "/api/v1/suggestions"),
        ("POST", "/api/v1/suggestions/1/accept"),
        ("POST", "/api/v1/suggestions/1/decline"),
    ],
)
def test_strangers_learn_and_teach_nothing(client: FlaskClient, method: str, path: str) -> None:
    response = client.open(path, method=method)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_topics_that_nothing_answers_are_told_with_their_wordings(
    caller: FlaskClient, services: WebServices
) -> None:
    for text in TOPIC:
        services.responder.responder.reply(Incoming(text, lang="id"))
    told = caller.get("/api/v1/gaps?days=7&customers=2").get_json()
    (gap,) = (g for g in told["gaps"] if "wjkh" in g["typical"])
    assert (gap["customers"], gap["questions"]) == (2, 2)
    assert set(gap["wordings"]) == set(TOPIC)
    assert caller.get("/api/v1/gaps?days=0").status_code == 422


def test_a_suggestion_is_accepted_once_and_live_at_once(
    caller: FlaskClient, services: WebServices
) -> None:
    number = suggested(services, "zebra hijau dijual tidak")
    listed = caller.get("/api/v1/suggestions").get_json()
    questions = [
        question["question"]
        for entry in listed["articles"]
        for group in entry["groups"]
        for question in group["questions"]
    ]
    assert "zebra hijau dijual tidak" in questions
    told = caller.post(f"/api/v1/suggestions/{number}/accept").get_json()
    assert (told["state"], told["article"], told["live"]) == ("accepted", str(ARTICLE), True)
    stored = services.library.get_article(ARTICLE)
    assert stored.article.questions[-1] == "zebra hijau dijual tidak"
    assert stored.latest.author.startswith("API: ")
    again = caller.post(f"/api/v1/suggestions/{number}/accept")
    assert (again.status_code, again.get_json()["error"]["code"]) == (409, "suggestion_decided")
    (entry, *_) = services.accounts.audit.list_entries(area="article")
    assert (entry.action, entry.subject) == ("article.learn", str(ARTICLE))


def test_a_suggestion_is_declined(caller: FlaskClient, services: WebServices) -> None:
    number = suggested(services, "jerapah makan rumput")
    told = caller.post(f"/api/v1/suggestions/{number}/decline").get_json()
    assert (told["state"], told["revision"]) == ("declined", None)
    assert caller.post(f"/api/v1/suggestions/{number}/decline").status_code == 409


@pytest.mark.parametrize("number", ["999999999", "99999999999999999999999"])
def test_a_suggestion_that_is_not_there(caller: FlaskClient, number: str) -> None:
    assert caller.post(f"/api/v1/suggestions/{number}/accept").status_code == 404
