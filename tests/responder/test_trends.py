"""Every night the day's questions are read, golden sets run, and an admin is told of changes."""

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from kb.database import Database
from responder.bootstrap import Services, build_services
from responder.cautions import QUIET, Caution, merged
from responder.drift import Measure
from responder.exchange import Incoming
from responder.ids import new_id
from responder.schema import decision, drift_reading
from responder.trends import NIGHTLY
from tests.conftest import StillClock
from tests.responder.builders import PARCEL, REFUND, WORKING_HOUR, Script, some_settings

BOSS = "boss@toko.test"
# Wednesday, Jakarta
TODAY = date(2026, 11, 25)


def decisions_of(
    services: Services,
    database: Database,
    at: datetime,
    questions: int,
    *,
    sure: int = 0,
    lang: str = "id",
    cosine: float = 0.5,
    rule: str = "confidence_reaches_threshold",
) -> None:
    """So many decisions of that moment, of which the first `sure` were answered."""
    outcome = services.responder.reply(Incoming("gajah"))
    kind = {"kind": "article", "title": "", "relevance": 1.0, "offered": False}
    candidate = {"key": str(PARCEL), "confidence": 0.9, "features": {"best_cosine": cosine}, **kind}
    shared = {
        "conversation_id": outcome.conversation.id,
        "question": "paket",
        "lang": lang,
        "channel": "web",
        "reason": None,
        "rule": rule,
        "article_lang": PARCEL.lang,
        "article_slug": PARCEL.slug,
        "threshold": 0.9,
        "candidates": [candidate],
        "text": "",
        "fingerprint": "f",
        "created_at": at,
    }
    rows = [
        {
            **shared,
            "public_id": new_id(at),
            "reply": "answer" if number < sure else "handoff",
            "confidence": 0.95 if number < sure else 0.4,
        }
        for number in range(questions)
    ]
    with database.write() as connection:
        connection.execute(decision.insert(), rows)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


def five_weeks(services: Services, database: Database, *, sure_now: int) -> None:
    """20 questions a day up to yesterday, 8 to 12 of them sure, and `sure_now` in the last week."""
    for ago in range(35, 0, -1):
        sure = 8 + ago % 5 if ago > 7 else sure_now
        day = noon(TODAY - timedelta(days=ago))
        decisions_of(services, database, day, 14, sure=min(sure, 14))
        decisions_of(services, database, day, 6, sure=max(sure - 14, 0), lang="en")


def test_a_day_is_read_in_the_firms_time_zone(services: Services, database: Database) -> None:
    midnight = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)  # of the 24th in Jakarta
    decisions_of(services, database, midnight - timedelta(seconds=1), 3, sure=1)
    decisions_of(services, database, midnight, 2, sure=2, lang="en", cosine=0.75)
    decisions_of(services, database, midnight, 5, rule="customer_chose")
    services.trends.look()
    before, yesterday = date(2026, 11, 23), date(2026, 11, 24)
    read = {reading.day: reading for reading in services.trends.list_readings(7)}
    assert set(read) == {yesterday, before}
    assert (read[before].questions, read[before].sure) == (3, 1)
    assert read[yesterday].languages == {"en": 2}
    assert read[yesterday].mean_distance == pytest.approx(0.2625)
    assert read[before].mean_distance == pytest.approx(0.5125)


def test_what_was_missed_is_caught_up_and_read_once(
    services: Services, database: Database, clock: StillClock
) -> None:
    decisions_of(services, database, noon(TODAY - timedelta(days=3)), 4)
    assert services.trends.is_due()
    services.trends.look()
    assert not services.trends.is_due()
    assert [reading.questions for reading in services.trends.list_readings(9)] == [4, 0, 0]
    decisions_of(services, database, noon(TODAY - timedelta(days=3)), 9)
    clock.move(days=2)
    assert services.trends.is_due()
    services.trends.look()
    assert [r.questions for r in services.trends.list_readings(9)] == [4, 0, 0, 0, 0]


def test_two_processes_on_one_night_make_one_reading_a_day(
    services: Services, database: Database, script: Script, clock: StillClock
) -> None:
    decisions_of(services, database, noon(TODAY - timedelta(days=1)), 4)
    other = build_services(database, some_settings(), script, clock)
    services.trends.look()
    assert not other.trends.is_due()
    other.trends.look()
    with database.read() as connection:
        assert len(connection.execute(drift_reading.select()).all()) == 1


def test_an_admin_is_told_of_a_change_and_closes_it(
    services: Services, database: Database, clock: StillClock, caplog: pytest.LogCaptureFixture
) -> None:
    five_weeks(services, database, sure_now=3)
    with caplog.at_level(logging.WARNING):
        (caution,) = services.trends.look()
    assert caplog.records[-1].getMessage() == "caution_raised"
    assert caution.key == Measure.SURE
    assert caution.since == TODAY
    assert caution.facts["before"] == pytest.approx(0.5, abs=0.02)
    assert caution.facts["now"] == pytest.approx(0.15, abs=0.001)
    assert not caution.facts["threshold_changed"]
    assert services.trends.look() == ()
    assert services.trends.list_cautions() == (caution,)
    closed = services.trends.dismiss(Measure.SURE, BOSS)
    assert closed is not None
    assert (closed.dismissed_by, closed.dismissed_on) == (BOSS, TODAY)
    assert services.trends.dismiss(Measure.SURE, BOSS) is None
    clock.move(days=1)
    assert services.trends.look() == ()
    assert services.trends.list_cautions() == ()


def test_weeks_like_each_other_raise_nothing(services: Services, database: Database) -> None:
    five_weeks(services, database, sure_now=10)
    assert services.trends.look() == ()


def test_a_change_of_the_threshold_is_named_as_a_reason(
    services: Services, database: Database
) -> None:
    five_weeks(services, database, sure_now=3)
    services.thresholds.change("web", "*", 0.97, BOSS)
    (caution,) = services.trends.look()
    assert caution.facts["threshold_changed"]


@pytest.fixture
def golden_set(services: Services) -> Iterator[int]:
    made = services.golden.create("Uji", BOSS)
    for number in range(4):
        services.golden.add(made.id, f"paket {number} dimana", [str(PARCEL)], staff=BOSS)
    yield made.id


def test_golden_sets_run_every_night_and_a_fall_is_told_until_it_is_mended(
    services: Services, script: Script, clock: StillClock, golden_set: int
) -> None:
    runs, trends = services.golden_runs, services.trends
    services.golden.create("Kosong", BOSS)
    assert trends.look() == ()
    assert trends.look() == ()
    assert [run.staff for run in runs.list_runs(golden_set)] == [NIGHTLY]
    good, script.finds = script.finds, {**script.finds, "paket": ((REFUND, 0.97),)}
    clock.move(days=1)
    (caution,) = trends.look()
    assert caution.key == f"golden:{golden_set}"
    assert caution.facts["name"] == "Uji"
    for _night in range(2):
        clock.move(days=1)
        assert trends.look() == ()
        assert [found.since for found in trends.list_cautions()] == [caution.since]
    script.finds = good
    clock.move(days=1)
    trends.look()
    assert trends.list_cautions() == ()


def test_a_caution_about_a_deleted_set_is_gone_at_once(
    services: Services, script: Script, clock: StillClock, golden_set: int
) -> None:
    services.trends.look()
    script.finds = {**script.finds, "paket": ((REFUND, 0.97),)}
    clock.move(days=1)
    assert services.trends.look()
    services.golden.delete(golden_set)
    assert services.trends.list_cautions() == ()


A = Caution("sure", TODAY, {"now": 0.3})


def test_a_caution_that_goes_on_keeps_its_first_day_and_one_that_has_passed_goes() -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert merged([A], [Caution("sure", tomorrow, {"now": 0.2})], tomorrow) == (
        Caution("sure", TODAY, {"now": 0.2}),
    )
    assert merged([A], [], tomorrow) == ()


def test_a_closed_caution_stays_quiet_for_four_weeks() -> None:
    closed = Caution("sure", TODAY, {}, BOSS, TODAY)
    assert merged([closed], [A], TODAY + QUIET - timedelta(days=1)) == (closed,)
    assert merged([closed], [], TODAY + QUIET - timedelta(days=1)) == (closed,)
    assert merged([closed], [A], TODAY + QUIET) == (A,)
    assert merged([closed], [], TODAY + QUIET) == ()


def test_another_fall_of_a_golden_set_is_news_whatever_was_closed() -> None:
    closed = Caution("golden:1", TODAY, {"run": 4}, BOSS, TODAY)
    fell = Caution("golden:1", TODAY + timedelta(days=3), {"run": 7})
    assert merged([closed], [fell], fell.since) == (fell,)


def test_the_clock_of_these_tests_shows_that_day() -> None:
    assert WORKING_HOUR.date() == TODAY
