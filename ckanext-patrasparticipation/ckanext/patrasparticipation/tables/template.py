"""An empty file for a table with fixed columns: headings, notes, and the codes to choose from."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping

import xlsxwriter
from ckan.plugins import toolkit as tk

from ..schemas.definitions import Column, Feed

ROWS = 1000
"""Rows of the sheet that offer codes."""
WIDTH = 24
"""Letters of a column of the sheet."""


def columns(feed: Feed) -> list[Column]:
    """The columns that a person fills in."""
    return [column for column in feed.columns if not (feed.key_of and column.name == feed.key)]


def as_csv(feed: Feed, language: str) -> bytes:
    """The headings in a line, with semicolons, as Greek spreadsheets read it."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerow(
        [column.label[language] for column in columns(feed)]
    )
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(feed: Feed, language: str) -> bytes:
    """A workbook: headings with notes, codes as lists; the lists stand in a hidden sheet."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet(str(tk._("Data")))
        hidden = book.add_worksheet(str(tk._("Codes")))
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for place, column in enumerate(columns(feed)):
            sheet._write_string(0, place, column.label[language], bold)
            sheet.write_comment(0, place, note(column, language), {"x_scale": 2, "y_scale": 2})
            if choices := _choices(column, language):
                for row, choice in enumerate(choices):
                    hidden._write_string(row, place, choice)
                listed = f"='{hidden.name}'!{_range(place, len(choices))}"
                sheet.data_validation(1, place, ROWS, place, {"validate": "list", "source": listed})
        sheet.set_column(0, max(len(columns(feed)) - 1, 0), WIDTH)
        sheet.freeze_panes(1, 0)
        hidden.very_hidden()
    return target.getvalue()


WAYS: Mapping[str, tuple[str, Callable[[Feed, str], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}
"""How a template is written, by the ending of its name."""


def note(column: Column, language: str) -> str:
    """What is said of a column: what it means, its unit, and whether it must be filled."""
    parts = [column.about[language]]
    if column.unit:
        parts.append(str(tk._("Unit: {unit}.").format(unit=column.unit)))
    parts.append(str(tk._("Required.") if column.required else tk._("May be left empty.")))
    return " ".join(part for part in parts if part)


def _choices(column: Column, language: str) -> list[str]:
    if column.type == "boolean":
        return [str(tk._("yes")), str(tk._("no"))]
    return [choice.label[language] for choice in column.choices]


def _range(place: int, rows: int) -> str:
    name = xlsxwriter.utility.xl_col_to_name(place)
    return f"${name}$1:${name}${rows}"
