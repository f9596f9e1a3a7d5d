"""A table of counts as cells, and the sums that tie them: what is worked out from what.

A cell is a row; its place is the values of the columns it is counted by. A row with an empty value, or with a
code that stands for all, is the total of the rows that differ from it in that column alone. A column that
says nothing in any row divides nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from ...schemas.definitions import Counts

Place = tuple[str | None, ...]


@dataclass(frozen=True)
class Sum:
    """Cells that add up: to the cell ``total``, or to a number that may be known from elsewhere."""

    parts: tuple[int, ...]
    total: int | None = None

    @property
    def cells(self) -> tuple[int, ...]:
        """All cells of the sum."""
        return self.parts if self.total is None else (*self.parts, self.total)


@dataclass(frozen=True)
class Cells:
    """The places of the rows, and by their positions the columns over which they are added up."""

    places: tuple[Place, ...]
    added: tuple[int, ...]

    @property
    def totals(self) -> tuple[bool, ...]:
        """Whether each row is a total of others."""
        return tuple(None in place for place in self.places)


def cells(rows: pl.DataFrame, counts: Counts) -> Cells:
    """The rows of a table as cells."""
    values = rows.select(_value(name, counts) for name in counts.by)
    names = [name for name in counts.by if values[name].null_count() < values.height]
    added = tuple(at for at, name in enumerate(names) if name not in counts.within)
    places = tuple(values.select(names).iter_rows()) if names else ((),) * rows.height
    return Cells(places, added)


def _value(name: str, counts: Counts) -> pl.Expr:
    text = pl.col(name).cast(pl.String)
    return pl.when(~text.is_in(list(counts.totals.get(name, ())))).then(text).alias(name)


def given(there: Cells) -> list[Sum]:
    """The sums whose total is a row of the table."""
    return [Sum(tuple(parts), total) for parts, total in _lines(there) if total is not None]


def assumed(there: Cells) -> list[Sum]:
    """The sums whose total is no row but may be told elsewhere, in a report or in the record.

    A table without any total is added up over every set of columns: a report may do so. One that has totals
    says itself which there are; only its lines without one are added up.
    """
    found = [Sum(tuple(parts)) for parts, total in _lines(there) if total is None]
    whole = [] if any(there.totals) else list(range(len(there.places)))
    for size in range(2, len(there.added) + 1):
        for columns in combinations(there.added, size):
            groups: dict[Place, list[int]] = defaultdict(list)
            for number in whole:
                rest = tuple(value for at, value in enumerate(there.places[number]) if at not in columns)
                groups[rest].append(number)
            found += [Sum(tuple(group)) for group in groups.values()]
    return [one for one in found if len(one.parts) > 1]


def _lines(there: Cells) -> Iterator[tuple[list[int], int | None]]:
    """Cells that differ in one column alone, with the row that is their total."""
    at = {place: number for number, place in enumerate(there.places)}
    lines: dict[tuple[int, Place], list[int]] = defaultdict(list)
    for number, place in enumerate(there.places):
        for column in there.added:
            if place[column] is not None:
                lines[(column, (*place[:column], None, *place[column + 1 :]))].append(number)
    for (_column, total), parts in lines.items():
        yield parts, at.get(total)
