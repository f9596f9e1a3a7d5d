"""What equal rows mean: kept, dropped, refused, or counted into a column; and no key may stand twice."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import polars as pl

from .definitions import Source
from .readers.raw import ROW
from .seen import Hashes, Seen
from .sink import REJECTED_SCHEMA


class Duplicates:
    """Takes equal rows out of the batches of one load. Rows are equal when all mapped columns are."""

    def __init__(self, source: Source, counts: Counts | None = None) -> None:
        made = {item.outputs[0] for item in source.fields if item.converter == "id"}
        self._compared = [c.name for c in source.feed.columns if c.name not in made | {source.count_into}]
        self._how, self._into, self._counts = source.duplicates, source.count_into, counts
        self._seen = Seen()
        self._by_key = self._how == "reject" and source.feed.key not in made

    def take_out(self, rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, int]:
        """Rows to load, refused rows, and how many were dropped or counted.

        Where equal rows are to be refused and the source has keys of its own, ``Keys`` refuses them; where
        they are kept, a made key tells them apart by their ordinal.
        """
        if self._by_key or self._how == "keep":
            return rows, pl.DataFrame(schema=REJECTED_SCHEMA), 0
        compared = rows.select(self._compared)
        again = self._seen.earlier(compared) > 0
        if self._into and self._counts:
            rows = rows.with_columns(
                self._counts.of(compared).cast(rows.schema[self._into]).alias(self._into)
            )
        if not again.any():
            return rows, pl.DataFrame(schema=REJECTED_SCHEMA), 0
        mask = pl.Series(again)
        refused = refuse(rows.filter(mask), None, "duplicate_row")
        if self._how == "reject":
            return rows.filter(~mask), refused, 0
        return rows.filter(~mask), pl.DataFrame(schema=REJECTED_SCHEMA), refused.height


class Counts:
    """How often each row stands in the whole load: a first look at all batches, eight bytes a row."""

    def __init__(self, source: Source, batches: Iterable[pl.DataFrame]) -> None:
        compared = Duplicates(source)._compared
        hashes = [batch.select(compared).hash_rows().to_numpy() for batch in batches]
        found = np.unique(np.concatenate(hashes or [np.empty(0, np.uint64)]), return_counts=True)
        self._hashes: Hashes = found[0][found[1] > 1]
        self._times: npt.NDArray[np.int64] = found[1][found[1] > 1]

    def of(self, compared: pl.DataFrame) -> pl.Series:
        """The count of each row, itself included."""
        hashes = compared.hash_rows().to_numpy()
        times = np.ones(hashes.size, dtype=np.int64)
        if self._hashes.size:
            place = np.searchsorted(self._hashes, hashes)
            place[place == self._hashes.size] = 0
            found = self._hashes[place] == hashes
            times[found] = self._times[place[found]]
        return pl.Series(times)


class Keys:
    """Refuses a row whose key, or other unique column, stands in an earlier row of the load."""

    def __init__(self, source: Source) -> None:
        unique = {column.name for column in source.feed.columns if column.unique} | {source.feed.key} - {""}
        made = {item.outputs[0] for item in source.fields if item.converter == "id"}
        self._seen = {name: Seen() for name in sorted(unique - made)}

    def take_out(self, rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Rows whose keys are new, and refused rows."""
        refused = [pl.DataFrame(schema=REJECTED_SCHEMA)]
        for name, seen in self._seen.items():
            again = pl.Series(seen.earlier(rows.select(name)) > 0) & rows[name].is_not_null()
            if again.any():
                refused.append(refuse(rows.filter(again), name, "duplicate_key"))
                rows = rows.filter(~again)
        return rows, pl.concat(refused)


def refuse(rows: pl.DataFrame, column: str | None, code: str) -> pl.DataFrame:
    """Mapped rows as refused ones."""
    raw = pl.col(column).cast(pl.String) if column else pl.lit("")
    return rows.select(
        pl.col(ROW).alias("row_number"),
        pl.lit(column, pl.String).alias("column"),
        pl.lit(code).alias("code"),
        raw.alias("raw"),
    )
