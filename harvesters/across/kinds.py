"""The closed list of rules over columns of one row or of the whole table, each on columns.

A rule takes the rows and its options and gives the column it speaks of with the rows that break it: ``ROW``,
``FOUND`` and ``EXPECTED``. A row that lacks a value a rule needs is not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from ..readers.raw import ROW

FOUND, EXPECTED = "__found__", "__expected__"
SLACK = 1e-9
"""Part of a number by which sums of decimals may differ."""

Options = Mapping[str, Any]
Told = tuple[str, pl.DataFrame]


def sum_equals(rows: pl.DataFrame, options: Options) -> Told:
    """The columns add up to another."""
    expected = pl.sum_horizontal(*options["columns"], ignore_nulls=False)
    return options["equals"], _unequal(rows, pl.col(options["equals"]), expected)


def balance(rows: pl.DataFrame, options: Options) -> Told:
    """Opening and what came in, less what went out, is closing."""
    expected = pl.col(options["opening"]) + pl.col(options["in"]) - pl.col(options["out"])
    return options["closing"], _unequal(rows, pl.col(options["closing"]), expected)


def ratio(rows: pl.DataFrame, options: Options) -> Told:
    """The value is numerator by denominator times the factor, rounded as it is written."""
    value, below = pl.col(options["value"]), pl.col(options["denominator"])
    factor = pl.col(options["factor"]).fill_null(1.0) if "factor" in options else pl.lit(1.0)
    expected = pl.when(below != 0).then(pl.col(options["numerator"]) / below * factor)
    away = (value - expected).abs() > 0.5 * _step(value) + SLACK * expected.abs()
    nothing = (below == 0) & value.is_not_null() & pl.col(options["numerator"]).is_not_null()
    return options["value"], _bad(rows, away.fill_null(False) | nothing.fill_null(False), value, expected)


def at_most(rows: pl.DataFrame, options: Options) -> Told:
    """One column is never more than another."""
    value, limit = pl.col(options["column"]), pl.col(options["limit"])
    return options["column"], _bad(rows, value > limit, value, limit)


def unique(rows: pl.DataFrame, options: Options) -> Told:
    """No two rows say the same; an empty cell is a value like any other."""
    names = list(options["columns"])
    again = rows.select(names).is_duplicated()
    said = pl.concat_str([pl.col(name).cast(pl.String).fill_null("—") for name in names], separator=" · ")
    return names[0], _bad(rows, pl.lit(again), said, pl.lit(None, pl.String))


def refers(rows: pl.DataFrame, options: Options) -> Told:
    """A value stands in another column of the table."""
    value = pl.col(options["column"])
    there = rows[options["to"]].drop_nulls().implode()
    return options["column"], _bad(rows, value.is_not_null() & ~value.is_in(there), value, pl.lit(None))


def filled_unless(rows: pl.DataFrame, options: Options) -> Told:
    """A column is empty where another has one of these codes, and filled elsewhere."""
    value, code = pl.col(options["column"]), pl.col(options["by"])
    empty = code.is_in(list(options["codes"])).fill_null(False)
    return options["column"], _bad(rows, empty == value.is_not_null(), value, code)


KINDS: Mapping[str, Callable[[pl.DataFrame, Options], Told]] = {
    "sum_equals": sum_equals,
    "balance": balance,
    "ratio": ratio,
    "at_most": at_most,
    "unique": unique,
    "refers": refers,
    "filled_unless": filled_unless,
}


def _unequal(rows: pl.DataFrame, value: pl.Expr, expected: pl.Expr) -> pl.DataFrame:
    slack = SLACK * pl.max_horizontal(expected.abs(), pl.lit(1.0))
    return _bad(rows, (value - expected).abs() > slack, value, expected)


def _bad(rows: pl.DataFrame, wrong: pl.Expr, found: pl.Expr, expected: pl.Expr) -> pl.DataFrame:
    told = rows.select(
        ROW, found.alias(FOUND), expected.alias(EXPECTED), wrong.fill_null(False).alias("wrong")
    )
    return told.filter("wrong").drop("wrong").sort(ROW)


def _step(value: pl.Expr) -> pl.Expr:
    """The last place that a number is written to: 0.01 for ``3.25``, 1 for ``3``."""
    decimals = value.cast(pl.String).str.extract(r"\.(\d*?)0*$").str.len_chars().fill_null(0)
    return pl.lit(10.0).pow(-decimals.cast(pl.Float64))
