"""Keys for programs: shown once, stored as a hash, ended by a click."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from kb.database import Database
from web.accounts.audit import AuditLog
from web.accounts.errors import UnknownApiKey
from web.accounts.models import ApiKey, Staff
from web.accounts.store import api_keys

MARK = "jwb_"
SHOWN_CHARACTERS = 10
TOUCH_EVERY = timedelta(minutes=5)


class ApiKeys:
    def __init__(self, database: Database, clock: Callable[[], datetime], audit: AuditLog) -> None:
        self._database, self._clock, self._audit = database, clock, audit

    def create(self, name: str, *, by: Staff) -> str:
        """The key itself: this is the only time that it can be seen."""
        key = MARK + secrets.token_urlsafe(32)
        prefix = key[:SHOWN_CHARACTERS]
        with self._database.write() as connection:
            api_keys.insert(
                connection,
                name=name,
                prefix=prefix,
                key_hash=_hash(key),
                created_by=by.email,
                at=self._clock(),
            )
            self._audit.record_in(
                connection, by.email, "api_key.create", name, after={"prefix": prefix}
            )
        return key

    def list_keys(self) -> tuple[ApiKey, ...]:
        with self._database.read() as connection:
            return api_keys.list_all(connection)

    def revoke(self, key_id: int, *, by: Staff) -> None:
        with self._database.write() as connection:
            key = api_keys.find_by_id(connection, key_id)
            if key is None:
                raise UnknownApiKey(key_id)
            api_keys.revoke(connection, key_id, self._clock())
            self._audit.record_in(
                connection, by.email, "api_key.revoke", key.name, before={"prefix": key.prefix}
            )

    def find_api_key(self, raw: str) -> ApiKey | None:
        """The living key that these characters are, or None."""
        now = self._clock()
        with self._database.read() as connection:
            key = api_keys.find(connection, _hash(raw))
        if key is None or key.revoked_at is not None:
            return None
        if key.last_used_at is None or now - key.last_used_at >= TOUCH_EVERY:
            with self._database.write() as connection:
                api_keys.touch(connection, key.id, now)
        return key


def _hash(raw: str) -> str:
    return hashlib.sha256(raw.encode()).hexdigest()
