"""Promises of admins: at most so many wrong in 100 automatic answers, per channel and language.

Whatever the evidence says now is compared with what was promised: a promise that no longer holds
is tightened at once, or falls back to the careful default; it is loosened once a night at most, and
when the confidence was refitted, for then every threshold means something else.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from kb.database import Database
from responder.calibrations import ITSELF
from responder.channels.formats import get_format
from responder.clock import Clock
from responder.errors import InvalidPromise
from responder.judged import Judged, Judgements, evidence
from responder.labels import Label
from responder.promise import Evidence, Promise, promise
from responder.review import Review, Scope
from responder.store import promises as store
from responder.thresholds import (
    ANY,
    DEFAULT_PRIVATE,
    DEFAULT_PUBLIC,
    PUBLIC,
    Threshold,
    Thresholds,
)

MOST_ALLOWED = 0.2
MOST_SHOWN = 50
NOTHING: Mapping[str, Any] = {"chosen": None, "reviewed": 0, "was_kept": False, "in_force": 0}


class Standing(StrEnum):
    """kept: a threshold was chosen by it. thin: the evidence does not reach yet; the careful
    default counts. broken: so does it, after the promise was kept for a while. overridden: somebody
    changed the threshold by hand since. withdrawn: over."""

    KEPT = "kept"
    THIN = "thin"
    BROKEN = "broken"
    OVERRIDDEN = "overridden"
    WITHDRAWN = "withdrawn"


BEEN_KEPT = (Standing.KEPT, Standing.BROKEN)


@dataclass(frozen=True, slots=True)
class MadePromise:
    """`allowed` is a share (0 to 1), None when withdrawn; `evidence` is what it stood on then.
    `reviewed` counts held-back reviews; `threshold` is the value it led to, `rule` the version of
    the threshold that has it (0: none of its own)."""

    version: int
    channel: str
    lang: str
    allowed: float | None
    threshold: float
    rule: int
    evidence: Evidence | None
    reviewed: int
    standing: Standing
    staff: str
    created_at: datetime

    @property
    def scope(self) -> Scope:
        return Scope(self.channel, self.lang)

    @property
    def is_automatic(self) -> bool:
        """Made by the regular check and nobody of the staff."""
        return self.staff == ITSELF


@dataclass(frozen=True, slots=True)
class Assessment:
    """What could be promised now. `judged` are the reviews it stands on; `more_reviews` is how
    many more it takes at the least, every second being held back; `in_force` is the threshold now
    and `careful` the one without a promise; `answered_share` is of all questions that want an
    answer, at the chosen threshold."""

    scope: Scope
    outcome: Promise
    judged: tuple[Judged, ...]
    in_force: float
    careful: float
    more_reviews: int
    drawable_share: float

    @property
    def value(self) -> float:
        return self.outcome.chosen.threshold if self.outcome.chosen else self.careful

    @property
    def answered_share(self) -> float | None:
        chosen = self.outcome.chosen
        return chosen.answered_share * self.drawable_share if chosen else None


@dataclass(frozen=True, slots=True)
class PromiseTools:
    database: Database
    thresholds: Thresholds
    judgements: Judgements
    review: Review
    clock: Clock


Also = Callable[[sa.Connection, MadePromise, MadePromise | None], None]


class Promises:
    def __init__(self, tools: PromiseTools) -> None:
        self._tools = tools
        self._database = tools.database

    def list_promises(self) -> tuple[MadePromise, ...]:
        """Those in force or waiting for evidence, by channel and language."""
        return tuple(p for p in self._newest() if p.standing is not Standing.WITHDRAWN)

    def history(self) -> tuple[MadePromise, ...]:
        """Newest first."""
        with self._database.read() as connection:
            rows = store.list_all(connection, MOST_SHOWN)
        return tuple(_made(row) for row in rows)

    def assess(self, scope: Scope, allowed: float) -> Assessment:
        """Raises InvalidPromise, and UnknownChannel."""
        if not 0 < allowed <= MOST_ALLOWED:
            raise InvalidPromise(allowed, MOST_ALLOWED)
        thresholds = self._tools.thresholds
        rules = thresholds.imagined(scope.channel, scope.lang, DEFAULT_PUBLIC)
        is_public = _is_public(scope.channel)
        in_force = thresholds.rules().value(scope.channel, scope.lang, is_public)

        def counts(label: Label) -> bool:
            rule = rules.value(label.channel, label.lang, label.public)
            return (rule.channel, rule.lang) == (scope.channel, scope.lang)

        judged = evidence(self._tools.judgements.list_judged(), counts)
        outcome = promise([j.labelled for j in judged], allowed)
        return Assessment(
            scope=scope,
            outcome=outcome,
            judged=judged,
            in_force=in_force.value,
            careful=max(DEFAULT_PUBLIC if is_public else DEFAULT_PRIVATE, in_force.value),
            more_reviews=2 * outcome.missing,
            drawable_share=self._tools.review.progress(scope).drawable_share,
        )

    def make(
        self, scope: Scope, allowed: float, staff: str, also: Also | None = None
    ) -> MadePromise:
        """The threshold it leads to is in force within seconds."""
        return self._keep(self.assess(scope, allowed), staff, also)

    def withdraw(self, scope: Scope, staff: str, also: Also | None = None) -> MadePromise | None:
        """The threshold stays as it is. None: nothing was promised there."""
        before = self._find(scope)
        if before is None:
            return None
        values = {"allowed": None, "evidence": {**NOTHING, "value": before.threshold}}
        with self._database.write() as connection:
            return self._insert(connection, scope, {**values, "staff": staff}, before, also)

    def recheck(self, *, may_loosen: bool, also: Also | None = None) -> tuple[MadePromise, ...]:
        """What became different. Each look at growing evidence is a chance to be wrong, so only
        some looks may make anything less careful."""
        changed = []
        for made in self.list_promises():
            if made.allowed is None or made.standing is Standing.OVERRIDDEN:
                continue
            now = self.assess(made.scope, made.allowed)
            if _is_due(made, now, may_loosen):
                changed.append(self._keep(now, ITSELF, also))
        return tuple(changed)

    def _keep(self, found: Assessment, staff: str, also: Also | None) -> MadePromise:
        scope, chosen = found.scope, found.outcome.chosen
        thresholds = self._tools.thresholds
        before = self._find(scope)
        with self._database.write() as connection:
            rule = thresholds.find_exact(connection, scope.channel, scope.lang)
            is_pinned = rule is not None and rule.value == found.value
            if not is_pinned and (chosen is not None or found.in_force != found.value):
                wanted = Threshold(found.value, 0, scope.channel, scope.lang, staff)
                rule = thresholds.change_in(connection, wanted)
            stood_on = {
                "chosen": asdict(chosen) if chosen else None,
                "reviewed": len(found.judged),
                "value": found.value,
                "was_kept": before is not None and before.standing in BEEN_KEPT,
                "in_force": rule.version if rule else 0,
            }
            values = {
                "allowed": found.outcome.allowed,
                "evidence": stood_on,
                "threshold_version": rule.version if rule and chosen else None,
                "staff": staff,
            }
            made = self._insert(connection, scope, values, before, also)
        thresholds.forget()
        return made

    def _insert(
        self,
        connection: sa.Connection,
        scope: Scope,
        values: Mapping[str, Any],
        before: MadePromise | None,
        also: Also | None,
    ) -> MadePromise:
        place = {"channel": scope.channel, "lang": scope.lang}
        row = store.insert(connection, {**place, **values, "created_at": self._tools.clock()})
        made = _made(row)
        if also is not None:
            also(connection, made, before)
        return made

    def _find(self, scope: Scope) -> MadePromise | None:
        return next((made for made in self.list_promises() if made.scope == scope), None)

    def _newest(self) -> tuple[MadePromise, ...]:
        with self._database.read() as connection:
            return tuple(
                self._as_it_stands(connection, _made(row)) for row in store.list_newest(connection)
            )

    def _as_it_stands(self, connection: sa.Connection, made: MadePromise) -> MadePromise:
        rule = self._tools.thresholds.find_exact(connection, made.channel, made.lang)
        is_same = (rule.version if rule else 0) == made.rule
        if is_same or made.standing is Standing.WITHDRAWN:
            return made
        return replace(made, standing=Standing.OVERRIDDEN)


def _is_due(made: MadePromise, now: Assessment, may_loosen: bool) -> bool:
    is_kept = now.outcome.chosen is not None
    if is_kept != (made.standing is Standing.KEPT):
        return may_loosen or not is_kept
    return now.value > now.in_force or (may_loosen and now.value != now.in_force)


def _is_public(channel: str) -> bool:
    return channel == PUBLIC or (channel != ANY and get_format(channel).is_public)


def _made(row: sa.RowMapping) -> MadePromise:
    """As it was when it was made."""
    stood_on = row["evidence"]
    chosen = Evidence(**stood_on["chosen"]) if stood_on["chosen"] else None
    unkept = Standing.BROKEN if stood_on["was_kept"] else Standing.THIN
    standing = Standing.KEPT if chosen else unkept
    return MadePromise(
        version=row["version"],
        channel=row["channel"],
        lang=row["lang"],
        allowed=row["allowed"],
        threshold=stood_on["value"],
        rule=stood_on["in_force"],
        evidence=chosen,
        reviewed=stood_on["reviewed"],
        standing=Standing.WITHDRAWN if row["allowed"] is None else standing,
        staff=row["staff"],
        created_at=row["created_at"],
    )
