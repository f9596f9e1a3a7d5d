"""What is remembered about search: words that found nothing, staff's synonyms, and when they were applied."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from ckan.plugins import toolkit as tk
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from .. import clock

PREFIX = "participation_"


class SearchMiss(tk.BaseModel):
    """Words that found nothing exactly, and how often on a day; nothing about who asked."""

    __tablename__ = PREFIX + "search_miss"

    day: Mapped[date] = mapped_column(sa.Date, primary_key=True)
    words: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    count: Mapped[int] = mapped_column(sa.Integer, nullable=False, default=1)
    closest: Mapped[bool] = mapped_column(sa.Boolean, nullable=False)  # a looser look found something


class Synonym(tk.BaseModel):
    """Words that staff say mean the same; in force when they have been applied."""

    __tablename__ = PREFIX + "synonym"

    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True)
    words: Mapped[Any] = mapped_column(JSONB, nullable=False)  # ["ΚΑΠΗ", "κέντρο ανοικτής προστασίας"]
    why: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)
    author: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)  # a user's name
    created: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True), nullable=False, default=clock.now)


class SynonymRun(tk.BaseModel):
    """One time that the synonyms were given to Solr and the records indexed again."""

    __tablename__ = PREFIX + "synonym_run"

    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True)
    status: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)  # waiting, running, done, failed
    actor: Mapped[str] = mapped_column(sa.UnicodeText, nullable=False)  # user name or "command line"
    asked: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True), nullable=False, default=clock.now)
    started: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))
    finished: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))
    done: Mapped[int] = mapped_column(sa.Integer, nullable=False, default=0)  # records
    total: Mapped[int | None] = mapped_column(sa.Integer)
    digest: Mapped[str | None] = mapped_column(sa.UnicodeText)  # of the lines that were given
    reason: Mapped[str | None] = mapped_column(sa.UnicodeText)  # why it failed: a code of search/reindex.py
    detail: Mapped[str | None] = mapped_column(sa.UnicodeText)  # what Solr or the system said
