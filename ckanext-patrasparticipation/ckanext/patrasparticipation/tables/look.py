"""A sink that publishes nothing: it shows the first rows, the refused ones, and what would change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl
from psycopg import sql

from ..feeds import database
from ..feeds.generation import Current
from ..feeds.layout import ALGORITHM, HASH, Layout, hashed
from ..harvesters.sink import Batch, Origin, Published, Totals

FIRST = 10
"""Rows that are shown."""
REFUSED = 200
"""Refused rows that are listed; all of them are with the version once it is published."""
KEY = "key"


@dataclass
class Look:
    """A sink as the pipeline wants one.

    Args:
        layout: of the table that would be published.
        current: what is published now, or nothing.
    """

    layout: Layout
    current: Current | None
    first: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    _seen: list[pl.DataFrame] = field(default_factory=list)

    def stage(self, batch: Batch) -> None:
        """Look at a batch."""
        if len(self.first) < FIRST:
            self.first += batch.rows.head(FIRST - len(self.first)).to_dicts()
        if len(self.refused) < REFUSED:
            self.refused += batch.rejected.head(REFUSED - len(self.refused)).to_dicts()
        if self.current:
            key = batch.rows.select(pl.col(self.layout.key).cast(pl.String).alias(KEY))
            self._seen.append(key.with_columns(hashed(batch.rows)))

    def publish(self, totals: Totals, origin: Origin) -> Published:
        """What a publication would do; rows are compared by their keys, then by what is in them."""
        if self.current is None:
            return Published(1, totals.loaded, 0, 0, 0)
        new = pl.concat(self._seen or [pl.DataFrame(schema={KEY: pl.String, HASH: pl.Int64})])
        if not self._same_key(self.current):  # no published row can be found again: all go, all are new
            return Published(self.current.generation + 1, new.height, 0, self._count(self.current), 0)
        old = self._published(self.current)
        both = new.join(old, on=KEY, how="inner", suffix="_old")
        same = self._comparable(self.current)
        equal = both.filter(pl.col(HASH) == pl.col(f"{HASH}_old")).height if same else 0
        return Published(
            self.current.generation + 1,
            new.height - both.height,
            both.height - equal,
            old.height - both.height,
            equal,
        )

    def discard(self) -> None:
        """Nothing was kept."""

    def _comparable(self, current: Current) -> bool:
        """Whether the hashes of the published rows are of the same columns, by the same rule."""
        columns = [tuple(column) for column in current.entry.columns]
        return columns == list(self.layout.columns) and current.algorithm == ALGORITHM

    def _same_key(self, current: Current) -> bool:
        return self.layout.key in [name for name, _kind in current.entry.columns]

    def _count(self, current: Current) -> int:
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(current.resource_id))
        with database.connect(database.WRITE) as connection:
            found = connection.execute(query).fetchone()
        return int(found[0]) if found else 0

    def _published(self, current: Current) -> pl.DataFrame:
        """Key and hash of every published row."""
        query = sql.SQL("COPY (SELECT {}::text, {} FROM {}) TO STDOUT (FORMAT csv)").format(
            sql.Identifier(self.layout.key), sql.Identifier(HASH), sql.Identifier(current.resource_id)
        )
        with database.connect(database.WRITE) as connection, connection.cursor().copy(query) as copy:
            text = b"".join(bytes(block) for block in copy)
        schema = {KEY: pl.String, HASH: pl.Int64}
        return pl.read_csv(text, has_header=False, schema=schema) if text else pl.DataFrame(schema=schema)
