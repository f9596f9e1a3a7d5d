"""What records point at, and when they change by themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "participation_relation",
        sa.Column("subject", sa.UnicodeText(), nullable=False),
        sa.Column("predicate", sa.UnicodeText(), nullable=False),
        sa.Column("object", sa.UnicodeText(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "predicate", "object"),
    )
    op.create_index("ix_participation_relation_object", "participation_relation", ["object"])
    op.create_table(
        "participation_moment",
        sa.Column("package_id", sa.UnicodeText(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("package_id"),
    )
    op.create_index("ix_participation_moment_due_at", "participation_moment", ["due_at"])


def downgrade():
    op.drop_table("participation_moment")
    op.drop_table("participation_relation")
