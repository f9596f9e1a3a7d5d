"""XLSX: the rows under their machine names in the first sheet, what the columns mean in the second."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import psycopg
import xlsxwriter
from ckan.plugins import toolkit as tk
from psycopg import sql
from xlsxwriter.worksheet import Worksheet

from ...feeds import exports
from ...helpers.tables import participation_columns, participation_type
from . import temporary
from .errors import Wrong
from .rows import FLOATS, WHOLE, Rows

MOST = 1_048_575
"""Rows that a sheet has under its header."""
LETTERS = 32_767
"""Letters that a cell holds."""
EXACT = 2**53
"""Whole numbers that a cell keeps to the last digit; what is larger is written as text."""
FIRST_YEAR = 1901
"""Dates of which every spreadsheet thinks the same; older ones are written as text."""
PAGE = 5000
OPTIONS = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
MOMENT = "yyyy-mm-dd hh:mm:ss"


class Sheet(Worksheet):
    """A sheet whose numbers keep all their digits; XlsxWriter leaves out the seventeenth."""

    def _xml_number_element(self, number: Any, attributes: Any = ()) -> None:
        marks = "".join(f' {key}="{value}"' for key, value in attributes)
        self.fh.write(f"<c{marks}><v>{number!r}</v></c>")


Cell = Callable[[Worksheet, int, int, Any], Any]


def write(rows: Rows) -> Iterator[bytes]:
    """The workbook, made in a file that is gone when it has been read.

    Raises:
        Wrong: more rows than a sheet has, or a text longer than a cell holds.
    """
    _fits(rows)
    with temporary.folder() as folder:
        path = folder / "rows.xlsx"
        try:
            _book(rows, path)
        except psycopg.DataError as error:  # a day that Python does not know: infinity, or before Christ
            expected = tk._("days that a sheet can hold; one of this table is none. Take csv.")
            raise Wrong("export", "xlsx", expected) from error
        rows.connection.close()
        yield from temporary.sent(path)


def _fits(rows: Rows) -> None:
    one = sql.SQL("1")
    query = f"SELECT count(*) FROM ({rows.expression(one)} LIMIT {MOST + 1}) c"
    found = rows.connection.execute(query).fetchone()  # type: ignore[call-overload]
    if found and found[0] > MOST:
        expected = tk._("at most 1,048,575 rows, which is what a sheet holds. Take csv, or narrow the rows.")
        raise Wrong("export", "xlsx", expected)


def _book(rows: Rows, path: Path) -> None:
    with xlsxwriter.Workbook(str(path), {**OPTIONS, "tmpdir": str(path.parent)}) as book:
        data = book.add_worksheet(tk._("Data"), worksheet_class=Sheet)
        dictionary = book.add_worksheet(tk._("Dictionary"))
        bold = book.add_format({"bold": True})
        for place, (name, _kind) in enumerate(rows.columns):
            data._write_string(0, place, name, bold)
        data.freeze_panes(1, 0)
        _rows(rows, data, book.add_format({"num_format": MOMENT}))
        _dictionary(rows, dictionary, bold)


def _rows(rows: Rows, sheet: Worksheet, moment: Any) -> None:
    """The rows, in pages from the database: neither side holds them all."""
    cells = [_cell(kind, moment) for _name, kind in rows.columns]
    with rows.connection.cursor(name="rows") as cursor:
        cursor.itersize = PAGE
        cursor.execute(rows.select(_value))  # type: ignore[arg-type]
        for number, row in enumerate(cursor, start=1):
            for place, value in enumerate(row):
                if value is not None and cells[place](sheet, number, place, value):
                    name = rows.columns[place][0]
                    expected = tk._("at most 32,767 letters in a cell ({column}, row {row}). Take csv.")
                    raise Wrong("export", "xlsx", expected.format(column=name, row=number))


def _value(name: str, kind: str) -> sql.Composable:
    """A column as psycopg reads it: numbers and days by their type, all else as text."""
    if kind in (*FLOATS, *WHOLE, "bool", "date", "timestamp", "timestamptz"):
        return sql.Identifier(name)
    return exports.text(name, kind)


def _cell(kind: str, moment: Any) -> Cell:
    """How the values of a type are written; a text is never read as a formula, a number or an address."""
    if kind in FLOATS:
        return _float
    if kind in WHOLE:
        return _whole
    if kind == "bool":
        return Worksheet._write_boolean
    if kind == "date":
        return _day
    if kind.startswith("timestamp"):
        return lambda sheet, row, column, value: _moment(sheet, row, column, value, moment)
    return Worksheet._write_string


def _float(sheet: Worksheet, row: int, column: int, value: Any) -> Any:
    number = float(value)
    if math.isfinite(number):
        return sheet._write_number(row, column, number)
    return sheet._write_string(row, column, str(value))


def _whole(sheet: Worksheet, row: int, column: int, value: int) -> Any:
    if abs(value) <= EXACT:
        return sheet._write_number(row, column, value)
    return sheet._write_string(row, column, str(value))


def _day(sheet: Worksheet, row: int, column: int, value: date) -> Any:
    if value.year >= FIRST_YEAR:
        return sheet._write_datetime(row, column, value)
    return sheet._write_string(row, column, value.isoformat())


def _moment(sheet: Worksheet, row: int, column: int, value: datetime, shown: Any) -> Any:
    naive = value.astimezone(timezone.utc).replace(tzinfo=None) if value.tzinfo else value
    if naive.year >= FIRST_YEAR:
        return sheet._write_datetime(row, column, naive, shown)
    return sheet._write_string(row, column, naive.isoformat() + "Z")


def _dictionary(rows: Rows, sheet: Worksheet, bold: Any) -> None:
    """A line for each column: name, label, type, unit, meaning, the values of a closed list."""
    names = [tk._("Column"), tk._("Label"), tk._("Type"), tk._("Unit"), tk._("Meaning"), tk._("Values")]
    for place, name in enumerate(names):
        sheet._write_string(0, place, name, bold)
    fields = [{"id": name, "type": kind, "info": rows.info.get(name)} for name, kind in rows.columns]
    for number, column in enumerate(participation_columns(fields), start=1):
        values = "; ".join(f"{code}: {label}" for code, label in column["choices"].items())
        kind = participation_type(column["type"])
        texts = [column["name"], column["label"], kind, column["unit"], column["notes"], values]
        for place, text in enumerate(texts):
            sheet._write_string(number, place, str(text)[:LETTERS])
