"""Find the header of a sheet: its rows, its merged cells, the name of each column."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import Any

from python_calamine import CalamineSheet

from ..errors import SourceChanged
from . import cells
from .header import clean
from .layout import LOOK, looks_like_data, score
from .raw import MAX_COLUMNS, Asked

DEEP = 3
"""Rows of a header, at most, unless the YAML says more."""

Row = list[Any]
Rank = tuple[int, int, float, int]


@dataclass(frozen=True)
class Head:
    """A header: the sheet, its first row (from 1), how many rows make it, and the names."""

    sheet: str
    row: int
    rows: int
    names: tuple[str, ...]


def find(sheet: CalamineSheet, asked: Asked) -> Head | None:
    """The header that has most of the expected names, or else looks most like one."""
    if sheet.total_width > MAX_COLUMNS:
        raise SourceChanged("too_many_columns", found=sheet.total_width, limit=MAX_COLUMNS)
    top = [list(row) for row in islice(sheet.iter_rows(), LOOK)]
    _spread(top, sheet)
    fixed_row, fixed_rows = asked.options.get("header_row"), asked.options.get("header_rows")
    best: tuple[Rank, Head] | None = None
    for start in [fixed_row - 1] if fixed_row else range(len(top)):
        if best and not asked.expected and _is_data(top[start]):
            break
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


def _is_data(row: Row) -> bool:
    """Whether most of a row's cells are numbers: what stands below it heads another table of the sheet."""
    filled = [cell for cell in row if cell not in ("", None)]
    numbers = sum(isinstance(cell, (int, float)) and not isinstance(cell, bool) for cell in filled)
    return numbers > 1 and numbers * 2 > len(filled)


def _no_header(rows: list[Row]) -> bool:
    """Whether a row holds numbers, or nothing at all."""
    notes: Counter[str] = Counter()
    texts = [[cells.text(cell, notes) for cell in row] for row in rows]
    return any(looks_like_data(row) or not any(row) for row in texts)
