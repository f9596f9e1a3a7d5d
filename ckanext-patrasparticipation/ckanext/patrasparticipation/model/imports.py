"""What is remembered of records that came from elsewhere: imports, their rows, and where a record is from."""

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


class Import(tk.BaseModel):
    """One spreadsheet on its way into the catalogue.

    ``status`` is checking, checked, waiting, running, done, failed or undone; ``position`` is the number of
    rows that are done, written in the transaction of their records, so that a run that was cut goes on there.
    """

    __tablename__ = PREFIX + "import"

    id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True, default=make_uuid)
    type: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)  # the record type of its rows
    owner_org: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False, index=True)  # an organisation's id
    actor: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)  # a user's name
    status: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)
    file_name: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)
    held: Mapped[str | None] = mapped_column(sa.UnicodeText)  # the name under which the file lies here
    wish: Mapped[Any] = mapped_column(JSONB, nullable=False, default=dict)  # {"ignore": [heading…]}
    created: Mapped[datetime] = _moment(nullable=False, default=clock.now)
    started: Mapped[datetime | None] = _moment()
    finished: Mapped[datetime | None] = _moment()
    total: Mapped[int | None] = mapped_column(sa.Integer)  # rows of the file
    position: Mapped[int] = mapped_column(sa.Integer, nullable=False, default=0)
    counts: Mapped[Any] = mapped_column(JSONB, nullable=False, default=dict)  # rows by what became of them
    problems: Mapped[Any] = mapped_column(JSONB, nullable=False, default=list)  # the first of them, by cell
    reason: Mapped[Any] = mapped_column(JSONB)  # why it failed: {"code", "text"}


class ImportRow(tk.BaseModel):
    """What an import did with one row; rows that changed nothing have none."""

    __tablename__ = PREFIX + "import_row"

    import_id: Mapped[str] = mapped_column(
        sa.ForeignKey(PREFIX + "import.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(sa.Integer, primary_key=True)  # from 0, in the file's order
    outcome: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)  # created updated draft refused
    package_id: Mapped[str | None] = mapped_column(sa.UnicodeText, index=True)
    title: Mapped[str | None] = mapped_column(sa.UnicodeText)
    before: Mapped[Any] = mapped_column(JSONB)  # of an updated record: the fields as they were
    modified: Mapped[datetime | None] = mapped_column(sa.DateTime)  # the record's own, after the write (UTC)
    told: Mapped[Any] = mapped_column(JSONB)  # what is missing, kept or wrong


class RecordOrigin(tk.BaseModel):
    """Where a record came from, and what was said of it there.

    ``said`` has a digest of each field as the source gave it, ``wrote`` of each field as the catalogue showed
    it after we wrote it: what shows otherwise now was edited by a person.
    """

    __tablename__ = PREFIX + "record_origin"
    __table_args__ = (
        sa.Index("ix_participation_record_origin_key", "type", "key", unique=True),
        sa.Index("ix_participation_record_origin_source", "source"),
    )

    package_id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    type: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)
    key: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)  # as records/identity.py makes it
    source: Mapped[str | None] = mapped_column(sa.UnicodeText)  # the YAML source, if one
    import_id: Mapped[str | None] = mapped_column(sa.UnicodeText)  # the last import that wrote it
    fetched_at: Mapped[datetime] = _moment(nullable=False)
    said: Mapped[Any] = mapped_column(JSONB, nullable=False, default=dict)
    wrote: Mapped[Any] = mapped_column(JSONB, nullable=False, default=dict)
    missing: Mapped[Any] = mapped_column(JSONB, nullable=False, default=list)  # required fields it lacks
    indexed: Mapped[bool] = mapped_column(sa.Boolean, nullable=False, default=False)
    gone_at: Mapped[datetime | None] = _moment()  # since when the source does not have it any more
