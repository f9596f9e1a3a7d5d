"""Words that found nothing, synonyms of staff, and their applications."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "participation_search_miss",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.UnicodeText(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("closest", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("day", "words"),
    )
    op.create_table(
        "participation_synonym",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("words", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("why", sa.UnicodeText(), nullable=False),
        sa.Column("author", sa.UnicodeText(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "participation_synonym_run",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.UnicodeText(), nullable=False),
        sa.Column("actor", sa.UnicodeText(), nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("digest", sa.UnicodeText(), nullable=True),
        sa.Column("reason", sa.UnicodeText(), nullable=True),
        sa.Column("detail", sa.UnicodeText(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade():
    op.drop_table("participation_synonym_run")
    op.drop_table("participation_synonym")
    op.drop_table("participation_search_miss")
