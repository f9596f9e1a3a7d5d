"""Read delimited text: encoding, separator, header row and lines of totals are recognised and told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from ..errors import SourceUnavailable
from ..messages import message
from . import quoted
from .blocks import blocks
from .clean import Plain, plain
from .header import unique
from .layout import Fixed, Layout, is_footer, lay_out, rows_of
from .raw import BATCH, REFUSED, ROW, Asked, Raw

LINE = "line"
TAIL = 64 * 1024
_NEVER = "\x01"
"""Separates nothing: the fast way reads whole lines and splits them itself."""


def read(asked: Asked, folder: Path) -> Raw:
    """Batches of a delimited file; ``folder`` may hold a rewritten copy while they are read.

    Raises:
        SourceChanged: ``undecodable``, ``no_header``, ``too_many_columns``.
        SourceUnavailable: ``truncated``: the last line breaks off.
    """
    text = plain(asked.path, asked.options.get("encoding"), folder)
    layout = lay_out(text.path, _fixed(asked, text), asked.expected)
    choices = text.choices | {"separator": layout.separator, "header_row": str(layout.header_row)}
    names = unique(layout.header, choices)
    if (layout.quote and text.scan.quoted) or text.scan.low:
        return quoted.read(text, layout, names, choices)
    return Raw(_batches(text, layout, names, choices), choices)


def _fixed(asked: Asked, text: Plain) -> Fixed:
    quote = asked.options.get("quote", '"')
    return Fixed(
        asked.options.get("separator"), asked.options.get("header_row"), None if quote == "none" else quote
    )


def _batches(
    text: Plain, layout: Layout, names: list[str], choices: dict[str, str]
) -> Iterator[pl.DataFrame]:
    """Whole lines, split by polars: nothing is quoted in this file."""
    end = text.scan.newlines + (not text.scan.ends) - _footer(text.path, layout, choices)
    open_line, blank = None if text.scan.ends else end, 0
    for batch in _lines(text.path, layout.header_row):
        body = batch.filter(pl.col(ROW) <= end)
        filled = body.filter(pl.col(LINE).str.strip_chars(layout.separator + " \t\r") != "")
        blank += body.height - filled.height
        yield _split(filled, layout.separator, names, open_line)
    if blank:
        choices["blank_rows"] = str(blank)


def _lines(path: Path, skip: int) -> Iterator[pl.DataFrame]:
    """Numbered lines after the header, at most ``BATCH`` at a time."""
    row = 1
    for block in blocks(path):
        lines = pl.read_csv(
            block,
            has_header=False,
            schema={LINE: pl.String},
            separator=_NEVER,
            quote_char=None,
            empty_string_is_null=False,
        )
        numbered = lines.with_columns(pl.int_range(row, row + lines.height, dtype=pl.Int64).alias(ROW))
        row += lines.height
        yield from numbered.filter(pl.col(ROW) > skip).iter_slices(BATCH)


def _split(batch: pl.DataFrame, separator: str, names: list[str], open_line: int | None) -> pl.DataFrame:
    """Cells of lines; a line with too few or too many cells is refused, empty cells at the end are not."""
    last = len(names) - 1
    cells = pl.col(LINE).str.split_exact(separator, last).struct.rename_fields(names)
    found = pl.col(LINE).str.count_matches(separator, literal=True)
    split = batch.select(ROW, cells.struct.unnest(), found.cast(pl.Int64).alias("__cells__"), LINE)
    if (split["__cells__"] == last).all():
        return split.drop("__cells__", LINE)
    full = pl.col(LINE).str.strip_chars_end(separator).str.count_matches(separator, literal=True)
    short = pl.col("__cells__") < last
    if open_line and split.filter(short & (pl.col(ROW) == open_line)).height:
        raise SourceUnavailable("truncated", where=message("at_line", {"line": open_line}))
    refused = pl.when(short | (full > last)).then(pl.lit("ragged_row"))
    return split.with_columns(refused.alias(REFUSED)).drop("__cells__", LINE)


def _footer(path: Path, layout: Layout, choices: dict[str, str]) -> int:
    """How many lines at the end are blank, totals or notes."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - TAIL))
        tail = file.read().decode("utf-8", "replace").splitlines()
    rows = [next(rows_of([line], layout.separator, layout.quote), []) for line in tail[size > TAIL :]]
    count = 0
    for row in reversed(rows):
        if not is_footer([*row, *[""] * (len(layout.header) - len(row))]):
            break
        count += 1
    if noted := [row[0] for row in rows[len(rows) - count :] if any(row)]:
        choices["footer"] = " | ".join(noted)
    return count
