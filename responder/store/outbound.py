"""Rows of `outbound`: queued → sending → sent, failed or uncertain."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kb.database import upsert
from responder.schema import outbound

UNSENT = ("queued", "sending")


def insert_once(connection: sa.Connection, values: dict[str, Any]) -> None:
    """Nothing happens if a row with this dedupe key is there already."""
    connection.execute(upsert(connection, outbound).values(**values).on_conflict_do_nothing())


def find_due(connection: sa.Connection, at: datetime) -> sa.RowMapping | None:
    """The oldest queued row that may go now: not leased, and nothing unsent before it."""
    earlier = outbound.alias("earlier")
    blocked = (
        sa.select(earlier.c.id)
        .where(
            earlier.c.conversation_id == outbound.c.conversation_id,
            earlier.c.id < outbound.c.id,
            earlier.c.state.in_(UNSENT),
        )
        .exists()
    )
    free = sa.or_(outbound.c.lease_until.is_(None), outbound.c.lease_until < at)
    found = connection.execute(
        sa.select(outbound)
        .where(outbound.c.state == "queued", outbound.c.not_before <= at, free, ~blocked)
        .order_by(outbound.c.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=outbound)
    )
    return found.mappings().one_or_none()


def claim(connection: sa.Connection, outbound_id: int, token: str, lease_until: datetime) -> None:
    connection.execute(
        outbound.update()
        .where(outbound.c.id == outbound_id)
        .values(claim=token, lease_until=lease_until)
    )


def change_claimed(
    connection: sa.Connection, outbound_id: int, token: str, **values: object
) -> bool:
    """False when somebody else has claimed it meanwhile: then nothing is changed."""
    done = connection.execute(
        outbound.update()
        .where(outbound.c.id == outbound_id, outbound.c.claim == token)
        .values(**values)
    )
    return done.rowcount == 1


def find_lost(connection: sa.Connection, at: datetime) -> sa.RowMapping | None:
    """A row whose sender died while sending."""
    found = connection.execute(
        sa.select(outbound)
        .where(outbound.c.state == "sending", outbound.c.lease_until < at)
        .order_by(outbound.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return found.mappings().one_or_none()


def list_sent_ids(connection: sa.Connection, conversation_id: int, channel: str) -> tuple[str, ...]:
    found = connection.execute(
        sa.select(outbound.c.platform_id)
        .where(
            outbound.c.conversation_id == conversation_id,
            outbound.c.channel == channel,
            outbound.c.state == "sent",
        )
        .order_by(outbound.c.id)
    ).scalars()
    return tuple(platform_id for platform_id in found if platform_id)
