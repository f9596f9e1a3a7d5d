"""Find what may not be published of a table: small numbers, and hidden ones that a total gives back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from ..across.broken import FIRST, Broken
from ..messages import message
from ..readers.raw import ROW
from .audit import somebody, worked_out
from .cells import cells, given

if TYPE_CHECKING:
    from ...schemas.definitions import Counts, Feed


def look(feed: Feed, rows: pl.DataFrame, k: int) -> list[Broken]:
    """Every fault of the counts of a whole table.

    Args:
        feed: whose ``counts`` say what counts people.
        rows: the whole table, typed, with ``ROW``.
        k: the smallest number that is published; zero is.
    """
    counts = feed.counts
    if counts is None or not rows.height:
        return []
    found = [one for name in counts.columns for one in _of_column(feed, counts, rows, name, k)]
    return found + list(_computable(feed, counts, rows))


def hidden(rows: pl.DataFrame, counts: Counts) -> pl.Series:
    """Whether each row says that its numbers are hidden."""
    return rows[counts.flag].fill_null(False)


def small(rows: pl.DataFrame, counts: Counts, k: int) -> pl.Series:
    """Whether a row shows a number of 1 to k-1."""
    shown = [pl.col(name).is_between(1, k - 1).fill_null(False) for name in counts.columns]
    return rows.select(pl.any_horizontal(shown).alias("small")).to_series()


def _of_column(feed: Feed, counts: Counts, rows: pl.DataFrame, name: str, k: int) -> Iterator[Broken]:
    away, value = hidden(rows, counts), rows[name]
    few = value.is_between(1, k - 1).fill_null(False) & ~away
    expected = message("at_least_k", {"k": k})
    found = message("below_k", {"k": k})
    yield from _told(feed, name, "small_count", rows, few, found, expected, k=k)
    said = away & value.is_not_null()
    yield from _told(feed, name, "hidden_but_there", rows, said, message("a_number"), message("nothing"))
    gone = ~away & value.is_null()
    yield from _told(feed, name, "empty_not_hidden", rows, gone, message("nothing"), message("a_number"))


def _computable(feed: Feed, counts: Counts, rows: pl.DataFrame) -> Iterator[Broken]:
    """Hidden numbers that the totals of the table give back."""
    away = [number for number, gone in enumerate(hidden(rows, counts)) if gone]
    sums = given(cells(rows, counts))
    if told := worked_out(sums, away):
        tied = [one for one in sums if set(away).intersection(one.cells)]
        told = somebody(tied, told, away, [rows[name].to_list() for name in counts.columns])
    mask = pl.Series([number in told for number in range(rows.height)], dtype=pl.Boolean)
    yield from _told(
        feed, counts.columns[0], "hidden_computable", rows, mask, message("one_hidden"), message("two_hidden")
    )


def _told(  # noqa: PLR0913 -- what was found, where, and what was expected
    feed: Feed,
    name: str,
    rule: str,
    rows: pl.DataFrame,
    wrong: pl.Series,
    found: Any,
    expected: Any,
    **params: Any,
) -> Iterator[Broken]:
    numbers: Sequence[int] = rows.filter(wrong)[ROW].sort().to_list()
    column = feed.column(name)
    if numbers and column:
        first = tuple(numbers[:FIRST])
        yield Broken(name, column.label, rule, len(numbers), first, found, expected, params)
