"""The tables of staff and what they did."""

import sqlalchemy as sa

from kb.database import UtcDateTime, metadata

staff = sa.Table(
    "staff",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("email", sa.String(320), nullable=False, unique=True),
    sa.Column("name", sa.String(120), nullable=False),
    # writer | reviewer | agent | admin
    sa.Column("roles", sa.JSON, nullable=False),
    sa.Column("lang", sa.String(3), nullable=False, server_default="id"),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("must_change_password", sa.Boolean, nullable=False),
    sa.Column("disabled", sa.Boolean, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("last_sign_in_at", UtcDateTime),
)

session = sa.Table(
    "session",
    metadata,
    # sha256 of the random id in the cookie
    sa.Column("id_hash", sa.String(64), primary_key=True),
    sa.Column("staff_id", sa.ForeignKey("staff.id"), nullable=False, index=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("last_seen_at", UtcDateTime, nullable=False),
    sa.Column("user_agent", sa.String(300), nullable=False),
    # the roles it was opened with: when they change, the session gets a new id
    sa.Column("roles", sa.JSON, nullable=False),
)

sign_in_failure = sa.Table(
    "sign_in_failure",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    # account:<email> or address:<ip>
    sa.Column("key", sa.String(340), nullable=False, index=True),
    sa.Column("at", UtcDateTime, nullable=False),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("at", UtcDateTime, nullable=False, index=True),
    sa.Column("staff", sa.String(320), nullable=False),
    # e.g. threshold.change, article.publish, staff.add
    sa.Column("action", sa.String(60), nullable=False),
    sa.Column("subject", sa.String(200), nullable=False),
    sa.Column("detail", sa.JSON, nullable=False),
)

api_key = sa.Table(
    "api_key",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("name", sa.String(120), nullable=False),
    sa.Column("prefix", sa.String(12), nullable=False),
    sa.Column("created_by", sa.String(320), nullable=False),
    sa.Column("key_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("last_used_at", UtcDateTime),
    sa.Column("revoked_at", UtcDateTime),
)
