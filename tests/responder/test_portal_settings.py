"""What admins set in the portal: seen by every process within a second."""

import time
from dataclasses import replace
from datetime import date, timedelta
from datetime import time as day_time
from threading import Thread

import pytest

from kb.database import Database
from responder.bootstrap import Services, build_services
from responder.errors import InvalidProfile, InvalidThreshold, InvalidWording, UnknownWording
from responder.hours import Interval, WorkingHours
from responder.models import Posture, Priority
from responder.wording import placeholders, read_wording
from tests.conftest import StillClock
from tests.responder.builders import Script, some_settings


@pytest.fixture
def other_process(database: Database, script: Script, clock: StillClock) -> Services:
    """The same site served by another process: it shares nothing but the database."""
    return build_services(database, some_settings(), script, clock)


def test_public_channels_need_more_by_default(services: Services) -> None:
    assert services.thresholds.value("web", "id").value == 0.90
    assert services.thresholds.value("x", "id", public=True).value == 0.95


def test_the_most_special_threshold_counts(services: Services) -> None:
    change = services.thresholds.change
    change("*", "*", 0.8, "admin")
    change("web", "*", 0.85, "admin")
    change("web", "en", 0.99, "admin")
    value = services.thresholds.value
    assert value("api", "id").value == 0.8
    assert value("web", "id").value == 0.85
    assert value("web", "en").value == 0.99
    assert value("x", "id", public=True).value == 0.95


def test_every_change_is_a_version_and_the_latest_counts(services: Services) -> None:
    first = services.thresholds.change("web", "*", 0.8, "admin")
    second = services.thresholds.change("web", "*", 0.7, "budi")
    assert second.version > first.version
    assert services.thresholds.value("web", "id") == second
    assert [t.value for t in services.thresholds.history()] == [0.7, 0.8]
    listed = {(t.channel, t.lang): t.value for t in services.thresholds.list_thresholds()}
    assert listed == {("*", "*"): 0.9, ("public", "*"): 0.95, ("web", "*"): 0.7}


@pytest.mark.parametrize("value", [0.49, 1.01, -1.0, float("nan"), float("inf")])
def test_impossible_thresholds_are_refused(services: Services, value: float) -> None:
    with pytest.raises(InvalidThreshold, match=r"from 0\.5 to 1\.0"):
        services.thresholds.change("web", "*", value, "admin")


def test_another_process_sees_a_change_within_a_second(
    services: Services, other_process: Services
) -> None:
    assert other_process.thresholds.value("web", "id").value == 0.9
    assert other_process.firm.get().name == "Jawab"
    old = other_process.wording.text("id", "disclosure")
    services.thresholds.change("web", "*", 0.7, "admin")
    services.firm.save(replace(services.firm.get(), name="Toko Lentera"), "admin")
    services.wording.change("id", "disclosure", "Dijawab otomatis.")
    time.sleep(1)
    assert other_process.thresholds.value("web", "id").value == 0.7
    assert other_process.firm.get().name == "Toko Lentera"
    assert other_process.wording.text("id", "disclosure") == "Dijawab otomatis." != old


def test_a_profile_comes_back_as_it_was_saved(services: Services) -> None:
    hours = WorkingHours(
        time_zone="Asia/Makassar",
        weekly=((Interval(day_time(8, 30), day_time(12)),),) * 6 + ((),),
        holidays_country="",
        days_off=frozenset({date(2026, 12, 24)}),
    )
    profile = replace(
        services.firm.get(),
        name="Toko Lentera",
        colour="#aa0000",
        hours=hours,
        contact_text={"id": "Jl. Merdeka 1"},
        onboarded=True,
        order_patterns=("TL-######",),
        postures={"x": Posture.DRAFT, "*": Posture.AUTO},
        reply_minutes={Priority.HIGH: 10, Priority.NORMAL: 20, Priority.LOW: 30},
    )
    services.firm.save(profile, "admin")
    assert services.firm.get() == profile
    assert services.firm.get().posture("x") is Posture.DRAFT
    assert services.firm.get().posture("web") is Posture.AUTO


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("default_lang", "fr"),
        ("colour", "red; background: url(x)"),
        ("order_patterns", ("##",)),
        ("reply_minutes", {Priority.HIGH: 0}),
    ],
)
def test_a_profile_that_cannot_work_is_refused(
    services: Services, field: str, value: object
) -> None:
    profile = replace(services.firm.get(), **{field: value})  # type: ignore[arg-type]
    with pytest.raises(InvalidProfile) as caught:
        services.firm.save(profile, "admin")
    assert caught.value.field == field


def test_wording_can_be_changed_and_brought_back(services: Services) -> None:
    shipped = services.wording.text("id", "smalltalk_greeting")
    services.wording.change("id", "smalltalk_greeting", "Hai!")
    assert services.wording.text("id", "smalltalk_greeting") == "Hai!"
    entry = next(e for e in services.wording.list_texts("id") if e.key == "smalltalk_greeting")
    assert (entry.changed, entry.default) == (True, shipped)
    services.wording.change("id", "smalltalk_greeting", None)
    assert services.wording.text("id", "smalltalk_greeting") == shipped


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("disclosure", ""),
        ("disclosure", "x" * 2001),
        ("disclosure", "Halo {nama}"),
        ("handoff", "Halo {opening.__class__}"),
        ("handoff", "Halo {opening:>999999999}"),
        ("handoff", "Halo {opening"),
        ("handoff", "Halo {}"),
        ("email_reply", "{text} tanpa tautan"),
    ],
)
def test_wording_that_would_break_is_refused(services: Services, key: str, text: str) -> None:
    with pytest.raises(InvalidWording):
        services.wording.change("id", key, text)


def test_an_unknown_text_is_said_to_be_missing(services: Services) -> None:
    with pytest.raises(UnknownWording):
        services.wording.change("id", "no_such_text", "Halo")


def test_a_language_without_own_words_speaks_english(services: Services) -> None:
    assert services.wording.text("fr", "smalltalk_greeting").startswith("Hello")


def test_both_languages_say_the_same_things_with_the_same_placeholders() -> None:
    texts = read_wording(some_settings().wording_folders)
    keys = {lang: {key for its, key in texts if its == lang} for lang in ("id", "en")}
    assert keys["id"] == keys["en"]
    for key in keys["id"]:
        assert placeholders(key, texts["id", key]) == placeholders(key, texts["en", key])


def test_the_bot_says_we(services: Services) -> None:
    for entry in services.wording.list_texts("en"):
        assert not {"i", "my", "me", "i'm"} & set(entry.default.lower().split())


def test_quotas_count_over_all_processes(services: Services, other_process: Services) -> None:
    minute = timedelta(minutes=1)
    allowed = [
        each.quotas.allow_all({"ask:10.0.0.1": 3}, minute) for each in (services, other_process) * 2
    ]
    assert allowed == [True, True, True, False]
    assert services.quotas.allow_all({"ask:10.0.0.2": 3}, minute)


def test_a_new_window_counts_afresh_and_old_ones_are_forgotten(
    services: Services, clock: StillClock
) -> None:
    minute = timedelta(minutes=1)
    assert services.quotas.allow_all({"k": 1}, minute)
    assert not services.quotas.allow_all({"k": 1}, minute)
    clock.move(seconds=60)
    assert services.quotas.allow_all({"k": 1}, minute)
    clock.move(days=3)
    assert services.quotas.forget_old() == 2


def test_quotas_hold_under_many_hands(services: Services) -> None:
    allowed: list[bool] = []

    def knock() -> None:
        allowed.extend(services.quotas.allow_all({"k": 10}, timedelta(hours=1)) for _ in range(5))

    hands = [Thread(target=knock) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert allowed.count(True) == 10
