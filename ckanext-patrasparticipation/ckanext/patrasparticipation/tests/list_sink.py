"""A publisher for tests that keeps a load in memory and counts it as the real one does."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from ckanext.patrasparticipation.harvesters.sink import REJECTED_SCHEMA, Batch, Origin, Published, Totals


@dataclass
class ListSink:
    """A publisher that keeps everything in memory and checks the counts as the real one does."""

    batches: list[Batch] = field(default_factory=list)
    published: Totals | None = None

    def stage(self, batch: Batch) -> None:
        self.batches.append(batch)

    def publish(self, totals: Totals, origin: Origin) -> Published:
        assert totals.rows_in == totals.loaded + totals.rejected + totals.deduplicated
        assert totals.loaded == self.rows.height
        assert totals.rejected == self.rejected.height
        self.published = totals
        return Published(1, totals.loaded, 0, 0, 0)

    def discard(self) -> None:
        self.batches.clear()

    @property
    def rows(self) -> pl.DataFrame:
        return pl.concat([batch.rows for batch in self.batches]) if self.batches else pl.DataFrame()

    @property
    def rejected(self) -> pl.DataFrame:
        return pl.concat([pl.DataFrame(schema=REJECTED_SCHEMA), *(batch.rejected for batch in self.batches)])
