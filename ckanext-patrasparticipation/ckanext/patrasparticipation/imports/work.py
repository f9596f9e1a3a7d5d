"""Read a spreadsheet, try it, write it: what the page, the worker and the command line share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..records import incoming, indexing, slugs
from ..records.identity import title_of
from ..records.incoming import Outcome, Wish
from ..records.upsert import upsert
from . import columns, opening, problems, table
from .columns import Shape
from .table import Problem, Row, Table
from .values import BETWEEN

RELATIONS = ("name", "names")
"""Kinds of column that point at records: perhaps at one that stands further down."""

Told = Callable[[int, int], None]


@dataclass
class Sheet:
    """A spreadsheet that was read: its type's shape, its rows, and the language its problems are told in."""

    shape: Shape
    table: Table
    language: str

    @property
    def total(self) -> int:
        """Records in it."""
        return len(self.table.rows)


@dataclass
class Findings:
    """What an import, or its trial, tells: counts by outcome, problems by cell, drafts with their gaps."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    drafts: list[dict[str, Any]] = field(default_factory=list)
    kept: list[dict[str, Any]] = field(default_factory=list)

    def add(self, outcome: Outcome, sheet: Sheet) -> None:
        """Note what became of a row."""
        row = sheet.table.rows[outcome.number]
        self.counts[outcome.what] += 1
        if outcome.what == incoming.REFUSED and len(self.problems) < problems.MOST:
            self.problems += problems.of(row, outcome, sheet.shape, sheet.language)
        about = {"row": row.line, "title": outcome.title}
        if outcome.missing and len(self.drafts) < problems.MOST:
            self.drafts.append(about | {"missing": labels(sheet, outcome.missing)})
        if outcome.kept and len(self.kept) < problems.MOST:
            self.kept.append(about | {"kept": labels(sheet, outcome.kept)})


def read(path: Path, file_name: str, record_type: str, language: str) -> Sheet:
    """A spreadsheet of a type.

    Raises:
        Unreadable: it cannot be read as one.
        ObjectNotFound: there is no such type.
    """
    shape = columns.shape(record_type)
    return Sheet(shape, table.read(opening.sheets(path, file_name), shape, language), language)


def labels(sheet: Sheet, fields: Iterable[str]) -> list[str]:
    """The headings of fields."""
    named: dict[str, str] = {}
    for column in sheet.shape.main:
        named.setdefault(column.field, column.label[sheet.language])
    named |= {name: text[sheet.language] for name, text in sheet.shape.part_labels.items()}
    return [named.get(name, name) for name in fields]


def trial(sheet: Sheet, wish: Wish, told: Told = lambda done, total: None) -> Findings:
    """What would become of each row; nothing is written."""
    found = Findings(problems=list(sheet.table.problems))
    here = {name for row in sheet.table.rows for name in _names(row)}
    rows = [row.incoming for row in sheet.table.rows]
    for outcome in upsert(rows, wish, lambda done: told(done, sheet.total)):
        row = sheet.table.rows[outcome.number]
        if outcome.what == incoming.REFUSED and _points_down(row, outcome, sheet.shape, here):
            outcome.what = incoming.CREATED
        found.add(outcome, sheet)
    return found


def write(
    sheet: Sheet, wish: Wish, told: Told = lambda done, total: None, start: int = 0
) -> Iterator[Outcome]:
    """Write the rows from ``start`` on; those that point at records further down are tried again last."""
    rows = [row.incoming for row in sheet.table.rows]
    again: list[int] = []
    apart = sheet.total - start >= indexing.MANY
    for outcome in upsert(rows, wish, lambda done: told(done, sheet.total), start, apart):
        if points(outcome, sheet.shape):
            again.append(outcome.number)
        else:
            yield outcome
    if again:
        yield from upsert([rows[number] for number in again], wish)


def points(outcome: Outcome, shape: Shape) -> bool:
    """Whether a row was refused only because of records that it points at."""
    told = list(problems.fields(outcome.errors, shape))
    return bool(told) and all(column and column.kind in RELATIONS for column in told)


def _points_down(row: Row, outcome: Outcome, shape: Shape, here: set[str]) -> bool:
    """Whether the records that were not found stand in the same file."""
    if not points(outcome, shape):
        return False
    wanted = [row.raw.get(column.name, "") for column in problems.fields(outcome.errors, shape) if column]
    return all(part in here for text in wanted for part in BETWEEN.split(text) if part)


def _names(row: Row) -> Sequence[str]:
    """The address a row's record will have."""
    return [str(row.values.get("name") or "") or slugs.slug(title_of(row.values))]
