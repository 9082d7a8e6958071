"""One count of generations: that of `kb_generation`; the copies in other rows were never read."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("article", "redirect", "route")


def upgrade() -> None:
    """In place: SQLite would refuse to make `article` anew while other rows point to it."""
    op.drop_index("ix_article_generation", table_name="article")
    for table in TABLES:
        op.drop_column(table, "generation")


def downgrade() -> None:
    for table in TABLES:
        column = sa.Column("generation", sa.Integer(), server_default="0", nullable=False)
        op.add_column(table, column)
    op.create_index("ix_article_generation", "article", ["generation"])
