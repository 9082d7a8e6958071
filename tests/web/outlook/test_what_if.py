"""Changes are looked at before they are made: pages, JSON, and the gate before publishing."""

import html
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from kb.models import ArticleKey
from responder.exchange import Incoming
from responder.models import StaffName, Verdict
from responder.thresholds import ANY
from tests.conftest import StillClock
from tests.web.sites import Site, make_site, publish
from tests.web.staffing import Colleague, a_colleague
from web.accounts.models import Role
from web.outlook.watching import NDJSON

PAKET = ArticleKey("id", "paket-belum-sampai")
SANDI = ArticleKey("id", "lupa-kata-sandi")
ASKED = ("paket belum sampai juga", "lupa password", "toko buka jam berapa hari minggu")
THIEF = ArticleKey("id", "sandi-baru")
DRAFT = """---
title: Lupa password saya
answer: Buat sandi baru.
questions: [lupa password saya, saya lupa password saya, lupa password saya gimana]
---
Isi.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose customers have asked three things, one of them twice."""
    made = make_site(tmp_path_factory.mktemp("outlook") / "site", StillClock())
    publish(made)
    made.services.searcher.rebuild()
    made.services.responder.thresholds.change(ANY, ANY, 0.6, "boss")
    for text in (*ASKED, ASKED[1]):
        made.services.responder.responder.reply(Incoming(text, lang="id"))
    made.services.library.create(THIEF, DRAFT, "dewi")
    yield made
    made.services.database.close()


@pytest.fixture(scope="module")
def learned(site: Site) -> Path:
    """The index of that site."""
    return site.services.settings.index_path


@pytest.fixture(scope="module")
def boss(site: Site) -> Colleague:
    return a_colleague(site, Role.ADMIN, name="Boss")


@pytest.fixture(scope="module")
def writer(site: Site) -> Colleague:
    return a_colleague(site, Role.WRITER, name="Tulis")


def ask(person: Colleague, path: str, body: object, **headers: str) -> TestResponse:
    return person.browser.post(path, json=body, headers={"X-CSRFToken": person.token, **headers})


def changed(person: Colleague, change: dict[str, Any], path: str = "/admin/what-if.json") -> Any:
    answer = ask(person, path, {"change": change})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()


def test_json_tells_what_is_lost_when_an_article_goes(site: Site, boss: Colleague) -> None:
    found = changed(boss, {"kind": "article", "article": str(SANDI), "source": None})
    assert found["asked"] == {"stored": 4, "golden": 0}
    lost = found["no_longer_answered"]
    assert lost["tally"]["questions"] == 2
    (line,) = lost["lines"]
    assert (line["question"], line["times"]) == (ASKED[1], 2)
    assert line["before"]["answers"] == [str(SANDI)]
    assert line["after"]["answers"] == []
    assert boss.get(f"/desk/decisions/{line['decision_id']}").status_code == 200
    assert found["unchanged"] == 2


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "threshold", "channel": "*", "lang": "*", "value": 0.99},
        {"kind": "draft", "article": str(THIEF)},
        {"kind": "article", "article": "id/baru-sekali", "source": DRAFT},
        {"kind": "example_question", "article": str(PAKET), "text": ASKED[2]},
        {"kind": "slang", "lang": "id", "forms": {"gan": "kak"}},
        {"kind": "embedder", "name": "none"},
    ],
    ids=lambda change: str(change["kind"]),
)
def test_every_kind_of_change_can_be_asked_about(boss: Colleague, change: dict[str, Any]) -> None:
    found = changed(boss, change)
    counted = sum(
        found[turn]["tally"]["questions"]
        for turn in ("newly_answered", "no_longer_answered", "other_article")
    )
    assert counted + found["unchanged"] == 4


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        (
            {"kind": "threshold", "channel": "*", "lang": "*", "value": 0.1},
            422,
            "invalid_threshold",
        ),
        ({"kind": "threshold", "channel": "*", "lang": "*"}, 422, "invalid_input"),
        ({"kind": "weather"}, 422, "invalid_input"),
        ({"kind": "draft", "article": "id/tidak-ada"}, 404, "unknown_article"),
        ({"kind": "draft", "article": "../etc"}, 422, "invalid_input"),
        ({"kind": "article", "article": "id/x", "source": "---\ntitle: ["}, 422, "invalid_article"),
        ({"kind": "example_question", "article": str(PAKET), "text": "?!"}, 422, "invalid_change"),
        ({"kind": "embedder", "name": "gpt"}, 503, "embedder_unavailable"),
    ],
)
def test_errors_are_json_with_a_code(
    boss: Colleague, change: dict[str, Any], status: int, code: str
) -> None:
    answer = ask(boss, "/admin/what-if.json", {"change": change})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (status, code)


def test_what_is_no_json_and_who_is_not_signed_in_are_told_so(site: Site, boss: Colleague) -> None:
    headers = {"X-CSRFToken": boss.token}
    kinds = [("application/json", b"{", 400), ("text/plain", b"{}", 415)]
    for kind, data, status in kinds:
        answer = boss.browser.post(
            "/admin/what-if.json", data=data, content_type=kind, headers=headers
        )
        assert answer.status_code == status
    body = {"change": {"kind": "draft", "article": str(THIEF)}}
    assert site.visitor().post("/admin/what-if.json", json=body).status_code == 400
    assert boss.browser.post("/admin/what-if.json", json=body).status_code == 400


def test_writers_ask_about_articles_and_nothing_else(writer: Colleague) -> None:
    change: dict[str, Any] = {"kind": "draft", "article": str(THIEF)}
    assert changed(writer, change, "/edit/what-if.json")["asked"]["stored"] == 4
    assert ask(writer, "/admin/what-if.json", {"change": change}).status_code == 403
    change = {"kind": "threshold", "channel": "*", "lang": "*", "value": 0.9}
    assert ask(writer, "/edit/what-if.json", {"change": change}).status_code == 422


def test_progress_comes_line_by_line_and_the_result_last(boss: Colleague) -> None:
    body = {"change": {"kind": "embedder", "name": "none"}, "last": 3}
    answer = ask(boss, "/admin/what-if.json", body, Accept=NDJSON)
    assert answer.mimetype == NDJSON
    lines = [json.loads(line) for line in answer.get_data(as_text=True).splitlines()]
    assert [line.get("stage") for line in lines[-2:]] == ["asking", None]
    assert lines[0]["total"] >= lines[0]["done"] > 0
    assert lines[-1]["outlook"]["asked"]["stored"] == 3


def test_an_error_on_the_way_is_the_last_line(boss: Colleague) -> None:
    change = {"kind": "article", "article": "id/tidak-ada", "source": None}
    answer = ask(boss, "/admin/what-if.json", {"change": change}, Accept=NDJSON)
    (line,) = answer.get_data(as_text=True).splitlines()
    assert json.loads(line)["error"]["code"] == "unknown_article"


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "threshold", "channel": "*", "lang": "*", "percent": "99"},
        {"kind": "draft", "article": str(THIEF)},
        {"kind": "gone", "article": str(PAKET)},
        {"kind": "example", "article": str(PAKET), "text": "kurir"},
        {"kind": "slang", "lang": "id", "forms": "gmn = bagaimana\nblm\tbelum"},
        {"kind": "embedder", "name": "none"},
    ],
    ids=lambda sent: str(sent["kind"]),
)
def test_the_page_shows_any_change(boss: Colleague, sent: dict[str, str]) -> None:
    assert "data-outlook-progress" in boss.read(f"/admin/what-if?kind={sent['kind']}")
    page = boss.post("/admin/what-if", {**sent, "last": "100"})
    assert page.status_code == 200
    assert "Tried on 4 questions of customers" in page.get_data(as_text=True)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (
            {"kind": "threshold", "channel": "*", "lang": "*", "percent": "3"},
            "Choose 50.0 or more.",
        ),
        ({"kind": "gone", "article": "Paket"}, "Give the article as language/slug"),
        ({"kind": "gone", "article": "id/tidak-ada"}, "There is no such live article."),
        ({"kind": "slang", "lang": "id", "forms": "gmn bagaimana"}, "Write one pair a line"),
        ({"kind": "embedder", "name": "gpt"}, "Choose one of the list."),
    ],
)
def test_the_page_says_what_is_wrong(boss: Colleague, sent: dict[str, str], said: str) -> None:
    page = boss.post("/admin/what-if", sent)
    assert page.status_code == 422
    assert said in page.get_data(as_text=True)


def test_a_writer_tries_an_example_question(writer: Colleague) -> None:
    here = f"/edit/{PAKET.lang}/{PAKET.slug}/what-if"
    assert "One more example question" in writer.read(here)
    page = writer.post(here, {"kind": "example", "text": ASKED[2]}).get_data(as_text=True)
    assert "Newly answered" in page
    assert ASKED[2] in page


def test_a_threshold_is_changed_only_after_it_was_looked_at(site: Site, boss: Colleague) -> None:
    rules = site.services.responder.thresholds
    sent = {"channel": "email", "lang": "*", "percent": "70", "reason": "coba dulu"}
    page = boss.post("/admin/thresholds", sent)
    assert page.status_code == 200
    assert "At 70% this would happen" in page.get_data(as_text=True)
    assert rules.value("email", "id").value == 0.6
    assert boss.post("/admin/thresholds", {**sent, "confirmed": "yes"}).status_code == 303
    assert rules.value("email", "id").value == 0.7


def test_a_decision_is_seen_by_everybody_of_the_staff_and_by_nobody_else(
    site: Site, writer: Colleague, boss: Colleague
) -> None:
    asked = "hp saya 0812-3456-7890, saya mau bicara dengan orang"
    outcome = site.services.responder.responder.reply(Incoming(asked, lang="id"))
    conversation = outcome.conversation.public_id
    conversations = site.services.responder.conversations
    ticket = conversations.leave_contact(conversation, name="Ani", email="ani@example.com")
    here = f"/desk/decisions/{outcome.decision.public_id}"
    page = html.unescape(writer.read(here))
    assert "hp saya [phone]" in page
    assert "0812" not in page
    assert ticket.public_id not in page
    assert ticket.public_id in boss.read(here)
    assert writer.get("/desk/decisions/01HZZZZZZZZZZZZZZZZZZZZZZZ").status_code == 404
    assert site.visitor().get(here).status_code == 302


class TestTheGate:
    """Before a text goes live: what it does to what customers asked."""

    @pytest.fixture
    def own(self, learned: Path, tmp_path: Path) -> Iterator[Site]:
        made = make_site(tmp_path / "site", StillClock())
        shutil.copy(learned, made.services.settings.index_path)
        publish(made)
        made.services.responder.thresholds.change(ANY, ANY, 0.6, "boss")
        yield made
        made.services.database.close()

    @pytest.fixture
    def rina(self, own: Site) -> Colleague:
        return a_colleague(own, Role.REVIEWER, name="Rina")

    @staticmethod
    def is_live(site: Site, key: ArticleKey) -> bool:
        return site.services.library.find_published(key) is not None

    @staticmethod
    def at(key: ArticleKey) -> str:
        return f"/edit/{key.lang}/{key.slug}/publish"

    def steal(self, site: Site, verdict: Verdict | None = None) -> None:
        """Somebody asks about passwords; a draft would take that question over."""
        asked = Incoming("lupa password saya", lang="id")
        outcome = site.services.responder.responder.reply(asked)
        assert outcome.decision.article == SANDI
        if verdict is not None:
            staff = StaffName("budi@toko.test", "Budi")
            site.services.responder.inbox.record_verdict(outcome.decision.public_id, verdict, staff)
        site.services.library.create(THIEF, DRAFT, "dewi")

    def test_without_questions_it_goes_live_at_once(self, own: Site, rina: Colleague) -> None:
        own.services.library.create(THIEF, DRAFT, "dewi")
        assert rina.post(self.at(THIEF)).status_code == 303
        assert self.is_live(own, THIEF)

    def test_what_changes_nothing_goes_live_at_once(self, own: Site, rina: Colleague) -> None:
        own.services.responder.responder.reply(Incoming("lupa password", lang="id"))
        key = ArticleKey("id", "kartu-hadiah")
        text = "---\ntitle: Kartu hadiah\nanswer: Berlaku setahun.\n---\nIsi.\n"
        own.services.library.create(key, text, "dewi")
        assert rina.post(self.at(key)).status_code == 303
        assert self.is_live(own, key)

    def test_what_takes_questions_is_shown_first(self, own: Site, rina: Colleague) -> None:
        self.steal(own)
        page = rina.post(self.at(THIEF)).get_data(as_text=True)
        assert "Who takes questions from whom" in page
        assert "Publish this text?" in page
        assert "Lupa password saya" in page
        assert not self.is_live(own, THIEF)
        assert rina.post(self.at(THIEF), {"confirmed": "yes"}).status_code == 303
        assert self.is_live(own, THIEF)
        entry = own.services.accounts.audit.list_entries()[0]
        assert entry.after["knowingly"] is True

    def test_taking_what_was_marked_right_needs_a_tick(self, own: Site, rina: Colleague) -> None:
        self.steal(own, Verdict.RIGHT)
        page = rina.read(self.at(THIEF))
        assert "Publish in spite of this?" in page
        assert "1 question that is treated rightly now" in page
        assert 'type="checkbox" id="confirmed"' in page
        assert 'type="hidden" name="confirmed"' not in page
        assert rina.post(self.at(THIEF), {"based_on": "1"}).status_code == 200
        assert not self.is_live(own, THIEF)

    def test_taking_what_was_marked_wrong_needs_none(self, own: Site, rina: Colleague) -> None:
        self.steal(own, Verdict.WRONG)
        page = rina.read(self.at(THIEF))
        assert "Publish this text?" in page
        assert "1 was marked wrong" in page

    def test_saving_and_publishing_at_once_meets_the_same_gate(
        self, own: Site, rina: Colleague
    ) -> None:
        self.steal(own)
        sent = {"mode": "source", "source": DRAFT.replace("Isi.", "Isi baru."), "do": "publish"}
        page = rina.post(f"/edit/{THIEF.lang}/{THIEF.slug}", sent)
        assert "Publish this text?" in page.get_data(as_text=True)
        assert "Isi baru." in own.services.library.get_article(THIEF).latest.source
        assert not self.is_live(own, THIEF)
