"""A spreadsheet as rows of one record type, each value with the cell it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ckan.plugins import toolkit as tk

from ..records.incoming import Incoming, is_empty
from .columns import KEY, KEY_LABEL, Column, Shape
from .headings import Headings, folded, label
from .opening import Sheet, Unreadable
from .values import Wrong, value

EXAMPLE = frozenset({"παραδειγμα", "example"})
"""What stands in the first column of rows that only show how."""
VALUE = 200
"""Letters of a cell's content that a problem shows."""
UNREAD = "__cells"
"""What the cells of a row that could not be read are called among its errors."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell, or with a whole row where no cell is named."""

    sheet: str
    cell: str
    row: int
    column: str
    value: str
    message: str
    expected: str = ""


@dataclass
class Row:
    """A record as the sheets have it.

    Args:
        number: from 0, in the order of the main sheet.
        line: its row in the main sheet, from 1.
        cells: where each field stands: field → (sheet, row, column of the sheet from 0).
    """

    number: int
    line: int
    sheet: str
    values: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def incoming(self) -> Incoming:
        """As it is handed to be written."""
        unread = {UNREAD: [problem.message for problem in self.problems]} if self.problems else {}
        return Incoming(self.number, self.values, unread, self.line)


@dataclass
class Table:
    """All rows; headings that no column has (sheet, heading, the closest); rows of parts of no row."""

    rows: list[Row]
    unknown: list[tuple[str, str, str]]
    problems: list[Problem] = field(default_factory=list)


def address(column: int, row: int) -> str:
    """``F12``; columns from 0, rows from 1."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def read(sheets: list[Sheet], shape: Shape, language: str) -> Table:
    """The rows of a type.

    Raises:
        Unreadable: no sheet has a heading of the type, or one heading stands twice.
    """
    main = Headings(shape.main)
    first = next((sheet for sheet in sheets if _is_main(sheet, main)), None)
    if first is None:
        wanted = ", ".join(label(column, language) for column in shape.main if column.required)
        sentence = tk._("No sheet has the headings of this type in its first row. Needed: {headings}.")
        raise Unreadable(sentence.format(headings=wanted))
    table = Table([], [])
    by_key: dict[str, Row] = {}
    for key, line, cells in _Body(first, main, table, language):
        row = Row(len(table.rows), line, first.name)
        for place, column, cell in cells:
            _take(row, row.values, column, cell, (first.name, line, place), language)
        table.rows.append(row)
        by_key.setdefault(key or str(row.number + 1), row)
    for name, columns in shape.parts.items():
        for sheet in sheets:
            if sheet is not first and folded(sheet.name) in _part_names(name, shape.part_labels[name]):
                _parts(name, _Body(sheet, Headings(columns), table, language), by_key, table)
    return table


def _is_main(sheet: Sheet, headings: Headings) -> bool:
    """Whether at least two of the first row's cells are headings of the type, a title among them."""
    if not sheet.rows:
        return False
    known = [headings.column(cell) for cell in sheet.rows[0][1] if headings.knows(cell)]
    return any(column and column.field == "title_translated" for column in known)


def _part_names(name: str, text: Mapping[str, str]) -> set[str]:
    return {folded(one[:31]) for one in (name, *text.values())} | {folded(sheet_name(text, name))}


def sheet_name(text: Mapping[str, str], name: str) -> str:
    """A sheet's name: the Greek label without what Excel forbids."""
    kept = "".join(letter for letter in text.get("el", name) if letter not in "[]:*?/\\'")
    return kept[:31].strip() or name[:31]


class _Body:
    """The rows of a sheet under its heading, without examples and a second row of headings."""

    def __init__(self, sheet: Sheet, headings: Headings, table: Table, language: str) -> None:
        self.sheet, self.headings, self.language = sheet, headings, language
        self.columns: dict[int, Column | None] = {}
        seen: set[str] = set()
        for place, heading in enumerate(sheet.rows[0][1] if sheet.rows else ()):
            text = str(heading or "").strip()
            if not text:
                continue
            if not headings.knows(text):
                table.unknown.append((sheet.name, text[:VALUE], headings.closest(text, language)))
                continue
            column = self.columns[place] = headings.column(text)
            if column and column.name in seen:
                raise Unreadable(tk._("The heading “{heading}” stands twice.").format(heading=text[:VALUE]))
            seen |= {column.name} if column else set()

    def __iter__(self) -> Iterator[tuple[str, int, Iterable[tuple[int, Column, Any]]]]:
        key_at = next((place for place, column in self.columns.items() if column is None), None)
        for line, cells in self.sheet.rows[1:]:
            key = _key(cells[key_at]) if key_at is not None and key_at < len(cells) else ""
            if folded(key) in EXAMPLE or self._is_headings(cells):
                continue
            found = [
                (place, column, cells[place])
                for place, column in self.columns.items()
                if column and place < len(cells)
            ]
            if any(not is_empty(cell) for _place, _column, cell in found):
                yield key, line, found

    def _is_headings(self, cells: list[Any]) -> bool:
        """A second row of headings, in the other language or by machine names."""
        filled = [(place, cell) for place, cell in enumerate(cells) if not is_empty(cell)]
        same = [
            place
            for place, cell in filled
            if place in self.columns
            and self.headings.knows(cell)
            and self.headings.column(cell) == self.columns[place]
        ]
        return len(same) > 1 and len(same) * 2 > len(filled)


def _key(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell or "").strip()


def _take(
    row: Row, into: dict[str, Any], column: Column, cell: Any, where: tuple[str, int, int], language: str
) -> None:
    """Put a cell's value into the record, or what is wrong with it among its problems."""
    row.cells[column.name] = where
    row.raw[column.name] = str(cell if cell is not None else "")[:VALUE]
    try:
        read_ = value(column, cell, language)
    except Wrong as wrong:
        sheet, line, place = where
        heading, raw = label(column, language), row.raw[column.name]
        problem = Problem(sheet, address(place, line), line, heading, raw, wrong.message, wrong.expected)
        row.problems.append(problem)
        return
    if column.language is None:
        into[column.field] = read_
        return
    texts = into.get(column.field)
    texts = texts if isinstance(texts, dict) else {}
    if read_ is not None:
        texts[column.language] = read_
    into[column.field] = texts or None


def _parts(name: str, body: _Body, by_key: dict[str, Row], table: Table) -> None:
    """Add the rows of a repeating part to their records."""
    for row in table.rows:
        row.values.setdefault(name, None)
    key_before = ""
    for key, line, cells in body:
        key_before = key or key_before
        found = by_key.get(key_before)
        if found is None:
            message, where = tk._("No row of the main sheet has this number"), address(0, line)
            heading = KEY_LABEL.get(body.language, KEY)
            problem = Problem(body.sheet.name, where, line, heading, key_before[:VALUE], message)
            table.problems.append(problem)
            continue
        part: dict[str, Any] = {}
        number = len(found.values[name] or ())
        for place, column, cell in cells:
            where_to = (body.sheet.name, line, place)
            _take(found, part, column, cell, where_to, body.language)
            found.cells[f"{name}.{number}.{column.field}"] = where_to
        if any(one is not None for one in part.values()):
            filled = {inner: one for inner, one in part.items() if one is not None}
            found.values[name] = [*(found.values[name] or ()), filled]
