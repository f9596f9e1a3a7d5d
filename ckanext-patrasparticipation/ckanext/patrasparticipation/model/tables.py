"""What is remembered about tables that staff hand over: their definitions, and the file that waits."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan.plugins import toolkit as tk
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from .. import clock

PREFIX = "participation_"


class Table(tk.BaseModel):
    """A table of staff: which resource it is, and how its file becomes its rows.

    A definition is the content of a source's YAML without ``name``, ``about``, ``expect`` and ``examples``.
    ``pending`` is the one under publication; it is in force once a generation carries its hash.
    """

    __tablename__ = PREFIX + "table"

    source: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    resource_id: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False, unique=True)
    dataset_id: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False, index=True)
    definition: Mapped[Any] = mapped_column(JSONB)
    pending: Mapped[Any] = mapped_column(JSONB)
    author: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)  # a user's name
    changed: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True), nullable=False, default=clock.now)


class Upload(tk.BaseModel):
    """The file that waits to become a resource's table; a newer one takes its place."""

    __tablename__ = PREFIX + "upload"

    resource_id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    held: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)  # the name under which it lies here
    file_name: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)
    size: Mapped[int] = mapped_column(sa.BigInteger, nullable=False)  # bytes
    sha256: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)
    author: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)
    created: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True), nullable=False, default=clock.now)
    wish: Mapped[Any] = mapped_column(JSONB, nullable=False, default=dict)  # as ``propose.Wish``, changed
    queued: Mapped[Any] = mapped_column(JSONB)  # codes accepted, while its publication waits or runs
