"""The ask page, without JavaScript unless a test says so."""

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from responder.models import StaffName
from tests.web.sites import Site

PART = {"HX-Request": "true"}


def asked(visitor: FlaskClient, text: str, lang: str = "id") -> str:
    sent = visitor.post(f"/{lang}/ask", data={"text": text})
    assert sent.status_code == 303, sent.get_data(as_text=True)
    assert sent.location == f"/{lang}/ask#latest"
    return page(visitor, lang)


def page(visitor: FlaskClient, lang: str = "id") -> str:
    return visitor.get(f"/{lang}/ask").get_data(as_text=True)


def only(pattern: str, text: str) -> str:
    found = re.findall(pattern, text)
    assert len(found) == 1, found
    return str(found[0])


def contact(visitor: FlaskClient, **fields: str) -> TestResponse:
    return visitor.post("/id/contact", data=fields)


def test_looking_at_the_ask_page_leaves_no_cookie(visitor: FlaskClient) -> None:
    assert "Set-Cookie" not in visitor.get("/id/ask").headers


def test_a_sure_question_is_answered_with_short_text_and_link(visitor: FlaskClient) -> None:
    shown = asked(visitor, "kok blm nyampe ya")
    assert "Cek posisi paket dengan nomor resi" in shown
    assert 'href="http://localhost/id/articles/paket-belum-sampai"' in shown
    assert "Apakah ini membantu?" in shown
    assert "Bicara dengan petugas" in shown


def test_a_question_in_english_is_answered_in_english(visitor: FlaskClient) -> None:
    assert "Check the Track page" in asked(visitor, "where is my parcel", "en")


def test_the_conversation_cookie_is_opaque_and_not_for_scripts(visitor: FlaskClient) -> None:
    sent = visitor.post("/id/ask", data={"text": "kok blm nyampe ya"})
    cookie = sent.headers["Set-Cookie"]
    assert cookie.startswith("jawab_conversation=")
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie


def test_a_forged_cookie_begins_anew(visitor: FlaskClient) -> None:
    visitor.set_cookie("jawab_conversation", "IjAxIg.forged")
    assert "Cek posisi paket" in asked(visitor, "kok blm nyampe ya")


def test_with_javascript_only_the_conversation_is_sent(visitor: FlaskClient) -> None:
    sent = visitor.post("/id/ask", data={"text": "kok blm nyampe ya"}, headers=PART)
    part = sent.get_data(as_text=True)
    assert sent.status_code == 200 and "<html" not in part
    assert part.lstrip().startswith('<section id="chat"')


def test_a_vote_is_shown_and_no_asks_why(visitor: FlaskClient) -> None:
    shown = asked(visitor, "kok blm nyampe ya")
    address = only(r'action="(/id/answers/\w+/vote)"', shown)
    visitor.post(address, data={"helped": "no"})
    assert "Apa yang kurang?" in page(visitor)
    visitor.post(address, data={"helped": "no", "reason": "unclear", "words": "bingung"})
    assert "Masukan ini kami pakai" in page(visitor)


def test_asking_for_a_person_hands_over_and_offers_the_contact_form(visitor: FlaskClient) -> None:
    shown = asked(visitor, "ORANG")
    assert "Rekan kami yang melanjutkan" in shown
    assert 'href="/id/contact"' in shown
    assert 'data-poll="/id/ask/turns"' in shown


def test_while_people_have_the_conversation_the_page_says_that_it_arrived(
    visitor: FlaskClient,
) -> None:
    assert "Pesan sudah kami terima" not in asked(visitor, "ORANG")
    assert "Pesan sudah kami terima" in asked(visitor, "halo, masih di sana?")


def test_leaving_contact_leads_to_a_private_page(shared_site: Site) -> None:
    visitor = shared_site.visitor()
    asked(visitor, "ORANG")
    sent = contact(visitor, email="ani@example.com", name="Ani")
    assert sent.status_code == 303 and sent.location.startswith("/s/")
    status = shared_site.visitor().get(sent.location)
    shown = status.get_data(as_text=True)
    assert "Menunggu tim kami" in shown and "noindex" in shown
    assert status.headers["Cache-Control"] == "no-store"
    assert "Buka halaman pribadi saya" in page(visitor)


def test_the_private_page_shows_what_staff_answer_and_takes_more(shared_site: Site) -> None:
    visitor = shared_site.visitor()
    sent = contact(visitor, phone="0812 3456 7890", text="Mohon bantu ubah alamat")
    conversation = shared_site.services.responder.conversations.by_token(sent.location[3:])
    ticket = shared_site.services.responder.conversations.find_ticket(conversation.public_id)
    assert ticket is not None
    first = visitor.get(sent.location + "/live")
    etag = first.headers["ETag"]
    unchanged = visitor.get(sent.location + "/live", headers={"If-None-Match": etag})
    assert unchanged.status_code == 304
    inbox = shared_site.services.responder.inbox
    budi = StaffName("budi@example.com", "Budi")
    inbox.take(ticket.public_id, budi)
    inbox.reply(ticket.public_id, budi, "Alamatnya sudah kami ubah.")
    changed = visitor.get(sent.location + "/live", headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert "Alamatnya sudah kami ubah." in changed.get_data(as_text=True)
    visitor.post(sent.location, data={"text": "terima kasih banyak"})
    assert "terima kasih banyak" in visitor.get(sent.location).get_data(as_text=True)


def test_the_page_knows_the_version_that_it_shows(visitor: FlaskClient) -> None:
    sent = contact(visitor, email="ani@example.com", text="Halo tim")
    shown = visitor.get(sent.location).get_data(as_text=True)
    etag = visitor.get(sent.location + "/live").headers["ETag"]
    assert only(r"data-etag='(.*?)'", shown) == etag


def test_contact_needs_a_way_to_answer_and_keeps_what_was_written(visitor: FlaskClient) -> None:
    sent = contact(visitor, text="Tolong bantu saya", email="bukan alamat")
    shown = sent.get_data(as_text=True)
    assert sent.status_code == 422
    assert "tampaknya belum benar" in shown and "Tolong bantu saya" in shown
    nothing = contact(visitor, text="Tolong")
    assert "Tinggalkan alamat e-mail atau nomor telepon" in nothing.get_data(as_text=True)


def test_robots_fill_the_hidden_field_and_nothing_happens(visitor: FlaskClient) -> None:
    sent = contact(visitor, text="buy now", email="a@example.com", website="http://spam.example")
    assert sent.location == "/id/"
    visitor.post("/id/ask", data={"text": "buy now", "website": "x"})
    assert "buy now" not in page(visitor)


def test_notes_of_staff_stay_with_staff(shared_site: Site) -> None:
    visitor = shared_site.visitor()
    sent = contact(visitor, email="ani@example.com", text="Mohon bantuan")
    conversations = shared_site.services.responder.conversations
    public_id = conversations.by_token(sent.location[3:]).public_id
    ticket = conversations.find_ticket(public_id)
    assert ticket is not None
    budi = StaffName("budi@example.com", "Budi")
    shared_site.services.responder.inbox.note(ticket.public_id, budi, "pelanggan cerewet")
    assert "cerewet" not in visitor.get(sent.location).get_data(as_text=True)


def test_starting_over_forgets_the_conversation(visitor: FlaskClient) -> None:
    asked(visitor, "kok blm nyampe ya")
    visitor.post("/id/ask/new")
    assert "kok blm nyampe" not in page(visitor)


def test_empty_and_endless_questions_are_not_taken(visitor: FlaskClient) -> None:
    assert visitor.post("/id/ask", data={"text": "  "}).location == "/id/ask"
    assert visitor.post("/id/ask", data={"text": "a" * 2001}).status_code == 413


def test_what_customers_write_is_text(visitor: FlaskClient) -> None:
    shown = asked(visitor, "<img src=x onerror=alert(1)> paket saya dimana")
    assert "<img src=x" not in shown and "&lt;img src=x" in shown


def test_somebody_elses_page_cannot_be_guessed(visitor: FlaskClient) -> None:
    for token in ("x", "IjAxIg", "IjAxIg.x", "../admin"):
        assert visitor.get(f"/s/{token}").status_code == 404


def test_choices_are_shown_and_only_an_offered_one_can_be_chosen(shared_site: Site) -> None:
    visitor = shared_site.visitor()
    shared_site.services.responder.thresholds.change("web", "id", 1.0, "admin@example.com")
    try:
        shown = asked(visitor, "paket kemarin")
        decision = re.findall(r'name="decision" value="(\w+)"', shown)[0]
        forged = {"decision": decision, "article": "id/khusus-staf"}
        assert visitor.post("/id/ask/choice", data=forged).status_code == 404
        wanted = {"decision": decision, "article": "id/paket-belum-sampai"}
        visitor.post("/id/ask/choice", data=wanted)
        assert "Cek posisi paket" in page(visitor)
    finally:
        shared_site.services.responder.thresholds.change("web", "id", 0.9, "admin@example.com")


def test_two_questions_are_answered_one_below_the_other_with_one_vote(
    visitor: FlaskClient,
) -> None:
    shown = asked(visitor, "kok blm nyampe ya? trus lupa password gimana?")
    first = shown.index('href="http://localhost/id/articles/paket-belum-sampai"')
    second = shown.index('href="http://localhost/id/articles/lupa-kata-sandi"')
    assert shown.index("Cek posisi paket dengan nomor resi") < first < second
    assert first < shown.index("Tekan Lupa kata sandi di halaman masuk") < second
    only(r'action="(/id/answers/\w+/vote)"', shown)


def test_an_article_in_another_language_says_so(visitor: FlaskClient) -> None:
    visitor.post("/en/ask", data={"text": "please help me now, lupa password"})
    shown = page(visitor, "en")
    assert "This article is only available in Indonesian:" in shown
    assert '<div class="bubble" lang="id">' in shown
