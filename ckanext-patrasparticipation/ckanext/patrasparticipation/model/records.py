"""What is remembered about records: what they point at, and when they change by themselves."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from ckan.plugins import toolkit as tk
from sqlalchemy.orm import Mapped, mapped_column

PREFIX = "participation_"


class Relation(tk.BaseModel):
    """One arrow between two records, by their ids; ``predicate`` is its field (``impact.indicator``)."""

    __tablename__ = PREFIX + "relation"

    subject: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    predicate: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    object: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True, index=True)
    position: Mapped[int] = mapped_column(sa.Integer, nullable=False)


class Moment(tk.BaseModel):
    """The next moment at which a computed field of a record changes, though nobody saves it."""

    __tablename__ = PREFIX + "moment"

    package_id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    due_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True), nullable=False, index=True)
