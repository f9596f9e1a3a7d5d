"""What is remembered about feeds: state, site sources, runs, rejected rows, versions, and effects owed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins import toolkit as tk
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, MappedColumn, mapped_column

from .. import clock

PREFIX = "participation_"


def _moment(**options: Any) -> MappedColumn[Any]:
    """A column of aware moments, kept in UTC."""
    return mapped_column(sa.DateTime(timezone=True), **options)


class SourceState(tk.BaseModel):
    """One row per source. An unchanged run writes the ``last_*`` columns and no other."""

    __tablename__ = PREFIX + "source_state"

    source: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    feed: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)
    dataset_id: Mapped[str | None] = mapped_column(sa.UnicodeText, index=True)
    resource_id: Mapped[str | None] = mapped_column(sa.UnicodeText, index=True)
    geojson_id: Mapped[str | None] = mapped_column(sa.UnicodeText)
    generation: Mapped[int] = mapped_column(sa.Integer, nullable=False, default=0)
    rows: Mapped[int | None] = mapped_column(sa.BigInteger)
    rejected: Mapped[int | None] = mapped_column(sa.BigInteger)
    deduplicated: Mapped[int | None] = mapped_column(sa.BigInteger)
    sha256: Mapped[str | None] = mapped_column(sa.UnicodeText)
    schema_hash: Mapped[str | None] = mapped_column(sa.UnicodeText)
    columns: Mapped[Any] = mapped_column(JSONB)  # raw column names of the last success
    choices: Mapped[Any] = mapped_column(JSONB)  # what was recognised: encoding, separator, header row
    wrote: Mapped[Any] = mapped_column(
        JSONB, nullable=False, default=dict
    )  # metadata as we last wrote it (field ownership)
    failures: Mapped[int] = mapped_column(sa.Integer, nullable=False, default=0)  # in a row
    last_etag: Mapped[str | None] = mapped_column(sa.UnicodeText)
    last_modified: Mapped[str | None] = mapped_column(sa.UnicodeText)
    last_success: Mapped[datetime | None] = _moment()
    last_try: Mapped[datetime | None] = _moment()
    last_slot: Mapped[datetime | None] = _moment()  # the scheduled moment that was last queued
    last_outcome: Mapped[str | None] = mapped_column(sa.UnicodeText)
    last_reason: Mapped[Any] = mapped_column(JSONB)  # {"code", "el", "en"} or null


class SiteSource(tk.BaseModel):
    """A source, or a change of schedule, that staff wrote; the newest row of a name is in force."""

    __tablename__ = PREFIX + "site_source"

    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True)
    name: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False, index=True)
    text: Mapped[str | None] = mapped_column(sa.UnicodeText)  # null: only what follows changes
    schedule: Mapped[str | None] = mapped_column(sa.UnicodeText)
    paused: Mapped[bool] = mapped_column(sa.Boolean, nullable=False, default=False)
    author: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)
    created: Mapped[datetime] = _moment(nullable=False, default=clock.now)


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

    id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True, default=make_uuid)
    source: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)
    status: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)
    step: Mapped[str | None] = mapped_column(sa.UnicodeText)
    started: Mapped[datetime] = _moment(nullable=False, default=clock.now)
    heartbeat: Mapped[datetime] = _moment(nullable=False, server_default=sa.func.now())
    finished: Mapped[datetime | None] = _moment()
    actor: Mapped[str | None] = mapped_column(sa.UnicodeText)  # user name, "schedule" or "command line"
    process: Mapped[str | None] = mapped_column(sa.UnicodeText)  # host:pid
    generation: Mapped[int | None] = mapped_column(sa.Integer)
    rows_in: Mapped[int | None] = mapped_column(sa.BigInteger)
    loaded: Mapped[int | None] = mapped_column(sa.BigInteger)
    rejected: Mapped[int | None] = mapped_column(sa.BigInteger)
    deduplicated: Mapped[int | None] = mapped_column(sa.BigInteger)
    inserted: Mapped[int | None] = mapped_column(sa.BigInteger)
    updated: Mapped[int | None] = mapped_column(sa.BigInteger)
    deleted: Mapped[int | None] = mapped_column(sa.BigInteger)
    reason: Mapped[Any] = mapped_column(JSONB)  # {"code", "el", "en"}
    report: Mapped[Any] = mapped_column(JSONB)  # steps, what was recognised, suggestions


class Rejected(tk.BaseModel):
    """One row that could not be a row of the table, with the reason."""

    __tablename__ = PREFIX + "rejected"

    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True)
    run_id: Mapped[str] = mapped_column(
        sa.UnicodeText, sa.ForeignKey(PREFIX + "run.id", ondelete="CASCADE"), nullable=False, index=True
    )
    row_number: Mapped[int | None] = mapped_column(sa.BigInteger)
    column: Mapped[str | None] = mapped_column("column", sa.UnicodeText)
    code: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)
    raw: Mapped[str | None] = mapped_column(sa.UnicodeText)


class Version(tk.BaseModel):
    """One published generation, its origin, and the files made from it."""

    __tablename__ = PREFIX + "version"

    source: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    generation: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=False)
    run_id: Mapped[str | None] = mapped_column(sa.UnicodeText)
    created: Mapped[datetime] = _moment(nullable=False)
    origin: Mapped[Any] = mapped_column(JSONB, nullable=False)  # as ``sink.Origin``
    rows_in: Mapped[int] = mapped_column(sa.BigInteger, nullable=False)
    rows: Mapped[int] = mapped_column(sa.BigInteger, nullable=False)
    rejected: Mapped[int] = mapped_column(sa.BigInteger, nullable=False)
    deduplicated: Mapped[int] = mapped_column(sa.BigInteger, nullable=False)
    schema_hash: Mapped[str | None] = mapped_column(sa.UnicodeText)
    code_version: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)
    columns: Mapped[Any] = mapped_column(JSONB, nullable=False)  # [[name, type], …] in order
    extent: Mapped[Any] = mapped_column(JSONB)  # [west, south, east, north] or null
    restored_from: Mapped[int | None] = mapped_column(sa.Integer)
    files: Mapped[Any] = mapped_column(JSONB, nullable=False)  # [{"format", "name", "size", "sha256"}]
    pruned: Mapped[datetime | None] = _moment()


class Outbox(tk.BaseModel):
    """An effect that a committed generation still owes: its files, then its metadata and index."""

    __tablename__ = PREFIX + "outbox"
    __table_args__ = (sa.UniqueConstraint("source", "generation", "kind"),)

    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True)
    source: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)
    generation: Mapped[int] = mapped_column(sa.Integer, nullable=False)
    kind: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)  # "files" or "records"
    payload: Mapped[Any] = mapped_column(JSONB, nullable=False, default=dict)
    created: Mapped[datetime] = _moment(nullable=False, default=clock.now)
    attempts: Mapped[int] = mapped_column(sa.Integer, nullable=False, default=0)
    error: Mapped[str | None] = mapped_column(sa.UnicodeText)
    done_at: Mapped[datetime | None] = _moment()
