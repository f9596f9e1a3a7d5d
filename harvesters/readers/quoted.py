"""Read delimited text that quotes its cells, by the rules of CSV."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import IO

import polars as pl

from ..errors import SourceUnavailable
from ..messages import message
from .blocks import blocks
from .clean import Plain
from .layout import Layout, is_footer
from .raw import BATCH, Raw, frame

CELL = 64 * 1024 * 1024
"""Characters of one cell, at most."""
LOOKAHEAD = 50
"""Rows at the end that may be totals or notes."""


def read(text: Plain, layout: Layout, names: list[str], choices: dict[str, str]) -> Raw:
    """Batches of rows; where quotes do not pair up, the file is read as if nothing were quoted."""
    csv.field_size_limit(CELL)
    width = len(names)
    if layout.quote and _unbalanced(text, layout, width):
        choices["quote"] = "none (unbalanced)"
        layout = Layout(layout.separator, layout.header_row, layout.header, None, layout.says)
    else:
        choices["quote"] = str(layout.quote)
    return Raw(_batches(text, layout, width, names, choices), choices)


def _unbalanced(text: Plain, layout: Layout, width: int) -> bool:
    """Whether the file is better read as if nothing were quoted: an open quote would swallow rows."""
    rows, ragged = _shape(text, layout, width, True)
    if not ragged and rows == text.scan.newlines + (not text.scan.ends) - layout.header_row:
        return False  # a row on every line: no quote was left open
    lines, uneven = _shape(text, layout, width, False)
    return ragged > uneven or (not uneven and rows < lines and _odd(text, str(layout.quote).encode()))


def _odd(text: Plain, quote: bytes) -> bool:
    return sum(block.count(quote) for block in blocks(text.path)) % 2 == 1


def _rows(file: IO[str], layout: Layout, quoting: bool) -> Iterator[list[str]]:
    if quoting and layout.quote:
        return csv.reader(file, delimiter=layout.separator, quotechar=layout.quote)
    return csv.reader(file, delimiter=layout.separator, quoting=csv.QUOTE_NONE)


def _shape(text: Plain, layout: Layout, width: int, quoting: bool) -> tuple[int, int]:
    """How many rows there are, and how many do not have the header's number of cells."""
    count = uneven = 0
    with text.path.open(encoding="utf-8", newline="") as file:
        try:
            for row in islice(_rows(file, layout, quoting), layout.header_row, None):
                count += 1
                uneven += bool(row) and len(row) != width
        except csv.Error:
            return 0, count + 10**9
    return count, uneven


def _batches(
    text: Plain, layout: Layout, width: int, names: list[str], choices: dict[str, str]
) -> Iterator[pl.DataFrame]:
    with text.path.open(encoding="utf-8", newline="") as file:
        rows = enumerate(_rows(file, layout, layout.quote is not None), 1)
        kept = _without_footer(islice(rows, layout.header_row, None), width, choices)
        try:
            while chunk := list(islice(kept, BATCH)):
                yield _frame(chunk, width, names)
        except csv.Error as error:
            raise SourceUnavailable("truncated", where=message("at_last_line")) from error


def _without_footer(
    rows: Iterator[tuple[int, list[str]]], width: int, choices: dict[str, str]
) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, without the totals and notes at the end."""
    waiting: deque[tuple[int, list[str]]] = deque()
    blank = 0
    for number, row in rows:
        if not any(row):
            blank += 1
            continue
        waiting.append((number, row))
        if len(waiting) > LOOKAHEAD:
            yield waiting.popleft()
    noted = []
    while waiting and is_footer([*waiting[-1][1], *[""] * (width - len(waiting[-1][1]))]):
        noted.append(waiting.pop()[1][0])
    yield from waiting
    if noted:
        choices["footer"] = " | ".join(reversed(noted))
    if blank:
        choices["blank_rows"] = str(blank)


def _frame(chunk: list[tuple[int, list[str]]], width: int, names: list[str]) -> pl.DataFrame:
    refused: list[str | None] = [None] * len(chunk)
    for place, (_, row) in enumerate(chunk):
        if len(row) != width:
            if len(row) < width or any(row[width:]):
                refused[place] = "ragged_row"
            row[width:] = []
            row.extend([""] * (width - len(row)))
    columns = zip(*(row for _, row in chunk), strict=True)
    return frame([number for number, _ in chunk], dict(zip(names, columns, strict=True)), refused)
