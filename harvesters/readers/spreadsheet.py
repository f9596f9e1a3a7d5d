"""Read workbooks (XLSX, XLS, ODS): sheet, header rows and merged cells are recognised and told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetVisibleEnum,
    load_workbook,
)

from ..errors import SourceChanged
from . import archive, cells
from .header import clean, unique
from .layout import LOOK, is_footer, looks_like_data, score
from .raw import BATCH, MAX_COLUMNS, Asked, Raw, frame

UNPACKED = 300 * 1024 * 1024
"""Bytes of a packed workbook once unpacked, at most: a sheet is held in memory."""
DEEP = 3
"""Rows of a header, at most, unless the YAML says more."""
TAIL = 50
"""Rows at the end that may be totals or notes."""

Row = list[Any]
Rank = tuple[int, int, float, int]


@dataclass(frozen=True)
class Head:
    """A header: the sheet, its first row (from 1), how many rows make it, and the names."""

    sheet: str
    row: int
    rows: int
    names: tuple[str, ...]


def read(asked: Asked, folder: Path) -> Raw:
    """Batches of one sheet, its cells as text. Hidden sheets are not looked at unless named.

    Raises:
        SourceChanged: ``not_table``, ``choose_sheet``, ``no_header``, ``too_many_columns``,
            ``unsafe_archive``.
    """
    book = _open(asked.path)
    sheets = _sheets(book, asked.options.get("sheet"))
    heads = {name: _head(book.get_sheet_by_name(name), asked) for name in sheets}
    head = _chosen({name: found for name, found in heads.items() if found}, asked.expected)
    choices = {"sheet": head.sheet, "header_row": str(head.row), "header_rows": str(head.rows)}
    names = unique(head.names, choices)
    return Raw(_batches(book.get_sheet_by_name(head.sheet), head, names, choices), choices)


def _open(path: Path) -> CalamineWorkbook:
    with path.open("rb") as file:
        packed = file.read(2) == b"PK"
    if packed:
        archive.members(path, UNPACKED)
    try:
        return load_workbook(path)
    except (CalamineError, OSError) as error:
        raise SourceChanged("not_table", problem=str(error)) from error


def _sheets(book: CalamineWorkbook, asked: str | None) -> list[str]:
    if asked is not None:
        if asked not in book.sheet_names:
            raise SourceChanged("choose_sheet", found=book.sheet_names)
        return [asked]
    return [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]


def _chosen(heads: dict[str, Head], expected: frozenset[str]) -> Head:
    """The only sheet with a header, or the only one that has expected columns."""
    if not heads:
        raise SourceChanged("no_header")
    fitting = [head for head in heads.values() if expected & set(head.names)] or list(heads.values())
    if len(fitting) > 1:
        raise SourceChanged("choose_sheet", found=list(heads))
    return fitting[0]


def _head(sheet: CalamineSheet, asked: Asked) -> Head | None:
    """The header that has most of the expected names, or else looks most like one."""
    if sheet.total_width > MAX_COLUMNS:
        raise SourceChanged("too_many_columns", found=sheet.total_width, limit=MAX_COLUMNS)
    top = [list(row) for row in islice(sheet.iter_rows(), LOOK)]
    _spread(top, sheet)
    fixed_row, fixed_rows = asked.options.get("header_row"), asked.options.get("header_rows")
    best: tuple[Rank, Head] | None = None
    for start in [fixed_row - 1] if fixed_row else range(len(top)):
        for deep in [fixed_rows] if fixed_rows else range(1, DEEP + 1):
            names = _names(top[start : start + deep])
            if not names or (not fixed_row and _no_header(top[start : start + deep])):
                continue
            rank = (*score(names, asked.expected), -deep)
            if best is None or rank > best[0]:
                best = rank, Head(sheet.name, start + 1, deep, tuple(names))
    return best[1] if best else None


def _spread(top: list[Row], sheet: CalamineSheet) -> None:
    """Give every cell of a merged range at the top the value of its first cell; not over a whole row."""
    left = (sheet.start or (0, 0))[1]
    for (first, west), (last, east) in sheet.merged_cell_ranges or []:
        if last >= len(top) or (first == last and east - west + 1 >= sheet.width > 1):
            continue
        value = top[first][west - left]
        for row in range(first, last + 1):
            for column in range(west - left, east - left + 1):
                top[row][column] = value


def _names(rows: list[Row]) -> list[str]:
    """One name for each column: the different texts above one another, ``Άνδρες / 0-4``."""
    notes: Counter[str] = Counter()
    columns = zip(*([clean(cells.text(cell, notes)) for cell in row] for row in rows), strict=False)
    names = [" / ".join(dict.fromkeys(part for part in column if part)) for column in columns]
    while names and not names[-1]:
        names.pop()
    return names


def _no_header(rows: list[Row]) -> bool:
    """Whether a row holds numbers, or nothing at all."""
    notes: Counter[str] = Counter()
    texts = [[cells.text(cell, notes) for cell in row] for row in rows]
    return any(looks_like_data(row) or not any(row) for row in texts)


def _batches(
    sheet: CalamineSheet, head: Head, names: list[str], choices: dict[str, str]
) -> Iterator[pl.DataFrame]:
    notes: Counter[str] = Counter()
    width = len(names)
    rows = enumerate(sheet.iter_rows(), 1)
    body = (
        (number, [cells.text(cell, notes) for cell in row])
        for number, row in islice(rows, head.row + head.rows - 1, None)
    )
    kept = _without_footer(body, notes)
    while chunk := list(islice(kept, BATCH)):
        refused = ["ragged_row" if any(row[width:]) else None for _, row in chunk]
        columns = list(zip(*(row[:width] for _, row in chunk), strict=True))
        yield frame([number for number, _ in chunk], dict(zip(names, columns, strict=True)), refused)
    choices.update({name: str(count) for name, count in notes.items()})


def _without_footer(
    rows: Iterator[tuple[int, list[str]]], notes: Counter[str]
) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, without the totals and notes at the end."""
    waiting: list[tuple[int, list[str]]] = []
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            notes["blank_rows"] += 1
            continue
        waiting.append((number, row))
        if len(waiting) > TAIL:
            yield waiting.pop(0)
    while waiting and is_footer(waiting[-1][1]):
        waiting.pop()
        notes["footer_rows"] += 1
    yield from waiting
