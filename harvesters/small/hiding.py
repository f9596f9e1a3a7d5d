"""Hide the small numbers of a table, and as many others that no total gives one of them back.

A number of 1 to k-1 is hidden; then the smallest other of each sum it stands in, until what is hidden in the
sum is two cells or more that hold k or more together; at last whatever all sums taken together would still
tell. Which totals a reader knows is not known here: every sum is protected, also one without its own row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from .audit import worked_out
from .cells import Sum, assumed, cells, given
from .finding import hidden, small

if TYPE_CHECKING:
    from ...schemas.definitions import Counts


def hide(rows: pl.DataFrame, counts: Counts, k: int) -> pl.DataFrame:
    """The table with its small numbers hidden: the flag is true and the numbers are empty, never 0.

    Args:
        rows: the whole table, typed.
        counts: what counts people in it.
        k: the smallest number that is shown.
    """
    away = pl.Series(chosen(rows, counts, k), dtype=pl.Boolean)
    numbers = [pl.when(~pl.lit(away)).then(pl.col(name)).alias(name) for name in counts.columns]
    return rows.with_columns(*numbers, pl.lit(away).alias(counts.flag))


def chosen(rows: pl.DataFrame, counts: Counts, k: int) -> list[bool]:
    """Whether the numbers of each row are hidden."""
    away = {number for number, gone in enumerate(hidden(rows, counts) | small(rows, counts, k)) if gone}
    if away:
        there = cells(rows, counts)
        sums = [*given(there), *assumed(there)]
        values = [rows[name].to_list() for name in counts.columns]
        _protect(sums, away, values, k)
    return [number in away for number in range(rows.height)]


def _protect(sums: Sequence[Sum], away: set[int], values: Sequence[Sequence[int | None]], k: int) -> None:
    """Hide more until no sum, and no combination of sums, gives a hidden cell back."""
    before = -1
    while len(away) != before:
        before = len(away)
        for one in sums:
            _secure(one, away, values, k)
        told = worked_out(sums, away) if len(away) == before else set()
        if told := {cell for cell in told if any(column[cell] != 0 for column in values)}:
            _untie(sums, told, away, values)


def _untie(
    sums: Sequence[Sum], told: set[int], away: set[int], values: Sequence[Sequence[int | None]]
) -> None:
    """Hide one more cell in each sum of what is told; where these are hidden whole, in one beside them."""
    near = [one for one in sums if told.intersection(one.cells)]
    if sum(_one_more(one, away, values) for one in near):
        return
    for one in sums:
        if away.intersection(one.cells) and _one_more(one, away, values):
            return


def _secure(one: Sum, away: set[int], values: Sequence[Sequence[int | None]], k: int) -> None:
    inside = away.intersection(one.cells)
    while inside and not _safe(inside, one, values, k) and _one_more(one, away, values):
        inside = away.intersection(one.cells)


def _safe(inside: set[int], one: Sum, values: Sequence[Sequence[int | None]], k: int) -> bool:
    """Two or more, which hold k or more together; what was hidden before it came here counts as k."""
    if len(inside) < 2:
        return False
    parts = inside.intersection(one.parts)
    if one.total in inside:
        return bool(parts)
    return all(
        sum(k if column[cell] is None else column[cell] or 0 for cell in parts) >= k for column in values
    )


def _one_more(one: Sum, away: set[int], values: Sequence[Sequence[int | None]]) -> bool:
    """Hide the smallest part that is shown, rather one that counts somebody; or else the total."""
    shown = [cell for cell in one.parts if cell not in away]
    if shown:
        away.add(min(shown, key=lambda cell: (not values[0][cell], values[0][cell] or 0, cell)))
        return True
    if one.total is not None and one.total not in away:
        away.add(one.total)
        return True
    return False
