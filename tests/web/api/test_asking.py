import json

import pytest
from flask.testing import FlaskClient

from tests.web.api.calling import NOBODY, a_conversation, ask
from web.services import WebServices


def test_a_known_question_is_answered_with_text_link_and_article(client: FlaskClient) -> None:
    response = client.post("/api/v1/ask", json={"text": "paket saya kok belum sampai ya?"})
    told = response.get_json()
    assert response.status_code == 200
    assert response.content_type == "application/json"
    assert told["reply"] == "answer"
    assert told["article"] == "id/paket-belum-sampai"
    assert told["link"] == "http://localhost/id/articles/paket-belum-sampai"
    assert "resi" in told["text"]
    assert told["reason"] is None
    assert told["lang"] == "id"
    assert told["disclosure"]


def test_an_unknown_question_goes_to_people_with_a_reason(client: FlaskClient) -> None:
    told = ask(client, "bolehkah kucing ikut lomba renang?")
    assert told["reply"] == "handoff"
    assert told["reason"] in ("low_confidence", "no_candidate")
    assert told["link"] is None
    assert told["article"] is None
    assert told["opening"]


def test_somebody_who_wants_a_person_gets_people(client: FlaskClient) -> None:
    told = ask(client, "ORANG")
    assert (told["reply"], told["reason"]) == ("handoff", "asked_person")


def test_titles_to_choose_from_are_told_without_a_key_and_picking_one_answers(
    client: FlaskClient, services: WebServices
) -> None:
    services.responder.thresholds.change("widget", "*", 0.99, "admin@example.com")
    told = ask(client, "paket", channel="widget")
    assert told["reply"] == "clarify"
    picked = told["choices"][0]
    answered = ask(client, picked["title"], conversation=told["conversation"], channel="widget")
    assert (answered["reply"], answered["article"]) == ("answer", picked["article"])


def test_the_conversation_goes_on_with_its_id(client: FlaskClient, services: WebServices) -> None:
    first = ask(client, "paket saya dimana")
    second = ask(client, "cara retur barang gimana", conversation=first["conversation"])
    assert second["conversation"] == first["conversation"]
    assert second["decision_id"] != first["decision_id"]
    transcript = services.responder.conversations.transcript(first["conversation"])
    assert [line.author.value for line in transcript] == ["customer", "bot"] * 2


def test_an_unknown_conversation_begins_a_new_one(client: FlaskClient) -> None:
    assert ask(client, "paket saya dimana", conversation=NOBODY)["conversation"] != NOBODY


def test_the_channel_is_kept(client: FlaskClient, services: WebServices) -> None:
    told = ask(client, "paket saya dimana", channel="web")
    assert services.responder.conversations.get(told["conversation"]).channel == "web"


def test_a_message_of_a_conversation_is_answered_like_a_question(client: FlaskClient) -> None:
    conversation = a_conversation(client)
    response = client.post(
        f"/api/v1/conversations/{conversation}/messages", json={"text": "lupa kata sandi"}
    )
    assert response.status_code == 200
    assert response.get_json()["article"] == "id/lupa-kata-sandi"
    assert response.get_json()["conversation"] == conversation


def test_a_message_in_peoples_hands_is_kept_and_not_answered(
    client: FlaskClient, services: WebServices
) -> None:
    conversation = ask(client, "ORANG")["conversation"]
    told = client.post(
        f"/api/v1/conversations/{conversation}/messages", json={"text": "lupa kata sandi"}
    ).get_json()
    assert told["reply"] == "silence"
    assert told["article"] is None
    assert services.responder.conversations.transcript(conversation)[-1].text == "lupa kata sandi"


@pytest.mark.parametrize("part", ["messages", "contact"])
@pytest.mark.parametrize("conversation", [NOBODY, "x", "%00", "01ARZ3NDEKTSV4RRFFQ69G5FA%00"])
def test_a_conversation_that_nobody_has_is_not_found(
    client: FlaskClient, part: str, conversation: str
) -> None:
    body = {"text": "halo"} if part == "messages" else {"email": "sari@example.com"}
    response = client.post(f"/api/v1/conversations/{conversation}/{part}", json=body)
    assert response.status_code == 404
    assert response.get_json()["error"]["code"] in ("unknown_conversation", "not_found")


def test_contact_details_open_a_ticket_and_say_when_people_answer(
    client: FlaskClient, services: WebServices
) -> None:
    conversation = a_conversation(client)
    body = {"name": "Sari", "email": "sari@example.com", "text": "tolong hubungi saya"}
    response = client.post(f"/api/v1/conversations/{conversation}/contact", json=body)
    told = response.get_json()
    assert response.status_code == 200
    assert told["conversation"] == conversation
    assert told["opening"]
    assert told["status_url"].startswith("http://localhost/s/")
    ticket = services.responder.conversations.find_ticket(conversation)
    assert ticket is not None
    contact = services.responder.inbox.get_ticket(ticket.public_id).contact
    assert contact is not None
    assert (contact.name, contact.email) == ("Sari", "sari@example.com")


def test_a_phone_number_alone_is_enough(client: FlaskClient) -> None:
    conversation = a_conversation(client)
    response = client.post(
        f"/api/v1/conversations/{conversation}/contact", json={"phone": "0812-3456-7890"}
    )
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "email"),
        ({"name": "Sari", "text": "tolong"}, "email"),
        ({"email": None, "phone": None}, "email"),
        ({"email": "not an address"}, "email"),
        ({"email": "a@example.com\r\nBcc: x@example.com"}, "email"),
        ({"phone": "12345"}, "phone"),
        ({"email": 7}, "email"),
        ({"email": "sari@example.com", "text": "a" * 4001}, "text"),
        ({"email": "sari@example.com", "name": "a" * 5000}, "name"),
        ({"email": "sari@example.com", "role": "admin"}, "role"),
    ],
)
def test_contact_details_that_cannot_be_used_name_the_field(
    client: FlaskClient, body: dict[str, object], field: str
) -> None:
    conversation = a_conversation(client)
    response = client.post(f"/api/v1/conversations/{conversation}/contact", json=body)
    assert response.status_code == 422
    assert [line["field"] for line in response.get_json()["error"]["detail"]] == [field]


def test_markup_in_a_question_comes_back_as_json_only(client: FlaskClient) -> None:
    response = client.post("/api/v1/ask", json={"text": "<script>alert(1)</script> paket"})
    assert response.content_type == "application/json"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "<script>" not in json.dumps(response.get_json())


def test_a_zero_character_is_dropped(client: FlaskClient, services: WebServices) -> None:
    told = ask(client, "paket\x00 saya dimana")
    transcript = services.responder.conversations.transcript(told["conversation"])
    assert transcript[0].text == "paket saya dimana"


def test_two_questions_get_two_answers(client: FlaskClient, services: WebServices) -> None:
    services.responder.thresholds.change("widget", "*", 0.5, "admin@example.com")
    told = ask(client, "lupa kata sandi gimana? trus cara retur gimana?", channel="widget")
    answers = told["answers"]
    assert [answer["article"] for answer in answers] == ["id/lupa-kata-sandi", "id/cara-retur"]
    assert (told["article"], told["link"]) == (answers[0]["article"], answers[0]["link"])
    for answer in answers:
        assert f"{answer['text']}\n{answer['link']}" in told["text"]
        assert (answer["lang"], answer["note"]) == ("id", "")


def test_one_answer_stands_in_the_list_too_and_a_hand_over_has_none(client: FlaskClient) -> None:
    told = ask(client, "paket saya kok belum sampai ya?")
    [answer] = told["answers"]
    assert (answer["article"], answer["text"]) == (told["article"], told["text"])
    assert ask(client, "ORANG")["answers"] == []


def test_an_answer_in_another_language_says_so(client: FlaskClient, services: WebServices) -> None:
    services.responder.thresholds.change("widget", "*", 0.5, "admin@example.com")
    told = ask(client, "please help me now, my voucher tidak bisa", channel="widget")
    assert told["lang"] == "en"
    assert told["answers"][0]["lang"] == "id"
    assert told["text"].startswith("This article is only available in Indonesian:")
