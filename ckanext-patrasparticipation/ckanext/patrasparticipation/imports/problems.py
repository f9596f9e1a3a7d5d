"""What the catalogue refused, said by cell: where it stands, what is there, and what was expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from ..records.incoming import Outcome
from .columns import Column, Shape
from .headings import label
from .table import UNREAD, Problem, Row, address

MOST = 1000
"""Problems that an import keeps, and a page shows."""


def of(row: Row, outcome: Outcome, shape: Shape, language: str) -> list[Problem]:
    """The problems of a refused row: the cells that could not be read, then what is wrong with the others."""
    unread = {problem.cell for problem in row.problems}
    found = [
        _problem(row, name, message, shape, language)
        for name, message in _flat(outcome.errors)
        if message and name != UNREAD
    ]
    return row.problems + [problem for problem in found if not problem.cell or problem.cell not in unread]


def fields(errors: Mapping[str, Any], shape: Shape) -> list[Column | None]:
    """The column of each error; nothing for one that no column has."""
    return [_column(name, shape) for name, _message in _flat(errors)]


def _flat(errors: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """``title_translated-el``, ``theme``, ``options.0.label`` with each of their messages."""
    for name, told in errors.items():
        for place, one in enumerate(told if isinstance(told, list | tuple) else [told]):
            if isinstance(one, Mapping):
                yield from ((f"{name}.{place}.{inner}", message) for inner, message in _flat(one))
            else:
                yield name, str(one)


def _problem(row: Row, name: str, message: str, shape: Shape, language: str) -> Problem:
    column = _column(name, shape)
    key = name if name in row.cells else column.name if column else ""
    sheet, line, place = row.cells.get(key, (row.sheet, row.line, -1))
    heading = label(column, language) if column else "" if name.startswith("__") else name
    cell = address(place, line) if place >= 0 else ""
    return Problem(sheet, cell, line, heading, row.raw.get(column.name if column else key, ""), message)


def _column(name: str, shape: Shape) -> Column | None:
    field, *rest = name.split(".")
    if len(rest) == 2 and field in shape.parts:
        return next((column for column in shape.parts[field] if column.field == rest[1]), None)
    own, _, language = field.partition("-")
    own = f"{own}_translated" if own in ("title", "notes") else own
    fitting = [column for column in shape.main if column.field == own]
    return next(
        (one for one in fitting if one.language == (language or "el")), fitting[0] if fitting else None
    )


def plain(problem: Problem) -> dict[str, Any]:
    """As it is kept and answered."""
    return asdict(problem)


def unknown(table_unknown: list[tuple[str, str, str]]) -> list[dict[str, str]]:
    """Headings that no column has, as they are answered."""
    return [{"sheet": sheet, "heading": heading, "closest": near} for sheet, heading, near in table_unknown]
