"""The load of a source that is summed: rows in, sums out, and refused rows without a word of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from ..definitions import Source
from ..errors import SourceRefused
from ..messages import HIDDEN
from ..report import Reason, reason
from ..sink import REJECTED_SCHEMA, Batch, Totals
from .sums import Sums

TOLD_ANYWAY = ("unreadable_part",)
"""Refusals whose raw value the reader wrote itself: a day and a position, nothing that anybody typed."""


class Summing:
    """The sums of one load; of a source that is not summed it lets everything pass as it is."""

    def __init__(self, source: Source) -> None:
        self._sums = Sums(source.aggregate, source.feed) if source.aggregate else None
        self._groups = 0

    @property
    def taken(self) -> int | None:
        """Rows that went into the sums; nothing where rows are published."""
        return self._sums.taken if self._sums else None

    def batches(self, typed: Iterator[Batch]) -> Iterator[Batch]:
        """The same batches with their refused rows alone, and the sums as one last batch."""
        if self._sums is None:
            yield from typed
            return
        nothing = self._sums.rows()
        for batch in typed:
            self._sums.add(batch.rows)
            yield Batch(nothing, batch.rejected)
        rows = self._sums.rows()
        self._groups = rows.height
        yield Batch(rows, pl.DataFrame(schema=REJECTED_SCHEMA))

    def hide(self, rejected: pl.DataFrame) -> pl.DataFrame:
        """Refused rows as they may be kept."""
        if self._sums is None:
            return rejected
        told = pl.col("code").is_in(TOLD_ANYWAY)
        return rejected.with_columns(raw=pl.when(told).then(pl.col("raw")).otherwise(pl.lit(HIDDEN)))

    def counted(self, totals: Totals) -> Totals:
        """The counts of a whole load: what was added to another row counts as deduplicated.

        So ``rows_in = loaded + rejected + deduplicated`` holds, and ``rows_in = taken + rejected`` besides.
        """
        if self._sums is None:
            return totals
        folded = totals.deduplicated + self._sums.taken - self._groups
        return replace(totals, loaded=self._groups, deduplicated=folded)

    def refuse(self) -> None:
        """Stop when all rows together are too few to be told.

        Raises:
            SourceRefused: ``too_few_people``.
        """
        if self._sums and self._sums.too_few:
            raise SourceRefused("too_few_people")

    def told(self) -> Iterator[Reason]:
        """What a person should know of the sums."""
        if self._sums is None:
            return
        yield reason("aggregated", rows=self._sums.taken, groups=self._groups)
        if self._sums.withheld:
            yield reason("withheld", groups=self._sums.withheld)
        if self._sums.backwards:
            yield reason("backwards", rows=self._sums.backwards)
