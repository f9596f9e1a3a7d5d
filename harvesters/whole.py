"""What a table with fixed columns is asked as a whole: its rules, and its small numbers of people."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from . import across, plausible, small
from .across import Broken
from .across.broken import FIRST, few
from .definitions import Source
from .errors import SourceRefused
from .readers.raw import ROW
from .report import Reason, reason
from .sink import Batch

MADE = ("row_key",)
"""Columns that nobody fills in."""
MOST = 200_000
"""Rows of such a table: it is held in memory whole."""


class Whole:
    """The look at one load; of a source whose columns are not fixed it asks nothing."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.asked = source.feed.fixed
        self.numbered = (
            self.asked and source.aggregate is None
        )  # rows are those of the file, by their numbers
        self.unknown: list[str] = []  # raw columns that the feed does not have
        self.broken: list[Broken] = []
        self.hidden = 0
        self.doubtful = pl.Series(dtype=pl.String)  # where in its series a value does not fit in
        self._reviewed: dict[str, int] = {}

    def batches(self, parts: Iterator[Batch]) -> Iterator[Batch]:
        """All rows in one batch, looked at as a whole.

        Raises:
            SourceRefused: ``too_many_for_role``.
        """
        good: list[pl.DataFrame] = []
        refused: list[pl.DataFrame] = []
        for part in parts:
            good.append(part.rows)
            refused.append(part.rejected)
            if sum(rows.height for rows in good) > MOST:
                raise SourceRefused("too_many_for_role", limit=MOST)
        if good:
            rows = pl.concat(good)
            rows = rows if self.numbered else rows.with_row_index(ROW, 1)
            order = [column.name for column in self.source.feed.columns]
            yield Batch(self.look(rows).select(order), pl.concat(refused))

    def look(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Look at all rows, typed, with ``ROW``; gives them as they may be published.

        Where the source says so, small numbers are hidden before the rows are looked at.
        """
        source, feed = self.source, self.source.feed
        if feed.counts and source.hide_small:
            before = small.hidden(rows, feed.counts).sum()
            rows = small.hide(rows, feed.counts, source.k)
            self.hidden = int(small.hidden(rows, feed.counts).sum()) - int(before)
        if series := feed.plausible:
            unsaid = rows[series.flag].is_null()
            rows = plausible.mark(rows, series)
            self.doubtful = rows.filter(unsaid & rows[series.flag])[series.by].cast(pl.String).sort()
        self.broken = across.look(feed, rows, source.record) + small.look(feed, rows, source.k)
        for column in feed.columns:
            if column.reviewed and (filled := rows.height - rows[column.name].null_count()):
                self._reviewed[column.name] = filled
        return rows

    def refuse(self) -> None:
        """Stop when there is a column that may not be there, or when a rule is broken.

        Raises:
            SourceRefused: ``columns_not_allowed``; ``rules_broken``, with the faults.
        """
        if self.unknown:
            feed = self.source.feed
            allowed = [dict(column.label) for column in feed.columns if column.name not in MADE]
            raise SourceRefused(
                "columns_not_allowed", columns=self.unknown, feed=dict(feed.label), allowed=allowed
            )
        if self.broken:
            raise SourceRefused("rules_broken", faults=list(self.broken))

    def told(self) -> list[Reason]:
        """What was done to the table that a person should know."""
        told = [reason("numbers_hidden", rows=self.hidden, k=self.source.k)] if self.hidden else []
        if self.doubtful.len():
            count = self.doubtful.len()
            first = few(self.doubtful.head(FIRST), count)
            told.append(reason("values_implausible", rows=count, first=first))
        return told

    @property
    def reviewed(self) -> dict[str, int]:
        """The filled columns that hold what people wrote, with how many rows."""
        return dict(self._reviewed)
