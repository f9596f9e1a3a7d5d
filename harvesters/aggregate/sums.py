"""The sums of one load: mapped rows go in, one row for each group comes out, small ones withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from ..convert import DTYPES
from ..convert.moments import ZONE
from .definition import SUPPRESSED, Aggregate, Group, Measure

if TYPE_CHECKING:
    from ...schemas.definitions import Feed

ROWS, RANK = "__rows__", "__rank__"
ALONE = 2
"""Groups that are withheld together, at least: one alone is the difference of all rows and the others."""
_DAY = 86_400_000_000  # microseconds
_BETWEEN = "/"
NOTHING = "-"
"""What stands in a made key for a group without a value."""


class Sums:
    """Keeps of each row only what its group and its measures need; of ids that are counted, their hashes."""

    def __init__(self, aggregate: Aggregate, feed: Feed) -> None:
        self._aggregate, self._feed = aggregate, feed
        self._kept: list[pl.DataFrame] = []
        self.taken = 0
        self.backwards = 0  # pairs of days of which the second comes first: no length of time
        self.withheld = 0  # groups
        self.too_few = False  # all rows together are fewer than a group needs

    def add(self, rows: pl.DataFrame) -> None:
        """Take a batch of mapped rows, which have the columns of ``aggregate.rows``."""
        self.taken += rows.height
        groups = [self._group(group).alias(group.name) for group in self._aggregate.by]
        inputs = [_input(measure) for measure in self._aggregate.measures if measure.columns]
        kept = rows.select(*groups, *inputs)
        for measure in self._aggregate.measures:
            if measure.kind == "median_days":
                self.backwards += int((kept[measure.name] < 0).sum())
        self._kept.append(kept)

    def rows(self) -> pl.DataFrame:
        """One row for each group, with the feed's columns in their order, sorted by the groups."""
        if not self._kept:
            return pl.DataFrame(schema={column.name: DTYPES[column.type] for column in self._feed.columns})
        names = [group.name for group in self._aggregate.by]
        measures = [self._measured(measure).alias(measure.name) for measure in self._aggregate.measures]
        self.too_few = 0 < self.taken < (self._aggregate.suppress_below or 0)
        sums = pl.concat(self._kept).group_by(names).agg(pl.len().alias(ROWS), *measures)
        return self._shaped(self._told(sums).sort(names, nulls_last=True), names)

    def _group(self, group: Group) -> pl.Expr:
        value = pl.col(group.column)
        if not group.month:
            return value
        column, mapped = self._feed.column(group.name), self._aggregate.rows.column(group.column)
        if mapped and mapped.type == "timestamp":
            value = value.dt.convert_time_zone(ZONE).dt.date()
        as_day = column is not None and column.type == "date"
        return value.dt.truncate("1mo") if as_day else value.dt.strftime("%Y-%m")

    def _measured(self, measure: Measure) -> pl.Expr:
        if measure.kind == "count":
            return pl.len().cast(pl.Int64)
        value = pl.col(measure.name)
        if measure.kind == "distinct":
            return value.drop_nulls().n_unique().cast(pl.Int64)
        if measure.kind == "sum":  # of nothing there is no sum
            return pl.when(value.count() > 0).then(value.sum())
        days = value.filter(value >= 0)
        return pl.when(days.len() >= (self._aggregate.suppress_below or 1)).then(days.median().round(1))

    def _told(self, sums: pl.DataFrame) -> pl.DataFrame:
        """Without the measures of groups that are too small to be told."""
        least = self._aggregate.suppress_below
        if not least:
            return sums
        people = [pl.col(m.name) < least for m in self._aggregate.measures if m.kind == "distinct"]
        few = pl.any_horizontal(pl.col(ROWS) < least, *people)
        told = _complemented(sums.with_columns(few.alias(SUPPRESSED)), least)
        self.withheld = int(told[SUPPRESSED].sum())
        return told.with_columns(
            pl.when(~pl.col(SUPPRESSED)).then(pl.col(measure.name)).alias(measure.name)
            for measure in self._aggregate.measures
        )

    def _shaped(self, sums: pl.DataFrame, names: list[str]) -> pl.DataFrame:
        there = set(sums.columns)
        written = [pl.col(name).cast(pl.String).fill_null(NOTHING) for name in names]
        key = pl.concat_str(written, separator=_BETWEEN)
        columns = []
        for column in self._feed.columns:
            value = pl.col(column.name) if column.name in there else pl.lit(None)
            value = key if column.name == self._feed.key and column.name not in there else value
            columns.append(value.cast(DTYPES[column.type]).alias(column.name))
        return sums.select(columns)


def _complemented(told: pl.DataFrame, least: int) -> pl.DataFrame:
    """As many of the next smallest groups withheld besides that no difference gives a small one back.

    How many rows were summed is known: of one withheld group that gives its number, and of several together
    that number must not be small itself.
    """
    few = told.filter(pl.col(SUPPRESSED))
    if not few.height:
        return told
    order = pl.struct(~pl.col(SUPPRESSED), ROWS).rank("ordinal") - 1
    ranked = told.with_columns(order.alias(RANK)).sort(RANK)
    sizes = ranked[ROWS].to_list()
    count = few.height
    while count < len(sizes) and (count < ALONE or sum(sizes[:count]) < least):
        count += 1
    return ranked.with_columns((pl.col(RANK) < count).alias(SUPPRESSED)).drop(RANK)


def _input(measure: Measure) -> pl.Expr:
    """What a measure needs of a row, under the measure's name."""
    first = pl.col(measure.columns[0])
    if measure.kind == "distinct":
        return pl.when(first.is_not_null()).then(first.hash()).alias(measure.name)
    if measure.kind == "sum":
        return first.alias(measure.name)
    start, end = (pl.col(name).cast(pl.Datetime("us")).dt.epoch("us") for name in measure.columns)
    return ((end - start) / _DAY).alias(measure.name)
