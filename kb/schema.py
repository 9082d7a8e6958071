"""The tables of the knowledge base."""

import sqlalchemy as sa

from kb.database import UtcDateTime, metadata

article = sa.Table(
    "article",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("lang", sa.String(3), nullable=False),
    sa.Column("slug", sa.String(160), nullable=False),
    sa.Column("status", sa.String(12), nullable=False),
    # number of the revision customers see; null when never published or archived
    sa.Column("published_revision", sa.Integer),
    # the writer's working text, published or not
    sa.Column("latest_revision", sa.Integer, nullable=False),
    sa.Column("published_at", UtcDateTime),
    # revision that goes live at that time; null when nothing is scheduled
    sa.Column("scheduled_revision", sa.Integer),
    sa.Column("scheduled_at", UtcDateTime),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("lang", "slug"),
)

revision = sa.Table(
    "revision",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("article_id", sa.ForeignKey("article.id"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    # the whole Markdown file, front matter included, byte for byte
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("author", sa.String(320), nullable=False),
    # portal | file | import
    sa.Column("origin", sa.String(12), nullable=False),
    sa.Column("note", sa.Text, nullable=False, server_default=""),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("article_id", "number"),
)

redirect = sa.Table(
    "redirect",
    metadata,
    sa.Column("lang", sa.String(3), primary_key=True),
    sa.Column("slug", sa.String(160), primary_key=True),
    sa.Column("target_slug", sa.String(160), nullable=False),
    sa.Column("author", sa.String(320), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

route = sa.Table(
    "route",
    metadata,
    sa.Column("lang", sa.String(3), primary_key=True),
    sa.Column("name", sa.String(160), primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
)

# what the folder held when it was last in step with the store
working_file = sa.Table(
    "working_file",
    metadata,
    sa.Column("path", sa.String(400), primary_key=True),
    sa.Column("text_hash", sa.String(64), nullable=False),
    sa.Column("article_id", sa.ForeignKey("article.id")),
    sa.Column("revision", sa.Integer),
    sa.Column("synced_at", UtcDateTime, nullable=False),
)

# both sides changed: shown side by side until a person chooses
conflict = sa.Table(
    "conflict",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("path", sa.String(400), nullable=False),
    sa.Column("article_id", sa.ForeignKey("article.id"), nullable=False),
    # edited (both changed) | missing (the file is gone)
    sa.Column("kind", sa.String(12), nullable=False),
    # the file's text, kept in the history; null when the file is gone
    sa.Column("file_revision", sa.Integer),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("resolved_at", UtcDateTime),
)

# one row: counts every change of what customers can be answered with
kb_generation = sa.Table(
    "kb_generation",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("value", sa.Integer, nullable=False),
)
