"""What a converter is: raw columns in; values out, and where there is none, the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from ..definitions import Field
from ..places import Place

if TYPE_CHECKING:
    from ...schemas.definitions import Column

DTYPES: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "text": pl.String,
    "integer": pl.Int64,
    "number": pl.Float64,
    "boolean": pl.Boolean,
    "date": pl.Date,
    "timestamp": pl.Datetime("us", "UTC"),
    "geometry": pl.String,
}
"""What a column of a feed is in a frame; ``timestamp`` is UTC."""

CONTROL, UNDECODABLE = "\x00", "\x01"
"""What ``tidy`` makes of text with control characters, and of bytes that were no letters."""

WORDS = frozenset(("text", "choice", "lookup", "boolean", "date", "timestamp"))
"""Converters whose cells are made tidy first; in numbers and geometries there is nothing to tidy."""

_BAD = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{80}-\x{9f}\x{202a}-\x{202e}\x{2066}-\x{2069}]"
_LOST = "\ufffd"
_LATIN = r"\x{20}-\x{7e}\x{a0}-\x{2ff}"
_GREEK = r"\x{370}-\x{373}\x{375}-\x{37d}\x{384}-\x{386}\x{388}-\x{3ff}"
_UNSURE = rf"[^{_LATIN}{_GREEK}\x{{2010}}-\x{{2027}}€\t\n\r]"
"""A letter that may not be in NFC, or is a control character; most text has none, and is left alone."""


@dataclass(frozen=True)
class Rule:
    """What a converter goes by: its field, the feed's columns it fills, and what the source says of cells."""

    field: Field
    columns: tuple[Column, ...]
    missing: tuple[str, ...] = ("",)
    decimal: str | None = None
    place: Place = Place()
    absent: frozenset[str] = frozenset()  # raw columns that this batch does not have

    def cell(self, number: int = 0) -> pl.Expr:
        """A raw cell without blanks around it, null where it means “nothing”: a column of the batch."""
        return pl.col(hidden(self.field.name, f"cell{number}"))

    def value(self, number: int = 0) -> pl.Expr:
        """A value that this field has given: a column of the batch once values are there."""
        return pl.col(self.field.outputs[number])

    def cells(self) -> list[pl.Expr]:
        """What ``cell`` names, worked out once for the batch."""
        return [
            self._cell(name).alias(hidden(self.field.name, f"cell{number}"))
            for number, name in enumerate(self.field.inputs)
        ]

    def _cell(self, name: str) -> pl.Expr:
        if name in self.absent:
            return pl.lit(None, pl.String)
        text = pl.col(name).str.strip_chars()
        text = tidy(text) if self.field.converter in WORDS else text
        return pl.when(~text.is_in(list(self.missing))).then(text)

    def raw(self) -> pl.Expr:
        """The raw cells as they came, for the list of refused rows."""
        there = [pl.col(name) for name in self.field.inputs if name not in self.absent]
        return pl.concat_str(there, separator=", ", ignore_nulls=True) if there else pl.lit(None, pl.String)


@dataclass(frozen=True)
class Converted:
    """Values by output column, from the rule's cells; and why not, from cells and values."""

    values: Mapping[str, pl.Expr]
    refused: pl.Expr | None = None


def hidden(name: str, part: str) -> str:
    """The name of a column that is worked out before a batch is mapped: ``lon`` of the field ``position``."""
    return f"__{part}__{name}"


def because(condition: pl.Expr, code: str) -> pl.Expr:
    """The code where the condition holds, null elsewhere."""
    return pl.when(condition).then(pl.lit(code))


def tidy(text: pl.Expr) -> pl.Expr:
    """Text in NFC; ``CONTROL`` or ``UNDECODABLE`` where it holds what no text may hold."""
    return text.map_batches(_tidy, return_dtype=pl.String)


def unreadable(text: pl.Expr) -> pl.Expr:
    """Why tidied text is refused."""
    return pl.coalesce(
        because(text == CONTROL, "control_character"), because(text == UNDECODABLE, "undecodable_text")
    )


def _tidy(text: pl.Series) -> pl.Series:
    if not text.str.contains(_UNSURE).any():
        return text
    cell = pl.col(text.name).str.normalize("NFC")
    bad, lost = cell.str.contains(_BAD), cell.str.contains(_LOST, literal=True)
    good = pl.when(bad).then(pl.lit(CONTROL)).when(lost).then(pl.lit(UNDECODABLE)).otherwise(cell)
    return text.to_frame().select(good.alias(text.name)).to_series()
