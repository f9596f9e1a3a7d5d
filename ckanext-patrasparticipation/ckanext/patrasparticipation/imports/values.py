"""What a cell says, as ``package_create`` takes it; what cannot be read is told with what was expected.

Dates, numbers and the like are left to the validators, which read Greek; here a cell of a workbook becomes
text that they cannot misread, and a label becomes its code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from functools import cache
from typing import Any

from ckan.plugins import toolkit as tk

from ..records import vocabularies
from .columns import SEVERAL, Column
from .headings import folded

EMPTY = frozenset({"", "-", "—", "–", "n/a", "null"})
BETWEEN = re.compile(r"\s*[;\n|]\s*")
PAIR = re.compile(r"\s*(-?\d{1,3}[.,]\d+)\s*[;,\s]\s*(-?\d{1,3}[.,]\d+)\s*")
WHOLE = 1e15
Choices = tuple[tuple[str, Mapping[str, str]], ...]
SHOWN = 12
"""Labels that a message names before it stops."""


class Wrong(Exception):
    """The cell does not hold what its column wants; ``expected`` says what would do."""

    def __init__(self, message: str, expected: str = "") -> None:
        super().__init__(message)
        self.message, self.expected = message, expected


def value(column: Column, cell: Any, language: str) -> Any:
    """The value of a cell; nothing where it is empty.

    Raises:
        Wrong: a code that the column's list does not have, or a cell with an error of a formula.
    """
    text = _text(cell, column.kind)
    if text.casefold() in EMPTY:
        return None
    if text.startswith("#") and text.endswith(("!", "?", "/A")):
        raise Wrong(tk._("The cell holds an error of a formula"))
    if column.kind in SEVERAL:
        parts = list(dict.fromkeys(part for part in BETWEEN.split(text) if part))
        return [_code(column, part, language) for part in parts] if column.kind == "codes" else parts
    if column.kind == "code":
        return _code(column, text, language)
    return _place(text) if column.kind == "place" else text


def _text(cell: Any, kind: str) -> str:
    """A cell of a workbook as text; a number with a point is one that no Greek reads as thousands."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < WHOLE
        plain = str(int(cell)) if whole else format(cell, ".15g")
        return plain.replace(".", ",") if kind in ("number", "integer") else plain
    if isinstance(cell, datetime):
        midnight = cell.time() == time(0)
        return cell.date().isoformat() if midnight or kind == "date" else cell.isoformat(timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    if isinstance(cell, timedelta):
        minutes = int(cell.total_seconds()) // 60
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return str(cell if cell is not None else "").strip()


def _code(column: Column, text: str, language: str) -> str:
    """The code whose label, code or authority's address the cell has."""
    known = _codes(column)
    found = known.get(folded(text))
    if found is None and column.vocabulary:
        found = vocabularies.code_of(column.vocabulary, text)
    if found is not None:
        return found
    there = [_label(text_of, language) for _code_of, text_of in _choices(column)]
    near = get_close_matches(text, there, n=1, cutoff=0.6)
    expected = near[0] if near else ", ".join(there[:SHOWN]) + (", …" if len(there) > SHOWN else "")
    raise Wrong(tk._("“{value}” is not in the list").format(value=text[:100]), expected)


def _codes(column: Column) -> Mapping[str, str]:
    return _of_vocabulary(column.vocabulary) if column.vocabulary else _by_label(column.choices)


@cache
def _of_vocabulary(name: str) -> Mapping[str, str]:
    return _by_label(tuple((term.code, term.label) for term in vocabularies.terms(name).values()))


def _by_label(there: Choices) -> Mapping[str, str]:
    """Codes by everything that they may be called; a code wins over a label."""
    known = {folded(code): code for code, _text_of in reversed(there)}
    for code, text in there:
        for label in text.values():
            known.setdefault(folded(label), code)
    return known


def _choices(column: Column) -> Choices:
    if column.vocabulary:
        return tuple((term.code, term.label) for term in vocabularies.terms(column.vocabulary).values())
    return column.choices


def choices(column: Column, language: str) -> list[str]:
    """The labels of a column's list, in its order."""
    return [_label(text, language) for _code_of, text in _choices(column)]


def _label(text: Mapping[str, str], language: str) -> str:
    return text.get(language) or text["el"]


def _place(text: str) -> str:
    """GeoJSON as it is, and ``38.2466, 21.7346`` (latitude first, as maps copy it) as a point."""
    pair = PAIR.fullmatch(text)
    if not pair:
        return text
    latitude, longitude = (float(part.replace(",", ".")) for part in pair.groups())
    return json.dumps({"type": "Point", "coordinates": [longitude, latitude]})
