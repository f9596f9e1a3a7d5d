"""What a column of the feed allows: required, choices, minimum, maximum, pattern, length."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timezone
from typing import TYPE_CHECKING

import polars as pl

from .core import because

if TYPE_CHECKING:
    from ...schemas.definitions import Column

LONGEST = 10_000_000
"""Characters of any cell, at most; a column's ``max_length`` is usually far less."""


def limits(column: Column, today: date, key: bool = False) -> pl.Expr | None:
    """The code of the first limit that a value breaks; nothing where the column has none."""
    broken = list(_broken(column, pl.col(column.name), today, key))
    return pl.coalesce(broken) if broken else None


def _broken(column: Column, value: pl.Expr, today: date, key: bool) -> Iterator[pl.Expr]:
    if column.required or key:
        yield because(value.is_null(), "empty")
    if column.minimum is not None:
        yield because(value < _bound(column, column.minimum, today), "too_small")
    if column.maximum is not None:
        yield because(value > _bound(column, column.maximum, today), "too_big")
    if column.type in ("text", "geometry"):
        yield from _words(column, value)


def _words(column: Column, value: pl.Expr) -> Iterator[pl.Expr]:
    yield because(value.str.len_chars() > (column.max_length or LONGEST), "too_long")
    if column.choices:
        codes = [choice.code for choice in column.choices]
        yield because(value.is_not_null() & ~value.is_in(codes), "not_a_choice")
    if column.pattern:
        yield because(~value.str.contains(f"^(?:{column.pattern})$"), "wrong_pattern")


def _bound(column: Column, bound: float | str, today: date) -> pl.Expr:
    """A limit in the column's type; a day may be ``today``."""
    if column.type not in ("date", "timestamp"):
        return pl.lit(float(bound))
    day = today if bound == "today" else date.fromisoformat(str(bound)[:10])
    if column.type == "date":
        return pl.lit(day)
    return pl.lit(datetime(day.year, day.month, day.day, tzinfo=timezone.utc))
