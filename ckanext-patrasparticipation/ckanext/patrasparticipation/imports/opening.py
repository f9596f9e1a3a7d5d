"""Open a spreadsheet without believing what it says of itself: sheets of rows of cells, within limits."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import magic
from ckan.plugins import toolkit as tk
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum, load_workbook

from ..feeds import site
from ..guards import file_kinds
from ..harvesters.errors import HarvestError
from ..harvesters.readers import Asked, archive, open_raw
from ..harvesters.readers.raw import ROW
from ..harvesters.readers.spreadsheet import UNPACKED

BOOKS, TEXTS = ("xlsx", "xls", "ods"), ("csv", "tsv", "txt")
MOST_ROWS = 50_000
MOST_COLUMNS = 500
HEAD = 64 * 1024
"""Bytes that libmagic looks at."""

Cell = str | float | bool | date | datetime | time | timedelta | None


class Unreadable(Exception):
    """The file cannot be imported as it is; the sentence says what to do. Nothing was written."""


@dataclass(frozen=True)
class Sheet:
    """A sheet's name and its rows, each with its number (from 1) as a person sees it."""

    name: str
    rows: list[tuple[int, list[Cell]]]


def sheets(path: Path, file_name: str) -> list[Sheet]:
    """The visible sheets of a workbook, or the one of a text file; rows that hold nothing are left out.

    Args:
        path: where the file lies.
        file_name: what its owner calls it; its ending says what it is, and its content must agree.

    Raises:
        Unreadable: with a sentence in the reader's language.
    """
    extension = file_kinds.extension(file_name)
    _demand_kind(path, extension)
    try:
        return _book(path) if extension in BOOKS else [_text(path, file_name)]
    except HarvestError as error:
        raise Unreadable(site.worded(error.text)) from error


def _demand_kind(path: Path, extension: str) -> None:
    allowed = (*BOOKS, *TEXTS)
    if extension not in allowed:
        sentence = tk._("Files of the kind “.{found}” are not accepted. Accepted: {allowed}.")
        raise Unreadable(sentence.format(found=extension, allowed=", ".join(allowed)))
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip():
        raise Unreadable(tk._("The file is empty."))
    content = magic.from_buffer(head, mime=True)
    if not file_kinds.agrees(extension, content, head):
        sentence = tk._("The file is named “.{named}”, but its content is {found}.")
        raise Unreadable(sentence.format(named=extension, found=content))


def _book(path: Path) -> list[Sheet]:
    with path.open("rb") as file:
        packed = file.read(2) == b"PK"
    if packed:
        archive.members(path, UNPACKED)
    try:
        book = load_workbook(path)
        visible = [each.name for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
        return [_sheet(book, name) for name in visible]
    except (CalamineError, OSError) as error:
        raise Unreadable(tk._("The workbook is damaged, or is protected by a password.")) from error


def _sheet(book: CalamineWorkbook, name: str) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    _demand_size(name, sheet.total_height, sheet.total_width)
    return Sheet(name, list(_filled(enumerate(sheet.iter_rows(), 1))))


def _demand_size(name: str, height: int, width: int) -> None:
    if width > MOST_COLUMNS:
        sentence = tk._("The sheet “{sheet}” has {found} columns; at most {most} are read.")
        raise Unreadable(sentence.format(sheet=name, found=width, most=MOST_COLUMNS))
    if height > MOST_ROWS:
        sentence = tk._("The sheet “{sheet}” has {found} rows; at most {most} are read at once.")
        raise Unreadable(sentence.format(sheet=name, found=height, most=MOST_ROWS))


def _text(path: Path, file_name: str) -> Sheet:
    """A text file; encoding and separator are recognised as everywhere in the catalogue."""
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        raw = open_raw("delimited", Asked(path, {"header_row": 1}), Path(folder))
        rows: list[tuple[int, list[Cell]]] = []
        for batch in raw.batches:
            names = [name for name in batch.columns if not name.startswith("__")]
            rows = rows or [(1, list(names))]
            cells = batch.select(names).iter_rows()
            rows += _filled(zip(batch[ROW].to_list(), map(list, cells), strict=True))
            _demand_size(file_name, len(rows), len(names))
    return Sheet(file_name, rows)


def _filled(rows: Any) -> Iterator[tuple[int, list[Cell]]]:
    for number, cells in islice(rows, MOST_ROWS + 1):
        if any(cell is not None and str(cell).strip() for cell in cells):
            yield number, cells
