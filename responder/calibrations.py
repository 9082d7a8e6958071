"""Which confidence is in force: the label-free one, or one refitted with labels."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
import sqlalchemy as sa

from kb.database import Database
from responder.cache import Cached
from responder.clock import Clock
from responder.confidence import Calibration
from responder.evaluation.metrics import Scored, excess_calibration_error
from responder.judged import Judgements, observations
from responder.models import ReplyKind
from responder.refit import refitted
from responder.store import calibrations as store
from responder.store import firm as settings
from responder.thresholds import Rules

SETTINGS_KEY = "calibration"
LEAST_LABELS = 40
# so many new ones refit between the nights
NEW_LABELS = 25
# nothing takes effect by itself that was not tried on so many held-back reviews
LEAST_HELD_BACK = 20
MOST_SHOWN = 20
ITSELF = "automatic"


@dataclass(frozen=True, slots=True)
class StoredCalibration:
    """`labels` is how many it was fitted to, all given by `until`; none: the label-free one."""

    version: int
    calibration: Calibration
    labels: int
    until: datetime
    staff: str
    created_at: datetime


Also = Callable[[sa.Connection, StoredCalibration], None]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One held-back answer with the confidence that two calibrations give it (0 to 1)."""

    before: float
    after: float
    is_right: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """What a refit would do at the thresholds in force, counted over held-back reviews."""

    reviewed: int
    answered_before: int
    wrong_before: int
    answered_after: int
    wrong_after: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a refit would change. `reviewed` are random reviews that nothing was fitted to; log
    loss is the mean over them, None without any."""

    present: Calibration
    refitted: Calibration
    labels: int
    until: datetime
    reviewed: tuple[Reviewed, ...]
    loss_before: float | None
    loss_after: float | None

    @property
    def is_enough(self) -> bool:
        return self.labels >= LEAST_LABELS

    @property
    def is_tested(self) -> bool:
        return len(self.reviewed) >= LEAST_HELD_BACK

    @property
    def is_worse(self) -> bool:
        """On what it has not seen."""
        if self.loss_before is None or self.loss_after is None:
            return False
        return self.loss_after > self.loss_before

    @property
    def error_before(self) -> float:
        """How far the confidence in force is off on average, beyond chance (0 to 1)."""
        return excess_calibration_error([_scored(r.before, r) for r in self.reviewed])

    @property
    def error_after(self) -> float:
        return excess_calibration_error([_scored(r.after, r) for r in self.reviewed])


class StoredCalibrations:
    """Read by every process that answers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find_newest(self) -> Calibration | None:
        found = self.list_newest(1)
        return found[0].calibration if found else None

    def list_newest(self, limit: int = MOST_SHOWN) -> tuple[StoredCalibration, ...]:
        with self._database.read() as connection:
            return tuple(_stored(row) for row in store.list_newest(connection, limit))


class Calibrations:
    def __init__(self, database: Database, judgements: Judgements, clock: Clock) -> None:
        self._database = database
        self._judgements = judgements
        self._clock = clock
        self._stored = StoredCalibrations(database)
        self._automatic = Cached(self._load_automatic)

    def list_newest(self) -> tuple[StoredCalibration, ...]:
        return self._stored.list_newest()

    @property
    def is_automatic(self) -> bool:
        """Whether a refit that is not worse takes effect without being asked."""
        return self._automatic.get()

    def set_automatic(self, automatic: bool) -> None:
        with self._database.write() as connection:
            settings.put(connection, SETTINGS_KEY, {"automatic": automatic}, self._clock())
        self._automatic.forget()

    def propose(self, until: datetime | None = None) -> Proposal:
        """A refit with the labels given so far, or until then, beside what is in force."""
        judged = self._judgements.list_judged()
        seen = observations(judged, until)
        present = self._judgements.calibration()
        new = refitted(self._judgements.label_free(), seen)
        reviewed = tuple(
            Reviewed(j.confidence, new.confidence_at_log_odds(j.log_odds), bool(j.is_right))
            for j in judged
            if j.is_evidence and j.article
        )
        return Proposal(
            present=present,
            refitted=new,
            labels=len(seen),
            until=until or self._clock(),
            reviewed=reviewed,
            loss_before=_log_loss([r.before for r in reviewed], reviewed),
            loss_after=_log_loss([r.after for r in reviewed], reviewed),
        )

    def effect(self, proposal: Proposal, rules: Rules) -> Effect:
        held_back = [j for j in self._judgements.list_judged() if j.is_evidence and j.article]
        before, after = [], []
        for judged in held_back:
            label = judged.label
            threshold = rules.value(label.channel, label.lang, label.public).value + judged.margin
            new = proposal.refitted.confidence_at_log_odds(judged.log_odds)
            if judged.is_answerable and judged.confidence >= threshold:
                before.append(judged)
            if judged.is_answerable and new >= threshold:
                after.append(judged)
        return Effect(
            reviewed=len(held_back),
            answered_before=len(before),
            wrong_before=sum(not j.is_right for j in before),
            answered_after=len(after),
            wrong_after=sum(not j.is_right for j in after),
        )

    def accept(self, staff: str, also: Also | None = None) -> StoredCalibration:
        """The refit is in force, in every process within seconds."""
        proposal = self.propose()
        return self._store(proposal, staff, also)

    def withdraw(self, staff: str, also: Also | None = None) -> StoredCalibration:
        """Back to the label-free confidence, and it stays so until somebody accepts a refit."""
        self.set_automatic(False)
        nothing = replace(self.propose(), refitted=self._judgements.label_free(), labels=0)
        return self._store(nothing, staff, also)

    def refit_if_due(self, *, nightly: bool, also: Also | None = None) -> StoredCalibration | None:
        """After new statistics, what was in force is fitted to them; by itself, new labels count
        when there are enough of them, and every night."""
        newest = next(iter(self._stored.list_newest(1)), None)
        was_refitted = newest is not None and bool(newest.calibration.corrected)
        if newest is not None and was_refitted and self._is_outdated(newest):
            until = None if self.is_automatic else newest.until
            return self._store(self.propose(until), ITSELF, also)
        if not self.is_automatic:
            return None
        proposal = self.propose()
        added = proposal.labels - (newest.labels if newest else 0)
        is_due = added >= NEW_LABELS or (nightly and added != 0)
        is_fit = proposal.is_enough and proposal.is_tested and not proposal.is_worse
        if not (is_due and is_fit):
            return None
        return self._store(proposal, ITSELF, also)

    def _is_outdated(self, stored: StoredCalibration) -> bool:
        return stored.calibration.fingerprint != self._judgements.label_free().fingerprint

    def _store(self, proposal: Proposal, staff: str, also: Also | None) -> StoredCalibration:
        calibration = proposal.refitted
        values = {
            "parameters": {**calibration.to_json(), "until": proposal.until.isoformat()},
            "labels": proposal.labels,
            "fingerprint": calibration.fingerprint,
            "staff": staff,
            "created_at": self._clock(),
        }
        with self._database.write() as connection:
            stored = _stored(store.insert(connection, values))
            if also is not None:
                also(connection, stored)
        self._judgements.forget_calibration()
        return stored

    def _load_automatic(self) -> bool:
        with self._database.read() as connection:
            entry = settings.find(connection, SETTINGS_KEY)
        return bool(entry["automatic"]) if entry else True


def _scored(confidence: float, answer: Reviewed) -> Scored:
    is_right = answer.is_right
    return Scored(is_right, is_right, is_right, ReplyKind.ANSWER, confidence)


def _log_loss(confidences: Sequence[float], reviewed: Sequence[Reviewed]) -> float | None:
    if not reviewed:
        return None
    said = np.clip(np.array(confidences), 0.001, 0.999)
    is_right = np.array([answer.is_right for answer in reviewed])
    return float(-np.log(np.where(is_right, said, 1 - said)).mean())


def _stored(row: sa.RowMapping) -> StoredCalibration:
    parameters: dict[str, Any] = row["parameters"]
    return StoredCalibration(
        version=row["version"],
        calibration=Calibration.from_json(parameters),
        labels=row["labels"],
        until=datetime.fromisoformat(parameters["until"]),
        staff=row["staff"],
        created_at=row["created_at"],
    )
