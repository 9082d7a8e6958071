"""What can be done with staff accounts: one use case, one transaction."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime

import sqlalchemy as sa

from kb.database import Database
from web.accounts.api_keys import ApiKeys
from web.accounts.attempts import Attempts
from web.accounts.audit import AuditLog
from web.accounts.errors import (
    InvalidStaff,
    LastAdmin,
    SignInRefused,
    StaffExists,
    UnknownStaff,
    WrongPassword,
)
from web.accounts.models import ApiKey, Role, SignedIn, Staff
from web.accounts.passwords import Passwords, check_password, one_time_password
from web.accounts.sessions import Sessions
from web.accounts.store import sessions as session_rows
from web.accounts.store import staff as rows

EMAIL = re.compile(r"[^@\s<>\"',;]{1,64}@[a-z0-9.-]{1,250}")
COMMAND_LINE = "command line"


def clean_email(email: str) -> str:
    """Lower case, as stored. Raises InvalidStaff."""
    cleaned = email.strip().lower()
    if not EMAIL.fullmatch(cleaned):
        raise InvalidStaff("email", "give an e-mail address such as dewi@example.com")
    return cleaned


class Accounts:
    """Staff, their sessions, API keys and the audit log."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        passwords: Passwords | None = None,
    ) -> None:
        self._database, self._clock = database, clock
        self._passwords = passwords or Passwords()
        self._attempts = Attempts(database, clock)
        self.sessions = Sessions(database, clock)
        self.audit = AuditLog(database, clock)
        self.api_keys = ApiKeys(database, clock, self.audit)

    def find_staff(self, email: str) -> Staff | None:
        with self._database.read() as connection:
            return rows.find(connection, email.strip().lower())

    def get_staff(self, staff_id: int) -> Staff:
        with self._database.read() as connection:
            return _get(connection, staff_id)

    def list_staff(self) -> tuple[Staff, ...]:
        with self._database.read() as connection:
            return rows.list_all(connection)

    def add_staff(
        self,
        email: str,
        name: str,
        roles: Iterable[Role],
        password: str | None = None,
        *,
        lang: str = "id",
        by: str = COMMAND_LINE,
    ) -> str:
        """Open an account; the password it opens with.

        Without a given password a one-time one is made, to be changed at the first sign-in.
        """
        address, wanted = clean_email(email), _checked_roles(roles)
        shown = _checked_name(name)
        chosen = password or one_time_password()
        check_password(chosen, email=address, name=shown)
        password_hash = self._passwords.hash(chosen)
        with self._database.write() as connection:
            if rows.find(connection, address):
                raise StaffExists(address)
            rows.insert(
                connection,
                email=address,
                name=shown,
                roles=wanted,
                lang=lang,
                password_hash=password_hash,
                must_change_password=password is None,
                at=self._clock(),
            )
            self.audit.record_in(
                connection, by, "staff.add", address, after={"roles": sorted(wanted)}
            )
        return chosen

    def set_password(
        self, email: str, password: str | None = None, *, by: str = COMMAND_LINE
    ) -> str:
        """Give somebody a new password (a one-time one unless given); all their sessions end."""
        with self._database.read() as connection:
            staff = rows.find(connection, email.strip().lower())
        if staff is None:
            raise UnknownStaff(email)
        chosen = password or one_time_password()
        check_password(chosen, email=staff.email, name=staff.name)
        password_hash = self._passwords.hash(chosen)
        with self._database.write() as connection:
            rows.update_password(connection, staff.id, password_hash, must_change=password is None)
            session_rows.delete_of(connection, staff.id)
            self._attempts.forget(connection, staff.email)
            self.audit.record_in(connection, by, "staff.reset_password", staff.email)
        return chosen

    def sign_in(self, email: str, password: str, *, address: str, user_agent: str) -> str:
        """A new session's id. Raises SignInRefused, which never says why."""
        name = email.strip().lower()
        tries = self._attempts.begin(email=name, address=address)
        with self._database.read() as connection:
            password_hash = rows.find_password_hash(connection, name)
        if not self._passwords.fits(password_hash, password):
            raise SignInRefused
        stronger = self._passwords.rehashed(password_hash, password)
        with self._database.write() as connection:
            staff = rows.find(connection, name)
            if staff is None or staff.disabled:
                raise SignInRefused
            self._attempts.succeeded(connection, tries, name)
            rows.update_last_sign_in(connection, staff.id, self._clock())
            if stronger:
                rows.update_password(
                    connection, staff.id, stronger, must_change=staff.must_change_password
                )
            return self.sessions.open(connection, staff, user_agent)

    def change_password(self, who: SignedIn, present: str, wanted: str) -> str:
        """Change one's own; the other sessions end and this one gets the returned new id."""
        staff = who.staff
        tries = self._attempts.begin(email=staff.email, address=f"session:{who.session.id_hash}")
        with self._database.read() as connection:
            password_hash = rows.find_password_hash(connection, staff.email)
        if not self._passwords.fits(password_hash, present):
            raise WrongPassword
        check_password(wanted, email=staff.email, name=staff.name)
        new_hash = self._passwords.hash(wanted)
        with self._database.write() as connection:
            self._attempts.succeeded(connection, tries, staff.email)
            rows.update_password(connection, staff.id, new_hash, must_change=False)
            session_rows.delete_of(connection, staff.id, keep=who.session.id_hash)
            self.audit.record_in(connection, staff.email, "staff.change_password", staff.email)
            return self.sessions.rotate(connection, who.session, staff)

    def change_profile(self, staff: Staff, *, name: str, lang: str) -> None:
        with self._database.write() as connection:
            rows.update_profile(connection, staff.id, name=_checked_name(name), lang=lang)

    def change_roles(self, staff_id: int, roles: Iterable[Role], *, by: Staff) -> None:
        """Their sessions get new ids with their next request."""
        wanted = _checked_roles(roles)
        with self._database.write() as connection:
            staff = _get(connection, staff_id)
            if Role.ADMIN in staff.roles and Role.ADMIN not in wanted:
                _keep_an_admin(connection, staff)
            rows.update_roles(connection, staff_id, wanted)
            self.audit.record_in(
                connection,
                by.email,
                "staff.change_roles",
                staff.email,
                before={"roles": sorted(staff.roles)},
                after={"roles": sorted(wanted)},
            )

    def disable(self, staff_id: int, *, by: Staff) -> None:
        """Close an account: its sessions are over at once."""
        with self._database.write() as connection:
            staff = _get(connection, staff_id)
            _keep_an_admin(connection, staff)
            rows.update_disabled(connection, staff_id, True)
            session_rows.delete_of(connection, staff_id)
            self.audit.record_in(connection, by.email, "staff.disable", staff.email)

    def enable(self, staff_id: int, *, by: Staff) -> None:
        with self._database.write() as connection:
            staff = _get(connection, staff_id)
            rows.update_disabled(connection, staff_id, False)
            self.audit.record_in(connection, by.email, "staff.enable", staff.email)

    def find_api_key(self, raw: str) -> ApiKey | None:
        return self.api_keys.find_api_key(raw)


def _get(connection: sa.Connection, staff_id: int) -> Staff:
    staff = rows.find_by_id(connection, staff_id)
    if staff is None:
        raise UnknownStaff(staff_id)
    return staff


def _checked_name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not 1 <= len(cleaned) <= 120:
        raise InvalidStaff("name", "give a name of 1 to 120 characters")
    return cleaned


def _checked_roles(roles: Iterable[Role]) -> frozenset[Role]:
    try:
        wanted = frozenset(Role(role) for role in roles)
    except ValueError as error:
        raise InvalidStaff("roles", f"{error}: choose from {', '.join(Role)}") from None
    if not wanted:
        raise InvalidStaff("roles", "choose at least one role")
    return wanted


def _keep_an_admin(connection: sa.Connection, leaving: Staff) -> None:
    if Role.ADMIN not in leaving.roles or leaving.disabled:
        return
    others = [s for s in rows.list_all(connection) if s.id != leaving.id and not s.disabled]
    if not any(Role.ADMIN in other.roles for other in others):
        raise LastAdmin
