"""Read workbooks (XLSX, XLS, ODS): sheet, header rows and merged cells are recognised and told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
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
from .header import unique
from .layout import is_footer
from .raw import BATCH, Asked, Raw, frame
from .sheet_header import Head, find

UNPACKED = 300 * 1024 * 1024
"""Bytes of a packed workbook once unpacked, at most: a sheet is held in memory."""
DEEP = 3
"""Rows of a header, at most, unless the YAML says more."""
TAIL = 50
"""Rows at the end that may be totals or notes."""

Row = list[Any]
Rank = tuple[int, int, float, int]


def read(asked: Asked, folder: Path) -> Raw:
    """Batches of one sheet, its cells as text. Hidden sheets are not looked at unless named.

    Raises:
        SourceChanged: ``not_table``, ``choose_sheet``, ``no_header``, ``too_many_columns``,
            ``unsafe_archive``.
    """
    book = _open(asked.path)
    sheets = _sheets(book, asked.options.get("sheet"))
    heads = {name: find(book.get_sheet_by_name(name), asked) for name in sheets}
    head = _chosen({name: found for name, found in heads.items() if found}, asked.expected)
    choices = {"sheet": head.sheet, "header_row": str(head.row), "header_rows": str(head.rows)}
    names = unique(head.names, choices)
    return Raw(_batches(book.get_sheet_by_name(head.sheet), head, names, choices), choices)


def sheets(path: Path) -> dict[str, int]:
    """The visible sheets that hold something, each with the number of cells it spans.

    Raises:
        SourceChanged: ``not_table``, ``unsafe_archive``.
    """
    book = _open(path)
    names = _sheets(book, None)
    if len(names) == 1:  # nothing to compare: the sheet is not read
        return {names[0]: 1}
    found = {name: book.get_sheet_by_name(name) for name in names}
    return {name: sheet.height * sheet.width for name, sheet in found.items() if sheet.height and sheet.width}


def has(path: Path, name: str) -> bool:
    """Whether the workbook has a sheet of that name, hidden ones included."""
    return name in _open(path).sheet_names


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
