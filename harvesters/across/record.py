"""Whether a column adds up to what the record itself says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

from ..readers.raw import ROW
from ..small.cells import cells

if TYPE_CHECKING:
    from ...schemas.definitions import Feed

Told = tuple[pl.DataFrame, float, float, str]
"""The rows that were added up, their sum, what was expected, and the group they are."""


def totals(
    rows: pl.DataFrame, feed: Feed, options: Mapping[str, Any], record: Mapping[str, float]
) -> Iterator[Told]:
    """The sums that are not what the record says; rows that are totals themselves are not added up.

    Where a number is hidden, or only a part is in the table, the sum may be less.
    """
    expected, column = record.get(options["field"]), options["column"]
    if expected is None:
        return
    parts = (
        rows.filter(pl.Series(cells(rows, feed.counts).totals, dtype=pl.Boolean).not_())
        if feed.counts
        else rows
    )
    groups = parts.partition_by(options["per"]) if "per" in options else [parts]
    for group in groups:
        if not group.height:
            continue
        total = float(group[column].sum() or 0)
        partly = options.get("partly", False) or group[column].null_count() > 0
        if total > expected or (total < expected and not partly):
            name = str(group[options["per"]][0]) if "per" in options else ""
            yield group.select(ROW), total, expected, name
