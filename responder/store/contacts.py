"""Rows of `contact` and their `identity`."""

from datetime import datetime

import sqlalchemy as sa

from kb.database import upsert
from responder.models import Contact, Identity
from responder.schema import contact, identity


def insert(connection: sa.Connection, name: str, at: datetime) -> int:
    statement = contact.insert().values(name=name, created_at=at).returning(contact.c.id)
    return int(connection.execute(statement).scalar_one())


def find_by_identity(connection: sa.Connection, known: Identity) -> int | None:
    return connection.execute(
        sa.select(identity.c.contact_id).where(
            identity.c.channel == known.channel, identity.c.external_id == known.external_id
        )
    ).scalar_one_or_none()


def add_identity(connection: sa.Connection, contact_id: int, known: Identity) -> None:
    """Do nothing if somebody has it already; look afterwards who."""
    connection.execute(
        upsert(connection, identity)
        .values(contact_id=contact_id, channel=known.channel, external_id=known.external_id)
        .on_conflict_do_nothing()
    )


def get(connection: sa.Connection, contact_id: int) -> Contact:
    found = connection.execute(
        sa.select(contact.c.name, contact.c.created_at, identity.c.channel, identity.c.external_id)
        .outerjoin(identity, identity.c.contact_id == contact.c.id)
        .where(contact.c.id == contact_id)
        .order_by(identity.c.id.desc())
    ).all()
    first = found[0]
    known = tuple(Identity(row.channel, row.external_id) for row in found if row.channel)
    return Contact(contact_id, first.name, known, first.created_at)


def rename(connection: sa.Connection, contact_id: int, name: str) -> None:
    connection.execute(contact.update().where(contact.c.id == contact_id).values(name=name))


def move_identities(connection: sa.Connection, old_contact: int, new_contact: int) -> None:
    connection.execute(
        identity.update().where(identity.c.contact_id == old_contact).values(contact_id=new_contact)
    )


def delete(connection: sa.Connection, contact_id: int) -> None:
    connection.execute(contact.delete().where(contact.c.id == contact_id))


def lock(connection: sa.Connection, contact_id: int) -> None:
    """On PostgreSQL nobody else makes conversations of this contact until we are done."""
    connection.execute(sa.select(contact.c.id).where(contact.c.id == contact_id).with_for_update())
