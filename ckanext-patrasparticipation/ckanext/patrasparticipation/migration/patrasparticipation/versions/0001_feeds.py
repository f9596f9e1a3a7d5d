"""Source state, site sources, runs, rejected rows, versions and the outbox."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "participation_outbox",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.UnicodeText(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("kind", sa.UnicodeText(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.UnicodeText(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source", "generation", "kind"),
    )
    op.create_table(
        "participation_run",
        sa.Column("id", sa.UnicodeText(), nullable=False),
        sa.Column("source", sa.UnicodeText(), nullable=False),
        sa.Column("status", sa.UnicodeText(), nullable=False),
        sa.Column("step", sa.UnicodeText(), nullable=True),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heartbeat", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("finished", sa.DateTime(timezone=True), nullable=True),
        sa.Column("actor", sa.UnicodeText(), nullable=True),
        sa.Column("process", sa.UnicodeText(), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=True),
        sa.Column("rows_in", sa.BigInteger(), nullable=True),
        sa.Column("loaded", sa.BigInteger(), nullable=True),
        sa.Column("rejected", sa.BigInteger(), nullable=True),
        sa.Column("deduplicated", sa.BigInteger(), nullable=True),
        sa.Column("inserted", sa.BigInteger(), nullable=True),
        sa.Column("updated", sa.BigInteger(), nullable=True),
        sa.Column("deleted", sa.BigInteger(), nullable=True),
        sa.Column("reason", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("report", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_participation_run_one_running",
        "participation_run",
        ["source"],
        unique=True,
        postgresql_where=sa.text("status = 'running'"),
    )
    op.create_index(
        "ix_participation_run_source_started", "participation_run", ["source", "started"], unique=False
    )
    op.create_table(
        "participation_site_source",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.UnicodeText(), nullable=False),
        sa.Column("text", sa.UnicodeText(), nullable=True),
        sa.Column("schedule", sa.UnicodeText(), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("author", sa.UnicodeText(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_participation_site_source_name"), "participation_site_source", ["name"], unique=False
    )
    op.create_table(
        "participation_source_state",
        sa.Column("source", sa.UnicodeText(), nullable=False),
        sa.Column("feed", sa.UnicodeText(), nullable=False),
        sa.Column("dataset_id", sa.UnicodeText(), nullable=True),
        sa.Column("resource_id", sa.UnicodeText(), nullable=True),
        sa.Column("geojson_id", sa.UnicodeText(), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=True),
        sa.Column("rejected", sa.BigInteger(), nullable=True),
        sa.Column("deduplicated", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.UnicodeText(), nullable=True),
        sa.Column("schema_hash", sa.UnicodeText(), nullable=True),
        sa.Column("columns", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("choices", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("wrote", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_etag", sa.UnicodeText(), nullable=True),
        sa.Column("last_modified", sa.UnicodeText(), nullable=True),
        sa.Column("last_success", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_try", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_slot", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_outcome", sa.UnicodeText(), nullable=True),
        sa.Column("last_reason", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.PrimaryKeyConstraint("source"),
    )
    op.create_index(
        op.f("ix_participation_source_state_dataset_id"),
        "participation_source_state",
        ["dataset_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_participation_source_state_resource_id"),
        "participation_source_state",
        ["resource_id"],
        unique=False,
    )
    op.create_table(
        "participation_version",
        sa.Column("source", sa.UnicodeText(), nullable=False),
        sa.Column("generation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("run_id", sa.UnicodeText(), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("origin", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("rows_in", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("rejected", sa.BigInteger(), nullable=False),
        sa.Column("deduplicated", sa.BigInteger(), nullable=False),
        sa.Column("schema_hash", sa.UnicodeText(), nullable=True),
        sa.Column("code_version", sa.UnicodeText(), nullable=False),
        sa.Column("columns", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("extent", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("restored_from", sa.Integer(), nullable=True),
        sa.Column("files", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("pruned", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("source", "generation"),
    )
    op.create_table(
        "participation_rejected",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("run_id", sa.UnicodeText(), nullable=False),
        sa.Column("row_number", sa.BigInteger(), nullable=True),
        sa.Column("column", sa.UnicodeText(), nullable=True),
        sa.Column("code", sa.UnicodeText(), nullable=False),
        sa.Column("raw", sa.UnicodeText(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["participation_run.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_participation_rejected_run_id"), "participation_rejected", ["run_id"], unique=False
    )


def downgrade():
    op.drop_index(op.f("ix_participation_rejected_run_id"), table_name="participation_rejected")
    op.drop_table("participation_rejected")
    op.drop_table("participation_version")
    op.drop_index(op.f("ix_participation_source_state_resource_id"), table_name="participation_source_state")
    op.drop_index(op.f("ix_participation_source_state_dataset_id"), table_name="participation_source_state")
    op.drop_table("participation_source_state")
    op.drop_index(op.f("ix_participation_site_source_name"), table_name="participation_site_source")
    op.drop_table("participation_site_source")
    op.drop_index("ix_participation_run_source_started", table_name="participation_run")
    op.drop_index(
        "ix_participation_run_one_running",
        table_name="participation_run",
        postgresql_where=sa.text("status = 'running'"),
    )
    op.drop_table("participation_run")
    op.drop_table("participation_outbox")
