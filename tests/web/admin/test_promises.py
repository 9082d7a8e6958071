"""The pages on which answers are reviewed, promises made and refits accepted."""

import re
import time

from responder.exchange import Incoming
from responder.labels import is_held_back
from responder.models import StaffName, Verdict
from responder.promises import Standing
from responder.review import Scope
from tests.conftest import StillClock
from tests.web.sites import Site
from tests.web.staffing import Colleague, a_colleague
from web.accounts.models import AuditEntry, Role
from web.cli.promise_duty import keep_promises
from web.wiring import build_web_services

ASKED = "paket saya dimana"
DEWI = StaffName("dewi@toko.test", "Dewi")
PLACE = {"channel": "web", "lang": "id", "allowed": "20"}
DECISION = re.compile(r'action="/desk/review/(\w+)"')


def review(site: Site, held_back: int, *, right: bool = True) -> None:
    """As many random reviews as it takes until that many more are held back."""
    services, verdict = site.services.responder, Verdict.RIGHT if right else Verdict.WRONG
    while held_back:
        decision = services.responder.reply(Incoming(ASKED, lang="id")).decision.public_id
        services.review.record(decision, verdict, DEWI)
        held_back -= is_held_back(decision)


def newest(site: Site, area: str) -> AuditEntry:
    return site.services.accounts.audit.list_entries(area=area)[0]


def in_force(site: Site) -> float:
    return site.services.responder.thresholds.rules().value("web", "id").value


def test_an_agent_reviews_one_answer_after_the_other(site: Site) -> None:
    agent = a_colleague(site, Role.AGENT, name="Agen")
    for _ in range(2):
        site.services.responder.responder.reply(Incoming(ASKED, lang="id"))
    page = agent.read("/desk/review?lang=id")
    assert ASKED in page
    assert "Cek posisi paket dengan nomor resi" in page
    first = DECISION.findall(page)[0]
    answer = agent.post(f"/desk/review/{first}", {"verdict": "right", "lang": "id"})
    assert answer.location == "/desk/review?lang=id"
    second = DECISION.findall(agent.read(answer.location))[0]
    assert second != first
    wrong = {"verdict": "wrong", "right": "id/lupa-kata-sandi"}
    page = agent.browser.post(
        f"/desk/review/{second}",
        data={**wrong, "csrf_token": agent.token},
        follow_redirects=True,
    ).get_data(as_text=True)
    assert "Nothing to review" in page
    labels = {x.decision_id: x for x in site.services.responder.labels.list_labels()}
    assert labels[first].is_right
    assert str(labels[second].right_article) == "id/lupa-kata-sandi"


def test_an_answer_can_be_left_for_later(site: Site) -> None:
    agent = a_colleague(site, Role.AGENT, name="Agen")
    for _ in range(2):
        site.services.responder.responder.reply(Incoming(ASKED, lang="id"))
    (first,) = DECISION.findall(agent.read("/desk/review"))
    (second,) = DECISION.findall(agent.read(f"/desk/review?after={first}"))
    assert first != second


def test_a_verdict_without_a_word_is_refused(site: Site, boss: Colleague) -> None:
    decision = site.services.responder.responder.reply(Incoming(ASKED)).decision.public_id
    boss.post(f"/desk/review/{decision}", {"verdict": "perhaps"})
    assert site.services.responder.labels.list_labels() == ()
    missing = boss.post("/desk/review/01ARZ3NDEKTSV4RRFFQ69G5FAV", {"verdict": "right"})
    assert missing.status_code == 404


def test_the_page_says_how_many_reviews_are_missing_and_where_to_make_them(
    site: Site, boss: Colleague
) -> None:
    review(site, 4)
    page = boss.read("/admin/promises?channel=web&lang=id&allowed=2")
    assert "at least 220 more" in page
    assert "takes at least 114 reviewed answers without a single wrong one" in page
    assert 'href="/desk/review?channel=web&amp;lang=id"' in page


def test_a_promise_is_made_kept_and_withdrawn(site: Site, boss: Colleague) -> None:
    review(site, 12)
    page = boss.read("/admin/promises?channel=web&lang=id&allowed=20")
    assert "This can be promised" in page
    assert "0 wrong in 12 reviewed answers" in page
    answer = boss.post("/admin/promises", PLACE)
    assert answer.status_code == 303
    (made,) = site.services.responder.promises.list_promises()
    assert made.standing is Standing.KEPT
    assert in_force(site) == made.threshold < 0.9
    assert newest(site, "promise").action == "promise.make"
    assert newest(site, "promise").after["value"] == made.threshold
    assert "kept" in boss.read(answer.location or "")
    assert "“at most 20 wrong in 100”" in boss.read("/admin/thresholds")
    boss.post("/admin/promises/withdraw", {"channel": "web", "lang": "id"})
    assert site.services.responder.promises.list_promises() == ()
    assert newest(site, "promise").action == "promise.withdraw"


def test_the_worker_ends_a_promise_that_no_longer_holds_and_the_overview_says_so(
    site: Site, boss: Colleague
) -> None:
    review(site, 12)
    boss.post("/admin/promises", PLACE)
    duty = keep_promises(site.services)
    duty()
    assert in_force(site) < 0.9
    review(site, 12, right=False)
    duty()
    assert in_force(site) == 0.9
    entry = newest(site, "promise")
    assert (entry.staff, entry.action) == ("automatic", "promise.break")
    overview = boss.read("/admin/")
    assert "Promises that need you" in overview
    assert "no longer holds: the careful default counts" in overview


def test_every_night_the_worker_looks_whether_a_waiting_promise_has_its_reviews(
    site: Site, clock: StillClock
) -> None:
    services = site.services.responder
    services.promises.make(Scope("web", "id"), 0.2, DEWI.email)
    services.calibrations.set_automatic(False)
    duty = keep_promises(site.services)
    review(site, 12)
    duty()
    assert in_force(site) == 0.9
    clock.move(days=1)
    duty()
    assert in_force(site) < 0.9
    assert newest(site, "promise").action == "promise.keep"


def test_a_refit_is_shown_accepted_in_force_everywhere_and_taken_back(
    site: Site, boss: Colleague, clock: StillClock
) -> None:
    review(site, 12)
    assert "held-back reviews" in boss.read("/admin/confidence")
    knowledge = site.services.knowledge
    label_free = knowledge.calibration()
    assert label_free.corrected == ()
    other = build_web_services(site.services.settings, clock)
    assert other.knowledge.calibration() == label_free
    boss.post("/admin/confidence/accept")
    assert knowledge.calibration().corrected != ()
    began = time.monotonic()
    while other.knowledge.calibration() != knowledge.calibration():
        assert time.monotonic() - began < 5
        time.sleep(0.05)
    other.database.close()
    assert newest(site, "calibration").action == "calibration.refit"
    boss.post("/admin/confidence/withdraw")
    assert knowledge.calibration() == label_free
    assert newest(site, "calibration").action == "calibration.withdraw"
    assert 'name="automatic" value="yes" checked' not in boss.read("/admin/confidence")
    boss.post("/admin/confidence/setting", {"automatic": "yes"})
    assert 'name="automatic" value="yes" checked' in boss.read("/admin/confidence")
    assert newest(site, "calibration").after == {"automatic": True}


def test_a_place_that_is_none_is_refused(site: Site, boss: Colleague) -> None:
    for wrong in ({"channel": "pigeon"}, {"lang": "xx"}, {"allowed": "0"}, {"allowed": "many"}):
        assert boss.post("/admin/promises", {**PLACE, **wrong}).status_code == 422
    assert site.services.responder.promises.list_promises() == ()
    assert boss.get("/admin/promises?channel=pigeon&allowed=x").status_code == 200
