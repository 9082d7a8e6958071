"""Signed-in browsers: 30 minutes idle, 12 hours at most, ended at once when anything changes."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from kb.database import Database
from web.accounts.models import Session, SignedIn, Staff
from web.accounts.store import sessions
from web.accounts.store import staff as staff_rows

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
TOUCH_EVERY = timedelta(minutes=1)


def hash_of(session_id: str) -> str:
    return hashlib.sha256(session_id.encode()).hexdigest()


class Sessions:
    """The cookie holds a random id, the database its hash."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def open(self, connection: sa.Connection, staff: Staff, user_agent: str) -> str:
        """A new session's id, inside the transaction that signs somebody in."""
        now = self._clock()
        sessions.delete_dead(connection, seen_before=now - IDLE, created_before=now - ABSOLUTE)
        session_id = secrets.token_urlsafe(32)
        row = Session(hash_of(session_id), staff.id, now, now, user_agent[:300], staff.roles)
        sessions.insert(connection, row)
        return session_id

    def resume(self, session_id: str, *, touch: bool = True) -> SignedIn | None:
        """Who this is, or None. `touch=False` for what a browser asks for by itself."""
        now = self._clock()
        with self._database.read() as connection:
            session = sessions.find(connection, hash_of(session_id))
            if session is None or not _is_alive(session, now):
                return None
            staff = staff_rows.find_by_id(connection, session.staff_id)
        if staff is None or staff.disabled:
            return None
        if session.roles != staff.roles:
            return self._rotated(session, staff)
        if touch and now - session.last_seen_at >= TOUCH_EVERY:
            with self._database.write() as connection:
                sessions.touch(connection, session.id_hash, now)
        return SignedIn(staff, session)

    def rotate(self, connection: sa.Connection, session: Session, staff: Staff) -> str:
        """A new id for the same browser; the old one is dead and the 12 hours run on."""
        session_id = secrets.token_urlsafe(32)
        sessions.delete(connection, session.id_hash)
        sessions.insert(
            connection, replace(session, id_hash=hash_of(session_id), roles=staff.roles)
        )
        return session_id

    def close(self, session_id: str) -> None:
        with self._database.write() as connection:
            sessions.delete(connection, hash_of(session_id))

    def list_sessions(self, staff: Staff) -> tuple[Session, ...]:
        now = self._clock()
        with self._database.read() as connection:
            found = sessions.list_of(connection, staff.id)
        return tuple(session for session in found if _is_alive(session, now))

    def revoke(self, staff: Staff, id_hash: str) -> bool:
        """End one of a person's own sessions; False when it is not theirs or already over."""
        with self._database.write() as connection:
            session = sessions.find(connection, id_hash)
            if session is None or session.staff_id != staff.id:
                return False
            return sessions.delete(connection, id_hash) == 1

    def revoke_others(self, staff: Staff, keep: Session) -> None:
        with self._database.write() as connection:
            sessions.delete_of(connection, staff.id, keep=keep.id_hash)

    def _rotated(self, session: Session, staff: Staff) -> SignedIn | None:
        with self._database.write() as connection:
            if sessions.find(connection, session.id_hash) is None:
                return None
            new_id = self.rotate(connection, session, staff)
        renewed = replace(session, id_hash=hash_of(new_id), roles=staff.roles)
        return SignedIn(staff, renewed, new_id)


def _is_alive(session: Session, now: datetime) -> bool:
    return now - session.last_seen_at < IDLE and now - session.created_at < ABSOLUTE
