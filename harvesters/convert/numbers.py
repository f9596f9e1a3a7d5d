"""Converters to numbers: finite, in the column's unit, with the decimal mark that the source uses."""

from __future__ import annotations

import polars as pl

from .core import Converted, Rule, because

_BLANKS = r"[\s\x{a0}\x{2009}\x{202f}'’]"
"""What stands between groups of three digits."""
_GROUPED = {
    ",": r"^[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$",
    ".": r"^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?([eE][+-]?\d+)?$",
}
_PLAIN = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
EXACT = 2**53
"""Above this a float no longer tells whole numbers apart."""


def finite(cell: pl.Expr, decimal: str | None) -> pl.Expr:
    """The finite number that a cell writes, or null.

    ``decimal`` is the mark the source declares; with it, groups of three digits may be set apart by blanks
    or by the other mark. Without it a point is the decimal mark and nothing sets groups apart.
    """
    if decimal is None:
        value = cell.cast(pl.Float64, strict=False)
        return pl.when(value.is_finite() & cell.str.contains(_PLAIN)).then(value)
    text = cell.str.replace_all(_BLANKS, "")
    groups = "." if decimal == "," else ","
    written = text.str.replace_all(groups, "", literal=True).str.replace(decimal, ".", literal=True)
    value = written.cast(pl.Float64, strict=False)
    return pl.when(text.str.contains(_GROUPED[decimal]) & value.is_finite()).then(value)


def decimal_mark(rule: Rule) -> str | None:
    """The decimal mark of a field: its own, or the file's."""
    mark = rule.field.options.get("decimal", rule.decimal)
    return None if mark is None else str(mark)


def counted(rule: Rule) -> pl.Expr:
    """The cell; nothing where it is 0 though ``zero_beside`` counts somebody: switched off, not zero."""
    cell = rule.cell()
    if "zero_beside" not in rule.field.options:
        return cell
    beside, mark = rule.cell(len(rule.field.inputs) - 1), decimal_mark(rule)
    off = (finite(cell, mark) == 0) & (finite(beside, mark) > 0)
    return pl.when(~off.fill_null(False)).then(cell)


def number(rule: Rule) -> Converted:
    """A finite number; ``times: 1000`` turns kW into W."""
    cell = counted(rule)
    value = finite(cell, decimal_mark(rule))
    if times := rule.field.options.get("times"):
        scaled = value * times
        value = pl.when(scaled.is_finite()).then(scaled).otherwise(None)
    return Converted(
        {rule.field.outputs[0]: value}, because(cell.is_not_null() & rule.value().is_null(), "not_a_number")
    )


def integer(rule: Rule) -> Converted:
    """A whole number; ``70.0`` is one, ``70.5`` is refused."""
    cell, mark = counted(rule), decimal_mark(rule)
    times = rule.field.options.get("times")
    value = cell.map_batches(lambda text: _whole(text, mark, times), return_dtype=pl.Int64)
    refused = because(cell.is_not_null() & rule.value().is_null(), "not_an_integer")
    return Converted({rule.field.outputs[0]: value}, refused)


def _whole(text: pl.Series, mark: str | None, times: float | None) -> pl.Series:
    """Whole numbers; the longer way is taken only where a cell is not just digits."""
    if mark is None and not times:
        digits = text.cast(pl.Int64, strict=False)
        if digits.null_count() == text.null_count():
            return digits
    given = finite(pl.col(text.name), mark) * (times or 1)
    exact = (given == given.round()) & (given.abs() < EXACT)
    value: pl.Expr = pl.when(exact).then(given.cast(pl.Int64, strict=False))
    if mark is None and not times:
        value = pl.coalesce(pl.col(text.name).cast(pl.Int64, strict=False), value)
    return text.to_frame().select(value.alias(text.name)).to_series()
