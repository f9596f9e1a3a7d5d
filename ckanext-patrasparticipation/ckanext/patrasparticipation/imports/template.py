"""The spreadsheet that staff fill in: a sheet for the records, one for each repeating part, and how-to.

Every heading is Greek with the English one below it; lists are drop-downs; what a column means stands in a
note. Texts are written as texts: nothing in the file is a formula but the names of lists.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ..records import vocabularies
from . import examples, guide
from .columns import KEY_LABEL, Column, Shape
from .table import sheet_name
from .values import choices

LISTS = "Λίστες"
ROWS = 1000
"""Rows for which drop-downs are laid."""
WIDTH, WIDEST = 16, 44
FIRST = 3  # rows above those that staff fill in: two of headings, one example
MARK = {"el": "παράδειγμα", "en": "example"}


class Book:
    """A workbook under way: its formats and the sheet of lists."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        line = {"border": 1, "border_color": "#D5D9DE", "valign": "top", "text_wrap": True}
        self.heading = book.add_format({**line, "bold": True, "bg_color": "#E8EEF4"})
        self.needed = book.add_format({**line, "bold": True, "bg_color": "#FCE9C8"})
        self.second = book.add_format({**line, "italic": True, "font_color": "#5A6572", "font_size": 9})
        self.example = book.add_format({**line, "italic": True, "font_color": "#5A6572"})
        self.text = book.add_format({"num_format": "@", "valign": "top"})
        self.day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        self.number = book.add_format({"valign": "top"})
        self.lists: Worksheet | None = None
        self._at: dict[tuple[str, ...], str] = {}

    def source(self, labels: Sequence[str]) -> str:
        """Where in the sheet of lists these labels stand; the same list once."""
        key = tuple(labels)
        if key not in self._at:
            place = len(self._at)
            assert self.lists is not None
            for row, text in enumerate(labels):
                self.lists.write_string(row, place, text)
            letter = xlsxwriter.utility.xl_col_to_name(place, col_abs=True)
            self._at[key] = f"='{LISTS}'!{letter}$1:{letter}${len(labels)}"
        return self._at[key]


def write(shape: Shape) -> bytes:
    """The workbook of a type."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as file:
        book = Book(file)
        main = file.add_worksheet(main_name(shape))
        parts = {name: file.add_worksheet(sheet_name(shape.part_labels[name], name)) for name in shape.parts}
        guide.write(file, shape, {name: sheet.get_name() for name, sheet in parts.items()})
        book.lists = file.add_worksheet(LISTS)
        book.lists.hide()
        _sheet(book, main, shape.main, 1)
        for name, sheet in parts.items():
            _sheet(book, sheet, shape.parts[name], 1)
        main.activate()
    return buffer.getvalue()


def main_name(shape: Shape) -> str:
    """What the sheet of the records is called."""
    return sheet_name(shape.label, shape.type)


def _sheet(book: Book, sheet: Worksheet, columns: Sequence[Column], first: int) -> None:
    sheet.freeze_panes(2, 1)
    sheet.set_column(0, 0, 12, book.text)
    sheet.write_string(0, 0, KEY_LABEL["el"], book.heading)
    sheet.write_string(1, 0, KEY_LABEL["en"], book.second)
    sheet.write_string(2, 0, MARK["el"], book.example)
    for place, column in enumerate(columns, first):
        _column(book, sheet, place, column)
    sheet.set_row(0, 34)


def _column(book: Book, sheet: Worksheet, place: int, column: Column) -> None:
    marked = f"{column.label['el']} *" if column.required else column.label["el"]
    sheet.write_string(0, place, marked, book.needed if column.required else book.heading)
    sheet.write_string(1, place, column.label["en"], book.second)
    sheet.write_string(2, place, examples.of(column), book.example)
    sheet.write_comment(0, place, note(column), {"x_scale": 2.2, "y_scale": 1.8})
    wide = max(WIDTH, min(WIDEST, len(column.label["el"]) + 4))
    form = {"date": book.day, "integer": book.number, "number": book.number}.get(column.kind, book.text)
    sheet.set_column(place, place, WIDEST if _is_long(column) else wide, form)
    if rule := _rule(book, column):
        sheet.data_validation(FIRST, place, ROWS, place, rule)


def _is_long(column: Column) -> bool:
    return column.language is not None or column.kind in ("codes", "names")


def _rule(book: Book, column: Column) -> dict[str, Any] | None:
    """A drop-down; where several may be chosen, other texts are let through."""
    if column.kind == "boolean":
        return {"validate": "list", "source": ["Ναι", "Όχι"]}
    if column.kind not in ("code", "codes"):
        return None
    rule: dict[str, Any] = {"validate": "list", "source": book.source(choices(column, "el"))}
    if column.kind == "codes":
        return rule | {"show_error": False}
    return rule | {
        "error_title": "Δεν υπάρχει στη λίστα",
        "error_message": "Διαλέξτε μια τιμή από τη λίστα, ή αφήστε το κελί κενό.",
    }


def note(column: Column) -> str:
    """What is to be known of a column: its help, what it holds, its list, its name for programs."""
    lines = [str((column.about or {}).get("el", "")), guide.KIND.get(column.kind, "")]
    if column.required:
        lines.append("Υποχρεωτικό: χωρίς αυτό η εγγραφή μένει πρόχειρη.")
    if column.unit:
        lines.append(f"Μονάδα: {column.unit}")
    if column.default is not None:
        lines.append(f"Αν μείνει κενό: {_default(column)}")
    lines.append(f"{column.label['en']} ({column.name})")
    return "\n".join(line for line in lines if line)[:2000]


def _default(column: Column) -> str:
    given = column.default if isinstance(column.default, list) else [column.default]
    labels = [
        vocabularies.label(column.vocabulary, str(one), "el") if column.vocabulary else str(one)
        for one in given
    ]
    return "; ".join(labels)
