"""Hide what may be personal in the list of refused rows, which everybody can read."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from ..messages import HIDDEN
from ..readers.raw import ROW
from . import prose
from .evidence import CELL, alone, inside
from .gate import Label, suspects, words
from .rules import NUMBERS, RULES

_SLIP = r"@|[0-9](?:[^0-9]?[0-9]){3}|.{40}"


class Cover:
    """Hides raw values of refused rows. In doubt it hides: here a mistake costs a hint, not a table.

    Args:
        columns: the feed's columns, each with what it and its raw columns are called; where that speaks of
            personal data, every value is hidden that could be a number or an address with a slip in it.
    """

    def __init__(self, columns: Mapping[str, Label]) -> None:
        called = {name: words(name, label) for name, label in columns.items()}
        self._named = [n for n, text in called.items() if any(rule.named.search(text) for rule in RULES)]

    def hide(self, rejected: pl.DataFrame) -> pl.DataFrame:
        """Refused rows (``sink.REJECTED_SCHEMA``), with ``HIDDEN`` for what may be personal.

        A whole row is hidden always: it holds columns that nobody asked for.
        """
        if not rejected.height:
            return rejected
        slip = pl.col("column").is_in(self._named) & pl.col("raw").str.contains(_SLIP)
        doubted = pl.col("column").is_null() | slip | pl.lit(personal(rejected["raw"]))
        hidden = doubted & (pl.col("raw") != "")
        return rejected.with_columns(pl.when(hidden).then(pl.lit(HIDDEN)).otherwise("raw").alias("raw"))


def personal(raw: pl.Series) -> pl.Series:
    """Whether a value, seen alone, may hold personal data: every form counts, and any long text."""
    cells = pl.DataFrame({ROW: range(raw.len()), CELL: raw}, schema_overrides={ROW: pl.Int64})
    close = suspects(cells, sieve=False)
    found = [close.filter(pl.col(CELL).str.len_chars() >= prose.LONG)[ROW]]
    found += [look(rule, close) for rule in NUMBERS for look in (inside, alone)]
    return cells[ROW].is_in(pl.concat(found).unique().implode())
