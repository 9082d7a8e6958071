"""What comes in and what goes out through tables: nothing lost, nothing said twice."""

import logging
import random
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event
from typing import Any, assert_never
from urllib.parse import urlsplit

import sqlalchemy as sa

from kb.database import Database
from kb.errors import DatabaseUnavailable, KbError
from responder.clock import Clock
from responder.delivery import Channel, Delivery, Outbound, Postponed, Refused, Sent, Uncertain
from responder.errors import ResponderError
from responder.exchange import Incoming, Outcome
from responder.handover import Handover
from responder.service import Responder
from responder.store import conversations, inbound, outbound
from responder.wording import Wording

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
FIRST_WAIT_SECONDS = 5.0
LONGEST_WAIT_SECONDS = 900.0
JITTER = 0.2
GIVE_UP_AFTER = timedelta(hours=24)
MOST_INBOUND_TRIES = 5
BATCH = 100

Find = Callable[[sa.Connection, datetime], sa.RowMapping | None]
Claim = Callable[[sa.Connection, int, str, datetime], None]


class LostClaim(ResponderError):
    """Our lease ran out and somebody else works on the row: undo what we did."""


@dataclass(frozen=True, slots=True)
class PipelineTools:
    database: Database
    channels: Mapping[str, Channel]
    responder: Responder
    handover: Handover
    wording: Wording
    site_url: str
    clock: Clock
    chance: Callable[[], float] = random.random


class Worker:
    def __init__(self, tools: PipelineTools) -> None:
        self.tools = tools
        self._database = tools.database
        self._host = urlsplit(tools.site_url).hostname or "localhost"

    def receive(self, channel: str, external_id: str, raw: Mapping[str, Any]) -> bool:
        """Keep an incoming message, once; only after this may the platform be thanked.

        `raw` has `text`, and may have `sender`, `lang`, `conversation`, `public`. False: a
        duplicate.
        """
        now = self.tools.clock()
        values: dict[str, Any] = {"channel": channel, "external_id": external_id}
        values |= {"raw": dict(raw), "state": "received", "attempts": 0}
        values |= {"not_before": now, "received_at": now}
        with self._database.write() as connection:
            return inbound.insert_once(connection, values)

    def run(self, stop: Event, idle_seconds: float = 0.5) -> None:
        """Work until told to stop; a database that is away is waited for."""
        while not stop.is_set():
            try:
                handled = self.run_once()
            except DatabaseUnavailable:
                log.warning("worker_database_unavailable")
                handled = 0
            if handled == 0:
                stop.wait(idle_seconds)

    def run_once(self) -> int:
        """Handle what is due, at most a batch; returns how many rows it was."""
        handled = 0
        steps = (self._settle_lost, self._answer_next, self._send_next)
        for _ in range(BATCH):
            done = sum(step() for step in steps)
            handled += done
            if not done:
                break
        return handled

    def _claim(
        self, connection: sa.Connection, find: Find, claim: Claim
    ) -> tuple[sa.RowMapping, str] | None:
        """The row found, which is ours until the lease runs out, and the token that says so."""
        now = self.tools.clock()
        row = find(connection, now)
        if row is None:
            return None
        token = secrets.token_hex(16)
        claim(connection, row["id"], token, now + LEASE)
        return row, token

    def _answer_next(self) -> bool:
        with self._database.write() as connection:
            claimed = self._claim(connection, inbound.find_due, inbound.claim)
        if claimed is None:
            return False
        row, token = claimed
        if row["attempts"] >= MOST_INBOUND_TRIES:
            self._put_aside(row, token, row["last_error"] or "it stopped the worker each time")
            return True
        try:
            self._answer(row, token)
        except LostClaim:
            log.warning("inbound_claim_lost", extra={"channel": row["channel"]})
        except (ResponderError, ValueError, TypeError, KeyError) as error:
            self._put_aside(row, token, f"{type(error).__name__}: {error}")
        except KbError as error:
            self._try_later(row, token, str(error))
        return True

    def _answer(self, row: sa.RowMapping, token: str) -> None:
        raw = row["raw"]
        incoming = Incoming(
            text=raw["text"],
            channel=row["channel"],
            lang=raw.get("lang"),
            conversation=raw.get("conversation"),
            public=bool(raw.get("public", False)),
            external_id=raw.get("sender"),
        )

        def done(connection: sa.Connection, _: Outcome) -> None:
            if not inbound.change_claimed(connection, row["id"], token, state="done"):
                raise LostClaim

        self.tools.responder.reply(incoming, done)

    def _put_aside(self, row: sa.RowMapping, token: str, error: str) -> None:
        log.error("inbound_poison", extra={"channel": row["channel"], "attempts": row["attempts"]})
        with self._database.write() as connection:
            inbound.change_claimed(
                connection, row["id"], token, state="poison", last_error=error[:500]
            )

    def _try_later(self, row: sa.RowMapping, token: str, error: str) -> None:
        later = self.tools.clock() + self._wait(row["attempts"])
        values = {"not_before": later, "claim": None, "lease_until": None}
        with self._database.write() as connection:
            inbound.change_claimed(connection, row["id"], token, last_error=error[:500], **values)

    def _send_next(self) -> bool:
        with self._database.write() as connection:
            claimed = self._claim(connection, outbound.find_due, outbound.claim)
            if claimed is None:
                return False
            row, token = claimed
            references = outbound.list_sent_ids(connection, row["conversation_id"], row["channel"])
        delivery = self._deliver(row, token, references)
        if delivery is not None:
            self._settle(row, token, delivery)
        return True

    def _deliver(
        self, row: sa.RowMapping, token: str, references: tuple[str, ...]
    ) -> Delivery | None:
        """From `sending` on, dying means not knowing; None if the claim was lost before that."""
        channel = self.tools.channels.get(row["channel"])
        if channel is None:
            return Postponed(f"the channel {row['channel']} is not set up on this site")
        with self._database.write() as connection:
            if not outbound.change_claimed(
                connection,
                row["id"],
                token,
                state="sending",
                attempts=row["attempts"] + 1,
                lease_until=self.tools.clock() + LEASE,
            ):
                return None
        message = self._message(row, references)
        try:
            return channel.send(message)
        except Exception as error:
            log.exception("channel_failed", extra={"channel": row["channel"]})
            return Uncertain(f"{type(error).__name__}: {error}")

    def _message(self, row: sa.RowMapping, references: tuple[str, ...]) -> Outbound:
        created = int(row["created_at"].timestamp())
        return Outbound(
            id=row["id"],
            channel=row["channel"],
            recipient=row["recipient"],
            subject=row["subject"],
            text=row["text"],
            message_id=f"<jawab.{row['id']}.{created}@{self._host}>",
            references=references,
            attempts=row["attempts"] + 1,
        )

    def _settle(self, row: sa.RowMapping, token: str, delivery: Delivery) -> None:
        now = self.tools.clock()
        log.info(
            "outbound_settled",
            extra={"channel": row["channel"], "outcome": type(delivery).__name__.lower()},
        )
        with self._database.write() as connection:
            if not outbound.change_claimed(
                connection, row["id"], token, **self._changes(row, delivery, now)
            ):
                return
            match delivery:
                case Uncertain(error):
                    self._tell_people(connection, row, "note_send_uncertain", error)
                case Refused(error):
                    self._tell_people(connection, row, "note_send_failed", error)
                case Postponed(error) if _is_too_old(row, now):
                    self._tell_people(connection, row, "note_send_failed", error)

    def _changes(self, row: sa.RowMapping, delivery: Delivery, now: datetime) -> dict[str, Any]:
        match delivery:
            case Sent(platform_id):
                return {"state": "sent", "platform_id": platform_id, "sent_at": now}
            case Refused(error):
                return {"state": "failed", "last_error": error}
            case Uncertain(error):
                return {"state": "uncertain", "last_error": error}
            case Postponed(error, after_seconds):
                wait = max(self._wait(row["attempts"]), timedelta(seconds=after_seconds))
                return {
                    "state": "failed" if _is_too_old(row, now) else "queued",
                    "attempts": row["attempts"] + 1,
                    "last_error": error,
                    "not_before": now + wait,
                    "claim": None,
                    "lease_until": None,
                }
            case _:
                assert_never(delivery)

    def _settle_lost(self) -> bool:
        """A sender died in the middle: nobody knows whether the message left."""
        with self._database.write() as connection:
            claimed = self._claim(connection, outbound.find_lost, outbound.claim)
            if claimed is None:
                return False
            row, token = claimed
            error = "the sender stopped while sending"
            values = {"state": "uncertain", "last_error": error}
            outbound.change_claimed(connection, row["id"], token, **values)
            self._tell_people(connection, row, "note_send_uncertain", error)
        return True

    def _tell_people(
        self, connection: sa.Connection, row: sa.RowMapping, key: str, error: str
    ) -> None:
        conversation = conversations.lock(connection, row["conversation_id"])
        lang = conversation.lang
        note = self.tools.wording.text(lang, key, recipient=row["recipient"], error=error)
        self.tools.handover.sending_failed(
            connection,
            conversation,
            note,
            self.tools.clock(),
            is_uncertain=key == "note_send_uncertain",
        )

    def _wait(self, attempts: int) -> timedelta:
        plain = min(FIRST_WAIT_SECONDS * 2 ** min(attempts, 10), LONGEST_WAIT_SECONDS)
        return timedelta(seconds=plain * (1 + JITTER * self.tools.chance()))


def _is_too_old(row: sa.RowMapping, now: datetime) -> bool:
    return bool(now - row["created_at"] >= GIVE_UP_AFTER)
