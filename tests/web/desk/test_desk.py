"""Agents see the queue and the whole story, answer, and judge the bot."""

import pytest

from kb.models import ArticleKey
from responder.exchange import Incoming
from responder.models import Author, TicketState, Verdict
from tests.conftest import StillClock
from tests.web.sites import Site
from tests.web.staffing import Colleague, a_colleague
from web.accounts.models import Role


@pytest.fixture
def sari(site: Site) -> Colleague:
    return a_colleague(site, Role.AGENT, name="Sari")


def a_ticket(site: Site, text: str = "ORANG", name: str = "Ani") -> str:
    """A customer's question in people's hands; the ticket's public id."""
    web = site.services.responder
    first = web.responder.reply(Incoming(text, "web", "id"))
    public_id = first.conversation.public_id
    if name:
        email = f"{name.lower()}@example.com"
        ticket = web.conversations.leave_contact(
            public_id, name=name, email=email, phone="", text=""
        )
        return ticket.public_id
    assert first.ticket is not None
    return first.ticket.public_id


def state_of(site: Site, public_id: str) -> tuple[TicketState, str | None]:
    ticket = site.services.responder.inbox.get_ticket(public_id).ticket
    return ticket.state, ticket.assignee


def test_an_empty_queue_says_that_all_is_done(sari: Colleague) -> None:
    assert "All done" in sari.read("/desk/")
    assert "Nobody waits longer than promised." in sari.read("/desk/")


def test_the_queue_shows_who_waits_with_what_they_said(site: Site, sari: Colleague) -> None:
    a_ticket(site, "paket saya hilang <b>penting</b> apa gimana, ORANG")
    page = sari.read("/desk/?view=all")
    assert "Ani" in page
    assert "&lt;b&gt;penting&lt;/b&gt;" in page
    assert "<b>penting</b>" not in page


def test_high_priority_comes_before_an_earlier_question(site: Site, sari: Colleague) -> None:
    a_ticket(site, "ORANG", name="Tenang")
    a_ticket(site, "saya ditipu, tolong, mau lapor polisi", name="Darurat")
    page = sari.read("/desk/")
    assert page.index("Darurat") < page.index("Tenang")


def test_late_ones_are_counted(site: Site, sari: Colleague, clock: StillClock) -> None:
    a_ticket(site)
    clock.move(minutes=29)
    assert "Nobody waits longer" in sari.read("/desk/")
    clock.move(days=1, hours=10)
    late = a_colleague(site, Role.AGENT)
    assert "1 customer waits longer than promised." in late.read("/desk/")
    assert "late" in late.read("/desk/")


def test_conversations_are_found_by_words_and_address(site: Site, sari: Colleague) -> None:
    a_ticket(site, "resi JX99 tidak bergerak, ORANG")
    a_ticket(site, "refund saya, ORANG", name="Budi")
    assert "Budi" not in sari.read("/desk/?view=all&q=bergerak")
    assert "Ani" not in sari.read("/desk/?view=all&q=budi@example.com")
    assert "Nothing found" in sari.read("/desk/?view=all&q=gajah")


def test_the_queue_is_sent_again_only_when_it_changed(site: Site, sari: Colleague) -> None:
    a_ticket(site)
    first = sari.get("/desk/part?view=new")
    etag = first.headers["ETag"]
    assert f"data-etag='{etag}'" in sari.read("/desk/?view=new")
    again = sari.get("/desk/part?view=new", **{"If-None-Match": etag})
    assert (again.status_code, again.get_data()) == (304, b"")
    a_ticket(site, name="Budi")
    assert sari.get("/desk/part?view=new", **{"If-None-Match": etag}).status_code == 200


def test_taking_and_giving_back(site: Site, sari: Colleague) -> None:
    public_id = a_ticket(site)
    sari.post(f"/desk/tickets/{public_id}/take")
    assert state_of(site, public_id) == (TicketState.TAKEN, sari.staff.email)
    assert "Ani" in sari.read("/desk/?view=mine")
    sari.post(f"/desk/tickets/{public_id}/release")
    assert state_of(site, public_id) == (TicketState.NEW, None)


def test_two_agents_do_not_answer_one_customer(site: Site, sari: Colleague) -> None:
    public_id = a_ticket(site)
    budi = a_colleague(site, Role.AGENT, name="Budi")
    sari.post(f"/desk/tickets/{public_id}/take")
    page = budi.read(f"/desk/tickets/{public_id}")
    assert "Sari is working on this conversation" in page
    assert 'id="reply-text"' not in page
    refused = budi.post(f"/desk/tickets/{public_id}/reply", {"text": "Halo dari Budi"})
    assert refused.status_code == 422
    assert "Sari has this now." in refused.get_data(as_text=True)
    budi.post(f"/desk/tickets/{public_id}/take")
    assert state_of(site, public_id)[1] == sari.staff.email
    budi.post(f"/desk/tickets/{public_id}/take", {"take_over": "yes"})
    assert state_of(site, public_id)[1] == budi.staff.email


def test_a_reply_reaches_the_customers_page(site: Site, sari: Colleague) -> None:
    public_id = a_ticket(site)
    sent = sari.post(f"/desk/tickets/{public_id}/reply", {"text": "Kami cek dulu ya, Kak."})
    assert sent.status_code == 303
    assert state_of(site, public_id) == (TicketState.TAKEN, sari.staff.email)
    view = site.services.responder.inbox.get_ticket(public_id)
    token = site.services.responder.conversations.status_token(view.conversation)
    customers = site.visitor().get(f"/s/{token}").get_data(as_text=True)
    assert "Kami cek dulu ya, Kak." in customers
    assert "Sari" in customers


def test_a_reply_can_carry_an_article_and_solve(site: Site, sari: Colleague) -> None:
    public_id = a_ticket(site)
    data = {"text": "Ikuti langkah ini.", "article": "id/lupa-kata-sandi", "solve": "yes"}
    sari.post(f"/desk/tickets/{public_id}/reply", data)
    view = site.services.responder.inbox.get_ticket(public_id)
    staff_said = [m for m in view.messages if m.author is Author.STAFF]
    assert staff_said[0].article == ArticleKey("id", "lupa-kata-sandi")
    assert "/id/articles/lupa-kata-sandi" in staff_said[0].text
    assert view.ticket.state is TicketState.SOLVED
    assert "Ani" in sari.read("/desk/?view=solved")


def test_an_empty_reply_is_not_sent_and_says_so(site: Site, sari: Colleague) -> None:
    public_id = a_ticket(site)
    refused = sari.post(f"/desk/tickets/{public_id}/reply", {"text": "   "})
    assert refused.status_code == 422
    view = site.services.responder.inbox.get_ticket(public_id)
    assert Author.STAFF not in {message.author for message in view.messages}


def test_a_note_is_for_the_team_only(site: Site, sari: Colleague) -> None:
    public_id = a_ticket(site)
    sari.post(f"/desk/tickets/{public_id}/note", {"text": "Pelanggan lama, sabar ya."})
    assert "Pelanggan lama" in sari.read(f"/desk/tickets/{public_id}")
    view = site.services.responder.inbox.get_ticket(public_id)
    token = site.services.responder.conversations.status_token(view.conversation)
    assert "Pelanggan lama" not in site.visitor().get(f"/s/{token}").get_data(as_text=True)


def test_solving_and_opening_again(site: Site, sari: Colleague) -> None:
    public_id = a_ticket(site)
    sari.post(f"/desk/tickets/{public_id}/solve")
    assert state_of(site, public_id)[0] is TicketState.SOLVED
    sari.post(f"/desk/tickets/{public_id}/reopen")
    assert state_of(site, public_id) == (TicketState.TAKEN, sari.staff.email)


def test_the_page_tells_what_the_bot_thought(site: Site, sari: Colleague) -> None:
    page = sari.read(f"/desk/tickets/{a_ticket(site, 'kok blm nyampe ya barangnya kemarin itu')}")
    view = site.services.responder.inbox.list_tickets()[0]
    decision = site.services.responder.inbox.get_ticket(view.ticket.public_id).decisions[0]
    assert f'<code class="small">{decision.rule}</code>' in page
    assert decision.fingerprint[:12] in page
    assert "Paket saya belum sampai" in page
    assert "Features" in page


def test_earlier_conversations_of_the_customer_are_linked(site: Site, sari: Colleague) -> None:
    first = a_ticket(site)
    second = a_ticket(site)
    assert f"/desk/tickets/{first}" in sari.read(f"/desk/tickets/{second}")


def test_a_verdict_is_kept_with_the_right_article(site: Site, sari: Colleague) -> None:
    public_id = a_ticket(site, "kok blm nyampe ya barangnya kemarin itu")
    inbox = site.services.responder.inbox
    decision = inbox.get_ticket(public_id).decisions[0]
    path = f"/desk/tickets/{public_id}/decisions/{decision.public_id}/verdict"
    sari.post(path, {"verdict": "wrong", "right": "id/lupa-kata-sandi"})
    given = inbox.get_ticket(public_id).verdicts[decision.id]
    assert given.verdict is Verdict.WRONG
    assert given.right == ArticleKey("id", "lupa-kata-sandi")
    assert given.staff == sari.staff.email
    newest = site.services.accounts.audit.list_entries()[0]
    assert (newest.action, newest.subject) == ("ticket.verdict", public_id)


@pytest.mark.parametrize("data", [{}, {"verdict": "maybe"}, {"verdict": "wrong", "right": "../x"}])
def test_a_verdict_that_makes_no_sense_is_not_kept(
    site: Site, sari: Colleague, data: dict[str, str]
) -> None:
    public_id = a_ticket(site, "kok blm nyampe ya barangnya kemarin itu")
    inbox = site.services.responder.inbox
    decision = inbox.get_ticket(public_id).decisions[0]
    sari.post(f"/desk/tickets/{public_id}/decisions/{decision.public_id}/verdict", data)
    assert not inbox.get_ticket(public_id).verdicts


def test_articles_for_a_reply_are_found_by_the_matcher(sari: Colleague) -> None:
    found = sari.read("/desk/articles?q=lupa+password&channel=web")
    assert 'data-key="id/lupa-kata-sandi"' in found
    assert "Tekan Lupa kata sandi di halaman masuk." in found
    assert sari.read("/desk/articles?q=").strip() == ""


@pytest.mark.parametrize("action", ["take", "release", "reply", "note", "solve", "reopen"])
def test_a_ticket_that_is_not_there_is_not_found(sari: Colleague, action: str) -> None:
    answer = sari.post(f"/desk/tickets/01NOTHING/{action}", {"text": "Halo"})
    assert answer.status_code == 404
    assert sari.get("/desk/tickets/01NOTHING").status_code == 404


def test_a_far_fetched_draft_is_not_offered(site: Site, sari: Colleague) -> None:
    near = sari.read(f"/desk/tickets/{a_ticket(site, 'kok blm nyampe ya barangnya kemarin itu')}")
    far = sari.read(f"/desk/tickets/{a_ticket(site, 'gajah terbang di atas atap kanopi', 'Budi')}")
    assert "The bot&#39;s draft" in near or "The bot's draft" in near
    assert "draft-text" not in far
