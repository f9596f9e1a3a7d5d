"""Mark the values of a series that leave it and come back: a counter that broke."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from .readers.raw import ROW

if TYPE_CHECKING:
    from ..schemas.definitions import Plausible

LONG = 30
"""Values from which on a series is looked at: ten years are too few to call one of them wrong."""
TIMES = 2.0
"""A value leaves its series when it is less than half, or more than twice, the one before."""
BACK = 7
"""Values within which a series has to come back; otherwise it has moved for good."""


def mark(rows: pl.DataFrame, series: Plausible) -> pl.DataFrame:
    """The table with its flag: true where a value leaves its series, else false; what was said stays.

    Args:
        rows: the whole table, typed, with ``ROW``.
        series: which columns make the series.
    """
    there = rows.filter(pl.col(series.value).is_not_null()).sort(series.by)
    parts = there.partition_by(series.within) if series.within else [there]
    away = {
        number
        for part in parts
        for number, out in zip(part[ROW], outside(part[series.value].to_list()), strict=True)
        if out
    }
    found = pl.col(ROW).is_in(sorted(away))
    return rows.with_columns(pl.coalesce(pl.col(series.flag), found).alias(series.flag))


def outside(values: Sequence[float]) -> list[bool]:
    """Which values of a series, in its order, are away from it until it comes back.

    A series that stays away has moved: none of its values is marked. What is 0 or less has no half.
    """
    marked = [False] * len(values)
    if len(values) < LONG:
        return marked
    level, place = values[0], 1
    while place < len(values):
        end = _back(values, place, level)
        marked[place:end] = [True] * (end - place)
        level, place = values[end], end + 1
    return marked


def _back(values: Sequence[float], place: int, level: float) -> int:
    """The place of the first value near the level; ``place`` itself where none of the next ones is."""
    if level > 0:
        for number in range(place, min(place + BACK + 1, len(values))):
            if level / TIMES <= values[number] <= level * TIMES:
                return number
    return place
