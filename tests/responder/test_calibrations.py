"""When a refit takes effect: by itself, after being asked, and after new statistics."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from responder.bootstrap import Services
from responder.calibrations import LEAST_HELD_BACK, LEAST_LABELS, StoredCalibrations
from responder.labels import is_held_back
from responder.models import Verdict
from tests.conftest import StillClock
from tests.responder.builders import BUDI, LABEL_FREE, Script
from tests.responder.reviewing import FINDS, asked, review


@pytest.fixture
def script() -> Script:
    return Script(FINDS)


def label(
    services: Services, count: int, verdict: Callable[[str], Verdict] = lambda _: Verdict.RIGHT
) -> None:
    """So many that are fitted to, and enough held back to compare on."""
    held_back = LEAST_HELD_BACK
    while count > 0 or held_back > 0:
        decision = asked(services)
        if is_held_back(decision):
            held_back -= 1
        elif count <= 0:
            continue
        else:
            count -= 1
        services.review.record(decision, verdict(decision), BUDI)


def versions(services: Services) -> int:
    return len(services.calibrations.list_newest())


def test_a_refit_waits_for_enough_labels(sqlite_services: Services) -> None:
    services = sqlite_services
    label(services, LEAST_LABELS - 1)
    assert services.calibrations.refit_if_due(nightly=True) is None
    label(services, 1)
    made = services.calibrations.refit_if_due(nightly=False)
    assert made is not None
    assert (made.labels, made.staff) == (LEAST_LABELS, "automatic")
    assert made.calibration.corrected


def test_by_day_it_takes_many_new_labels_and_at_night_one(sqlite_services: Services) -> None:
    services = sqlite_services
    label(services, LEAST_LABELS)
    services.calibrations.refit_if_due(nightly=False)
    label(services, 1)
    assert services.calibrations.refit_if_due(nightly=False) is None
    assert services.calibrations.refit_if_due(nightly=True) is not None
    assert services.calibrations.refit_if_due(nightly=True) is None


def test_a_refit_that_is_worse_on_what_it_has_not_seen_is_left(
    sqlite_services: Services,
) -> None:
    services = sqlite_services
    label(
        services,
        LEAST_LABELS,
        lambda decision: Verdict.WRONG if is_held_back(decision) else Verdict.RIGHT,
    )
    proposal = services.calibrations.propose()
    assert proposal.loss_before is not None
    assert proposal.loss_after is not None
    assert proposal.loss_after > proposal.loss_before
    assert services.calibrations.refit_if_due(nightly=True) is None


def test_whoever_wants_to_be_asked_is_asked(services: Services) -> None:
    services.calibrations.set_automatic(False)
    label(services, LEAST_LABELS)
    assert services.calibrations.refit_if_due(nightly=True) is None
    services.calibrations.accept(BUDI.email)
    (stored,) = services.calibrations.list_newest()
    assert stored.staff == BUDI.email


def test_after_new_statistics_what_was_accepted_is_fitted_to_them_with_the_same_labels(
    sqlite_services: Services, script: Script, clock: StillClock
) -> None:
    services = sqlite_services
    services.calibrations.set_automatic(False)
    label(services, LEAST_LABELS)
    accepted = services.calibrations.accept(BUDI.email)
    clock.move(hours=1)
    label(services, 10)
    assert services.calibrations.refit_if_due(nightly=True) is None
    script.fitted = replace(LABEL_FREE, fingerprint="new statistics")
    carried = services.calibrations.refit_if_due(nightly=False)
    assert carried is not None
    assert carried.calibration.fingerprint == "new statistics"
    assert (carried.labels, carried.until) == (accepted.labels, accepted.until)
    assert services.calibrations.refit_if_due(nightly=False) is None


def test_taken_back_it_stays_away(services: Services) -> None:
    label(services, LEAST_LABELS)
    services.calibrations.refit_if_due(nightly=False)
    services.calibrations.withdraw(BUDI.email)
    assert services.calibrations.refit_if_due(nightly=True) is None
    newest = services.calibrations.list_newest()[0]
    assert (newest.labels, newest.calibration) == (0, LABEL_FREE)
    assert versions(services) == 2


def test_the_newest_is_what_processes_read(services: Services) -> None:
    stored = StoredCalibrations(services.promises._database)
    assert stored.find_newest() is None
    review(services, 3)
    accepted = services.calibrations.accept(BUDI.email)
    assert stored.find_newest() == accepted.calibration
