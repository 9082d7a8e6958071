"""The worker's part of promises: confidence refitted, promises held against what is known now."""

from collections.abc import Callable
from datetime import date, timedelta

from responder.calibrations import ITSELF
from responder.judged import State
from web.admin.promise_audit import note_calibration, note_promise
from web.services import WebServices

CHECK_SECONDS = 15.0
NIGHT_BEGINS = timedelta(hours=2)


def keep_promises(web: WebServices) -> Callable[[], None]:
    """Looks whenever labels, articles or the confidence changed, and once a night at the least."""
    services, audit = web.responder, web.accounts.audit
    seen: State | None = None
    last_night = _night(web)

    def act() -> None:
        nonlocal seen, last_night
        night, state = _night(web), services.judgements.state()
        is_nightly = night != last_night
        if state == seen and not is_nightly:
            return
        noted = note_calibration(audit, ITSELF, "calibration.refit")
        refit = services.calibrations.refit_if_due(nightly=is_nightly, also=noted)
        may_loosen = is_nightly or refit is not None
        services.promises.recheck(may_loosen=may_loosen, also=note_promise(audit, ITSELF))
        seen, last_night = state, night

    return act


def _night(web: WebServices) -> date:
    """Another one from two in the morning, where the firm is."""
    zone = web.responder.firm.get().hours.zone
    return (web.responder.clock().astimezone(zone) - NIGHT_BEGINS).date()
