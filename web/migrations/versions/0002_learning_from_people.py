"""Labels, promises, suggestions, golden sets, drift."""

import sqlalchemy as sa
from alembic import op

import kb.database

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calibration",
        sa.Column("version", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("labels", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("staff", sa.String(length=320), nullable=False),
        sa.Column("created_at", kb.database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_calibration")),
    )
    op.create_table(
        "drift_reading",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("readings", sa.JSON(), nullable=False),
        sa.Column("created_at", kb.database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_drift_reading")),
    )
    op.create_table(
        "golden_set",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("staff", sa.String(length=320), nullable=False),
        sa.Column("created_at", kb.database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_golden_set")),
        sa.UniqueConstraint("name", name=op.f("uq_golden_set_name")),
    )
    op.create_table(
        "promise",
        sa.Column("version", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("lang", sa.String(length=3), nullable=False),
        sa.Column("allowed", sa.Float(), nullable=True),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("threshold_version", sa.Integer(), nullable=True),
        sa.Column("staff", sa.String(length=320), nullable=False),
        sa.Column("created_at", kb.database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_promise")),
    )
    op.create_table(
        "golden_question",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("gold", sa.JSON(), nullable=False),
        sa.Column("split", sa.String(length=8), server_default="", nullable=False),
        sa.Column("staff", sa.String(length=320), nullable=False),
        sa.Column("created_at", kb.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_id"], ["golden_set.id"], name=op.f("fk_golden_question_set_id_golden_set")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_golden_question")),
        sa.UniqueConstraint("set_id", "text", name=op.f("uq_golden_question_set_id_text")),
    )
    with op.batch_alter_table("golden_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_golden_question_set_id"), ["set_id"], unique=False)

    op.create_table(
        "golden_run",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("staff", sa.String(length=320), nullable=False),
        sa.Column("created_at", kb.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_id"], ["golden_set.id"], name=op.f("fk_golden_run_set_id_golden_set")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_golden_run")),
    )
    with op.batch_alter_table("golden_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_golden_run_set_id"), ["set_id"], unique=False)

    op.create_table(
        "suggestion",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("article_lang", sa.String(length=3), nullable=False),
        sa.Column("article_slug", sa.String(length=160), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("staff", sa.String(length=320), nullable=True),
        sa.Column("decided_at", kb.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", kb.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_suggestion_decision_id_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_suggestion_decision_id")),
    )
    with op.batch_alter_table("suggestion", schema=None) as batch_op:
        batch_op.create_index(
            "ix_suggestion_open", ["state", "article_lang", "article_slug"], unique=False
        )

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("answers", sa.JSON(), nullable=True))

    with op.batch_alter_table("verdict", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("source", sa.String(length=8), server_default="desk", nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("verdict", schema=None) as batch_op:
        batch_op.drop_column("source")

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_column("answers")

    with op.batch_alter_table("suggestion", schema=None) as batch_op:
        batch_op.drop_index("ix_suggestion_open")

    op.drop_table("suggestion")
    with op.batch_alter_table("golden_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_golden_run_set_id"))

    op.drop_table("golden_run")
    with op.batch_alter_table("golden_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_golden_question_set_id"))

    op.drop_table("golden_question")
    op.drop_table("promise")
    op.drop_table("golden_set")
    op.drop_table("drift_reading")
    op.drop_table("calibration")
