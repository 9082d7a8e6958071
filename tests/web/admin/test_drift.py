"""What was noticed overnight stands before the admin until somebody closes it."""

import re
from datetime import UTC, date, datetime, timedelta

from responder.drift import BINS, DayReading
from responder.exchange import Incoming
from responder.store import drift as store
from tests.conftest import StillClock
from tests.web.sites import Site
from tests.web.staffing import Colleague, a_colleague
from web.accounts.models import Role
from web.cli.night import look_nightly
from web.timelines import trend_of

TODAY = date(2027, 3, 1)


def a_reading(ago: int, *, sure: int, questions: int = 40, lang: str = "id") -> DayReading:
    near = (0,) * 20 + (questions,) + (0,) * (BINS - 21)
    return DayReading(TODAY - timedelta(days=ago), questions, sure, {lang: questions}, near)


def keep(site: Site, readings: list[DayReading]) -> None:
    with site.services.database.write() as connection:
        for reading in readings:
            values = {
                "sure": reading.sure,
                "languages": dict(reading.languages or {}),
                "distances": list(reading.distances),
            }
            row = {"day": reading.day.isoformat(), "questions": reading.questions}
            at = datetime(2027, 3, 1, tzinfo=UTC)
            store.put(connection, {**row, "readings": values, "created_at": at})


def fewer_sure(site: Site) -> None:
    keep(site, [a_reading(ago, sure=20 + ago % 3 if ago > 7 else 5) for ago in range(35, 0, -1)])
    look_nightly(site.services)()


def test_before_there_are_days_the_page_says_what_it_waits_for(boss: Colleague) -> None:
    page = boss.read("/admin/drift")
    assert "There is too little to go by yet" in page
    assert "No days to show yet" in page
    assert "Noticed overnight" not in boss.read("/admin/")


def test_a_change_stands_on_both_pages_in_plain_words(site: Site, boss: Colleague) -> None:
    fewer_sure(site)
    for path in ("/admin/", "/admin/drift"):
        page = boss.read(path)
        assert "The bot is sure of fewer questions: 12% in the last 7 days, 53%" in page
        assert "in about one night of" in page
    assert 'class="chart-line"' in boss.read("/admin/drift")


def test_closing_a_warning_is_kept_in_the_audit_log(site: Site, boss: Colleague) -> None:
    fewer_sure(site)
    for _twice in range(2):
        answer = boss.post("/admin/drift/dismiss", {"key": "sure", "back": "index"})
        assert answer.headers["Location"].endswith("/admin/")
    assert "Noticed overnight" not in boss.read("/admin/")
    (entry,) = site.services.accounts.audit.list_entries(area="drift")
    assert (entry.action, entry.staff) == ("drift.dismiss", boss.staff.email)
    assert "fewer questions" in entry.subject


def test_weeks_like_each_other_are_said_to_be_so(site: Site, boss: Colleague) -> None:
    keep(site, [a_reading(ago, sure=20 + ago % 3) for ago in range(35, 0, -1)])
    look_nightly(site.services)()
    assert "Nothing differs by more than chance: 280 questions" in boss.read("/admin/drift")


def test_a_golden_set_that_fell_leads_to_its_run(site: Site) -> None:
    golden, clock = site.services.responder.golden, site.services.responder.clock
    made = golden.create("Uji", "boss@toko.test")
    for text in ("paket saya dimana", "kok blm nyampe ya", "paket belum sampai juga"):
        golden.add(made.id, text, ["id/paket-belum-sampai"], staff="boss@toko.test")
    site.services.responder.trends.look()
    for question in golden.list_questions(made.id):
        golden.edit(question.id, question.text, ["id/lupa-kata-sandi"], staff="boss@toko.test")
    assert isinstance(clock, StillClock)
    clock.move(days=1)
    site.services.responder.trends.look()
    boss = a_colleague(site, Role.ADMIN, name="Boss")
    page = boss.read("/admin/")
    assert "The golden set Uji fares worse: 0 questions helped instead of 3" in page
    link = re.search(r'href="(/admin/golden/runs/[^"]+)"', page)
    assert link is not None
    assert "3 were edited in between" in boss.read(link.group(1).replace("&amp;", "&"))


def test_real_questions_are_read_with_their_distance(site: Site) -> None:
    clock = site.services.responder.clock
    assert isinstance(clock, StillClock)
    site.services.responder.responder.reply(Incoming("paket saya dimana", "web", "id"))
    site.services.responder.responder.reply(Incoming("ORANG", "web", "id"))
    clock.move(days=1)
    look_nightly(site.services)()
    (reading,) = site.services.responder.trends.list_readings(5)
    assert (reading.questions, reading.sure) == (1, 1)
    assert reading.mean_distance is not None
    assert reading.mean_distance < 0.3


def test_lines_break_where_days_had_no_question_and_bars_fill_the_day() -> None:
    readings = [
        a_reading(ago, sure=10, lang="id" if ago % 2 else "en") for ago in range(30, 20, -1)
    ]
    readings += [DayReading(TODAY - timedelta(days=ago)) for ago in range(20, 10, -1)]
    readings += [a_reading(ago, sure=30) for ago in range(10, 0, -1)]
    trend = trend_of(readings)
    assert trend is not None
    assert len(trend.sure.lines) == 2
    assert len(trend.sure.marks) == 20
    assert trend.languages.names == ("id", "en")
    assert sum(bar.value for bar in trend.languages.bars) == 800
    tallest = max(bar.height for bar in trend.languages.bars)
    assert {bar.height for bar in trend.languages.bars} == {tallest}
    assert trend_of(readings[:1]) is None
