"""The writers' page of what customers asked."""

import re
from pathlib import Path

import pytest

from kb.models import ArticleKey
from responder.calibrations import ITSELF
from responder.exchange import Incoming, Outcome
from responder.models import StaffName, Verdict
from tests.web.editor.portal import PAKET, Person
from tests.web.sites import Site
from web.accounts.models import Role
from web.cli.work import learn_by_rule

AGENT = StaffName("sari@toko.test", "Sari")
LOST = "apakah gajah putih dijual"
ALIKE = (LOST, "gajah putih dijual ga", "dijual gajah putih?")
TOPIC = "zqxv wjkh pluk gbrz"
TOPIC_AGAIN = "ZQXV wjkh pluk gbrz"


def ask(site: Site, text: str) -> Outcome:
    return site.services.responder.responder.reply(Incoming(text, lang="id"))


def answer(site: Site, text: str, article: ArticleKey = PAKET) -> None:
    """An agent names the article, by a reply if the bot handed over and else by a verdict."""
    outcome, inbox = ask(site, text), site.services.responder.inbox
    if outcome.ticket is not None:
        inbox.reply(outcome.ticket.public_id, AGENT, "Silakan.", article)
    else:
        inbox.record_verdict(outcome.decision.public_id, Verdict.WRONG, AGENT, article)


def first_ids(page: str) -> str:
    found = re.search(r'name="ids" value="([\d ]+)"', page)
    assert found is not None
    return found.group(1)


def test_a_click_adds_a_customers_question_to_the_article(site: Site, writer: Person) -> None:
    answer(site, LOST)
    page = writer.page("/edit/learn")
    assert LOST in page
    after = writer.follow("/edit/learn/accept", ids=first_ids(page))
    assert "it answers with this question from now on" in after
    assert "No suggestions" in after
    stored = site.services.library.get_article(PAKET)
    assert stored.article.questions[-1] == LOST
    assert stored.latest.author == "dewi@toko.test"
    (entry, *_) = site.services.accounts.audit.list_entries(area="article")
    assert (entry.action, entry.subject) == ("article.learn", str(PAKET))
    assert LOST in writer.page("/edit/id/paket-belum-sampai")
    assert "questions added" in writer.page("/edit/id/paket-belum-sampai/history")


def test_alike_questions_are_added_together(site: Site, writer: Person) -> None:
    for text in ALIKE:
        answer(site, text)
    page = writer.page("/edit/learn")
    assert "3 customers asked alike" in page
    writer.post("/edit/learn/accept", ids=first_ids(page))
    assert set(ALIKE) <= set(site.services.library.get_article(PAKET).article.questions)


def test_a_declined_question_is_gone(site: Site, writer: Person) -> None:
    answer(site, LOST)
    ids = first_ids(writer.page("/edit/learn"))
    assert "Declined" in writer.follow("/edit/learn/decline", ids=ids)
    late = writer.follow("/edit/learn/accept", ids=ids)
    assert "Somebody was faster" in late
    assert LOST not in site.services.library.get_article(PAKET).article.questions


def test_a_question_for_a_draft_is_said_to_wait(site: Site, writer: Person) -> None:
    answer(site, LOST)
    library = site.services.library
    latest = library.get_article(PAKET).latest
    library.save(PAKET, latest.source + "\nBaru.\n", by="dewi", based_on=latest.number)
    page = writer.page("/edit/learn")
    assert "draft beside it" in page
    assert "counts once the draft is published" in writer.follow(
        "/edit/learn/accept", ids=first_ids(page)
    )


@pytest.mark.parametrize("ids", ["", "x", "0", "1 " * 600, "999999"])
def test_what_is_no_suggestion_changes_nothing(writer: Person, ids: str) -> None:
    for action in ("accept", "decline"):
        assert writer.post(f"/edit/learn/{action}", ids=ids).status_code == 303


def test_an_unanswered_topic_begins_an_article_with_its_wordings(
    site: Site, writer: Person
) -> None:
    ask(site, TOPIC)
    ask(site, TOPIC_AGAIN)
    page = writer.page("/edit/learn")
    assert "2 customers" in page
    link = re.search(r'href="(/edit/new\?[^"]+)"', page)
    assert link is not None
    form = writer.page(link.group(1).replace("&amp;", "&"))
    assert TOPIC in form
    assert TOPIC_AGAIN in form
    created = writer.post(
        "/edit/new", lang="id", title="Magang", slug="magang", questions=f"{TOPIC}\r\nmagang?\r\n"
    )
    assert created.status_code == 303
    made = site.services.library.get_article(ArticleKey("id", "magang")).article
    assert made.questions == (TOPIC, "magang?")


def test_what_an_agent_found_an_article_for_is_no_unanswered_topic(
    site: Site, writer: Person
) -> None:
    answer(site, LOST)
    assert "Nothing left unanswered" in writer.page("/edit/learn")


def test_the_worker_adds_what_enough_agents_agree_on(site: Site, writer: Person) -> None:
    for text in ALIKE:
        answer(site, text)
    learn_by_rule(site.services)()
    assert set(ALIKE) <= set(site.services.library.get_article(PAKET).article.questions)
    (entry, *_) = site.services.accounts.audit.list_entries(area="article")
    assert (entry.staff, entry.action) == (ITSELF, "article.learn")
    assert "the learning rule" in writer.page("/edit/id/paket-belum-sampai/history")


def test_agents_do_not_teach(site: Site, tmp_path: Path) -> None:
    agent = Person(site, Role.AGENT, email="sari@toko.test")
    assert agent.client.get("/edit/learn").status_code == 403
