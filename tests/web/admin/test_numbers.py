"""The numbers page and its sheet say the same, and both add up."""

import csv
import io

from responder.exchange import Incoming
from tests.conftest import StillClock
from tests.web.sites import Site
from tests.web.staffing import Colleague, a_colleague
from web.accounts.models import Role


def sheet(boss: Colleague, days: int = 30) -> dict[tuple[str, str], str]:
    text = boss.read(f"/admin/numbers.csv?days={days}")
    head, *lines = csv.reader(io.StringIO(text))
    assert head == ["count_of", "kind", "number"]
    return {(group, kind): number for group, kind, number in lines}


def test_without_questions_the_page_says_so(boss: Colleague) -> None:
    assert "Nothing asked yet" in boss.read("/admin/numbers")
    assert sheet(boss)["questions", ""] == "0"


def test_page_and_sheet_tell_the_same_numbers(site: Site, boss: Colleague) -> None:
    responder = site.services.responder
    answered = responder.responder.reply(Incoming("paket saya dimana", "web", "id"))
    responder.responder.reply(Incoming("lupa password", "api", "id"))
    responder.responder.reply(Incoming("ORANG", "web", "id"))
    responder.feedback.record(answered.decision.public_id, True)
    told = sheet(boss)
    assert told["questions", ""] == "3"
    assert (told["reply", "answer"], told["reply", "handoff"]) == ("2", "1")
    assert (told["answer", "confirmed"], told["answer", "assumed"]) == ("1", "1")
    assert (told["channel", "web"], told["channel", "api"]) == ("2", "1")
    assert told["hour", "9"] == "3"
    assert told["day", "2027-03-01"] == "3"
    assert told["article", "id/paket-belum-sampai"] == "1"
    fates = [int(number) for (group, _kind), number in told.items() if group == "answer"]
    assert sum(fates) == int(told["reply", "answer"])
    page = boss.read("/admin/numbers")
    assert "What became of 2 answers" in page
    assert "Paket saya belum sampai</a>" in page
    assert "asked for a person" in page
    assert "67%" in page


def test_a_period_that_is_not_offered_is_thirty_days(site: Site, boss: Colleague) -> None:
    responder, clock = site.services.responder, site.services.responder.clock
    assert isinstance(clock, StillClock)
    responder.responder.reply(Incoming("paket saya dimana", "web", "id"))
    clock.move(days=20)
    boss = a_colleague(site, Role.ADMIN, name="Bos")
    assert sheet(boss, 30)["questions", ""] == "1"
    assert sheet(boss, 7)["questions", ""] == "0"
    assert sheet(boss, 9999)["questions", ""] == "1"
