"""Tables that staff hand over, and the files that wait."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    jsonb = postgresql.JSONB(astext_type=sa.Text())
    op.create_table(
        "participation_table",
        sa.Column("source", sa.UnicodeText(), nullable=False),
        sa.Column("resource_id", sa.UnicodeText(), nullable=False),
        sa.Column("dataset_id", sa.UnicodeText(), nullable=False),
        sa.Column("definition", jsonb, nullable=True),
        sa.Column("pending", jsonb, nullable=True),
        sa.Column("author", sa.UnicodeText(), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source"),
        sa.UniqueConstraint("resource_id"),
    )
    op.create_index("ix_participation_table_dataset_id", "participation_table", ["dataset_id"])
    op.create_table(
        "participation_upload",
        sa.Column("resource_id", sa.UnicodeText(), nullable=False),
        sa.Column("held", sa.UnicodeText(), nullable=False),
        sa.Column("file_name", sa.UnicodeText(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.UnicodeText(), nullable=False),
        sa.Column("author", sa.UnicodeText(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wish", jsonb, nullable=False),
        sa.Column("queued", jsonb, nullable=True),
        sa.PrimaryKeyConstraint("resource_id"),
    )


def downgrade():
    op.drop_table("participation_upload")
    op.drop_index("ix_participation_table_dataset_id", "participation_table")
    op.drop_table("participation_table")
