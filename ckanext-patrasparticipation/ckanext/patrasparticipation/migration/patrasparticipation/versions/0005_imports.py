"""Imports of records, what they did with each row, and where a record came from."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    jsonb = postgresql.JSONB(astext_type=sa.Text())
    op.create_table(
        "participation_import",
        sa.Column("id", sa.UnicodeText(), nullable=False),
        sa.Column("type", sa.UnicodeText(), nullable=False),
        sa.Column("owner_org", sa.UnicodeText(), nullable=False),
        sa.Column("actor", sa.UnicodeText(), nullable=False),
        sa.Column("status", sa.UnicodeText(), nullable=False),
        sa.Column("file_name", sa.UnicodeText(), nullable=False),
        sa.Column("held", sa.UnicodeText(), nullable=True),
        sa.Column("wish", jsonb, nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished", sa.DateTime(timezone=True), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("counts", jsonb, nullable=False),
        sa.Column("problems", jsonb, nullable=False),
        sa.Column("reason", jsonb, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_participation_import_owner_org", "participation_import", ["owner_org"])
    op.create_table(
        "participation_import_row",
        sa.Column("import_id", sa.UnicodeText(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.UnicodeText(), nullable=False),
        sa.Column("package_id", sa.UnicodeText(), nullable=True),
        sa.Column("title", sa.UnicodeText(), nullable=True),
        sa.Column("before", jsonb, nullable=True),
        sa.Column("modified", sa.DateTime(), nullable=True),
        sa.Column("told", jsonb, nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["participation_import.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("import_id", "number"),
    )
    op.create_index("ix_participation_import_row_package_id", "participation_import_row", ["package_id"])
    op.create_table(
        "participation_record_origin",
        sa.Column("package_id", sa.UnicodeText(), nullable=False),
        sa.Column("type", sa.UnicodeText(), nullable=False),
        sa.Column("key", sa.UnicodeText(), nullable=False),
        sa.Column("source", sa.UnicodeText(), nullable=True),
        sa.Column("import_id", sa.UnicodeText(), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said", jsonb, nullable=False),
        sa.Column("wrote", jsonb, nullable=False),
        sa.Column("missing", jsonb, nullable=False),
        sa.Column("indexed", sa.Boolean(), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("package_id"),
    )
    op.create_index(
        "ix_participation_record_origin_key", "participation_record_origin", ["type", "key"], unique=True
    )
    op.create_index("ix_participation_record_origin_source", "participation_record_origin", ["source"])


def downgrade():
    for table in ("record_origin", "import_row", "import"):
        op.drop_table(f"participation_{table}")
