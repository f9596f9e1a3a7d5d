"""What a cell of a workbook says, as text: whole numbers without a point, days and times as ISO."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

WHOLE = 1e15
"""Above this a float does not tell whole numbers apart any more."""
ERRORS = frozenset(("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"))
DAY_ZERO = 1900
"""Days before are Excel's zero: 1899-12-30, 1899-12-31, 1900-01-00."""


def text(value: Any, notes: Counter[str]) -> str:
    """A cell as text; errors of formulas and days that are Excel's zero become nothing, and are counted."""
    if isinstance(value, str):
        if value.strip() in ERRORS:
            notes["formula_errors"] += 1
            return ""
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < WHOLE else repr(value)
    return _moment(value, notes)


def _moment(value: Any, notes: Counter[str]) -> str:
    if isinstance(value, date) and value.year < DAY_ZERO or value == time(0):
        notes["zero_dates"] += 1
        return ""
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)
