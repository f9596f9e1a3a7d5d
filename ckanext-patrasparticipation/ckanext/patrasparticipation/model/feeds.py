"""What is remembered about feeds: state, site sources, runs, rejected rows, versions, and effects owed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins import toolkit as tk
from sqlalchemy.dialects.postgresql import JSONB

from .. import clock

PREFIX = "participation_"


def _moment(**options: Any) -> sa.Column[Any]:
    """A column of aware moments, kept in UTC."""
    return sa.Column(sa.DateTime(timezone=True), **options)


class SourceState(tk.BaseModel):
    """One row per source. An unchanged run writes the ``last_*`` columns and no other."""

    __tablename__ = PREFIX + "source_state"

    source = sa.Column(sa.UnicodeText, primary_key=True)
    feed = sa.Column(sa.UnicodeText, nullable=False)
    dataset_id = sa.Column(sa.UnicodeText, index=True)
    resource_id = sa.Column(sa.UnicodeText, index=True)
    geojson_id = sa.Column(sa.UnicodeText)
    generation = sa.Column(sa.Integer, nullable=False, default=0)
    rows = sa.Column(sa.BigInteger)
    rejected = sa.Column(sa.BigInteger)
    deduplicated = sa.Column(sa.BigInteger)
    sha256 = sa.Column(sa.UnicodeText)
    schema_hash = sa.Column(sa.UnicodeText)
    columns = sa.Column(JSONB)  # raw column names of the last success
    choices = sa.Column(JSONB)  # what was recognised: encoding, separator, header row
    wrote = sa.Column(JSONB, nullable=False, default=dict)  # metadata as we last wrote it (field ownership)
    failures = sa.Column(sa.Integer, nullable=False, default=0)  # in a row
    last_etag = sa.Column(sa.UnicodeText)
    last_modified = sa.Column(sa.UnicodeText)
    last_success = _moment()
    last_try = _moment()
    last_slot = _moment()  # the scheduled moment that was last queued
    last_outcome = sa.Column(sa.UnicodeText)
    last_reason = sa.Column(JSONB)  # {"code", "el", "en"} or null


class SiteSource(tk.BaseModel):
    """A source, or a change of schedule, that staff wrote; the newest row of a name is in force."""

    __tablename__ = PREFIX + "site_source"

    id = sa.Column(sa.BigInteger, primary_key=True)
    name = sa.Column(sa.UnicodeText, nullable=False, index=True)
    text = sa.Column(sa.UnicodeText)  # YAML; null for a shipped source, of which only the next two may change
    schedule = sa.Column(sa.UnicodeText)
    paused = sa.Column(sa.Boolean, nullable=False, default=False)
    author = sa.Column(sa.UnicodeText, nullable=False)
    created = _moment(nullable=False, default=clock.now)


class Run(tk.BaseModel):
    """One row per attempt; at most one of a source is ``running``."""

    __tablename__ = PREFIX + "run"
    __table_args__ = (
        sa.Index(
            "ix_participation_run_one_running",
            "source",
            unique=True,
            postgresql_where=sa.text("status = 'running'"),
        ),
        sa.Index("ix_participation_run_source_started", "source", "started"),
    )

    id = sa.Column(sa.UnicodeText, primary_key=True, default=make_uuid)
    source = sa.Column(sa.UnicodeText, nullable=False)
    status = sa.Column(sa.UnicodeText, nullable=False)
    step = sa.Column(sa.UnicodeText)
    started = _moment(nullable=False, default=clock.now)
    heartbeat = _moment(nullable=False, server_default=sa.func.now())
    finished = _moment()
    actor = sa.Column(sa.UnicodeText)  # user name, "schedule" or "command line"
    process = sa.Column(sa.UnicodeText)  # host:pid
    generation = sa.Column(sa.Integer)
    rows_in = sa.Column(sa.BigInteger)
    loaded = sa.Column(sa.BigInteger)
    rejected = sa.Column(sa.BigInteger)
    deduplicated = sa.Column(sa.BigInteger)
    inserted = sa.Column(sa.BigInteger)
    updated = sa.Column(sa.BigInteger)
    deleted = sa.Column(sa.BigInteger)
    reason = sa.Column(JSONB)  # {"code", "el", "en"}
    report = sa.Column(JSONB)  # steps, what was recognised, suggestions


class Rejected(tk.BaseModel):
    """One row that could not be a row of the table, with the reason."""

    __tablename__ = PREFIX + "rejected"

    id = sa.Column(sa.BigInteger, primary_key=True)
    run_id = sa.Column(
        sa.UnicodeText, sa.ForeignKey(PREFIX + "run.id", ondelete="CASCADE"), nullable=False, index=True
    )
    row_number = sa.Column(sa.BigInteger)
    column = sa.Column("column", sa.UnicodeText)
    code = sa.Column(sa.UnicodeText, nullable=False)
    raw = sa.Column(sa.UnicodeText)


class Version(tk.BaseModel):
    """One published generation, its origin, and the files made from it."""

    __tablename__ = PREFIX + "version"

    source = sa.Column(sa.UnicodeText, primary_key=True)
    generation = sa.Column(sa.Integer, primary_key=True, autoincrement=False)
    run_id = sa.Column(sa.UnicodeText)
    created = _moment(nullable=False)
    origin = sa.Column(JSONB, nullable=False)  # address, fetched_at, etag, last_modified, sha256, choices
    rows_in = sa.Column(sa.BigInteger, nullable=False)
    rows = sa.Column(sa.BigInteger, nullable=False)
    rejected = sa.Column(sa.BigInteger, nullable=False)
    deduplicated = sa.Column(sa.BigInteger, nullable=False)
    schema_hash = sa.Column(sa.UnicodeText)
    code_version = sa.Column(sa.UnicodeText, nullable=False)
    columns = sa.Column(JSONB, nullable=False)  # [[name, type], …] in order
    extent = sa.Column(JSONB)  # [west, south, east, north] or null
    restored_from = sa.Column(sa.Integer)
    files = sa.Column(JSONB, nullable=False)  # [{"format", "name", "size", "sha256"}]
    pruned = _moment()


class Outbox(tk.BaseModel):
    """An effect that a committed generation still owes: its files, then its metadata and index."""

    __tablename__ = PREFIX + "outbox"
    __table_args__ = (sa.UniqueConstraint("source", "generation", "kind"),)

    id = sa.Column(sa.BigInteger, primary_key=True)
    source = sa.Column(sa.UnicodeText, nullable=False)
    generation = sa.Column(sa.Integer, nullable=False)
    kind = sa.Column(sa.UnicodeText, nullable=False)  # "files" or "records"
    payload = sa.Column(JSONB, nullable=False, default=dict)
    created = _moment(nullable=False, default=clock.now)
    attempts = sa.Column(sa.Integer, nullable=False, default=0)
    error = sa.Column(sa.UnicodeText)
    done_at = _moment()
