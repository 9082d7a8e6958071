"""Staff, what they may do and what they did, as frozen types."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a member of staff may do: one person can have several."""

    WRITER = "writer"
    REVIEWER = "reviewer"
    AGENT = "agent"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Staff:
    """`email` is lower case: it is the name one signs in with."""

    id: int
    email: str
    name: str
    roles: frozenset[Role]
    lang: str
    must_change_password: bool
    disabled: bool
    created_at: datetime
    last_sign_in_at: datetime | None

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class Session:
    """One browser that is signed in; `id_hash` is the SHA-256 of the id in its cookie."""

    id_hash: str
    staff_id: int
    created_at: datetime
    last_seen_at: datetime
    user_agent: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A request's person and session; `new_id` is set when the browser must get a new cookie."""

    staff: Staff
    session: Session
    new_id: str | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who changed what, and when; before and after hold only what changed."""

    id: int
    at: datetime
    staff: str
    action: str
    subject: str
    before: Mapping[str, object]
    after: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ApiKey:
    """The key itself is shown once and never stored; `prefix` is its beginning."""

    id: int
    name: str
    prefix: str
    created_by: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None
