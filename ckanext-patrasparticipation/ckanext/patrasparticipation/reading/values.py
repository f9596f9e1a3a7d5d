"""From the value of a filter to the value of its column's type, or a sentence that says what was expected."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any

from ckan.plugins import toolkit as tk

INTEGERS = frozenset({"int", "int2", "int4", "int8"})
FLOATS = frozenset({"float4", "float8"})
NUMBERS = INTEGERS | FLOATS | {"numeric"}
DAYS = frozenset({"date"})
MOMENTS = frozenset({"timestamp", "timestamptz"})
KNOWN = NUMBERS | DAYS | MOMENTS | {"bool", "text"}
"""Types that are compared as they are; any other column is compared as its text."""

NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?([eE][+-]?\d{1,3})?", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
MOMENT = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII)
BIGGEST = 2**63
SHOWN = 60
"""Letters of a wrong value that an error repeats."""


def typed(column: str, kind: str, value: Any) -> Any:
    """The value as PostgreSQL compares it with that column.

    Raises:
        tk.ValidationError: ``filters``; column, value and what was expected, in the reader's language.
    """
    try:
        return _reader(kind)(value)
    except (ValueError, ArithmeticError, TypeError) as error:
        sentence = tk._("Column {column}: {value} is not accepted; expected: {expected}.")
        told = sentence.format(column=column, value=shown(value), expected=expected(kind))
        raise tk.ValidationError({"filters": [told]}) from error


def expected(kind: str) -> str:
    """What a column of that type takes, in the reader's language."""
    if kind in INTEGERS:
        return tk._("a whole number")
    if kind in NUMBERS:
        return tk._("a number with a point before its decimals, like 38.25")
    if kind in DAYS:
        return tk._("a day like 2024-03-05")
    if kind in MOMENTS:
        return tk._("a day like 2024-03-05 or a moment in UTC like 2024-03-05T10:00:00")
    return tk._("true or false") if kind == "bool" else tk._("a text")


def shown(value: Any) -> str:
    """A value as an error repeats it: short, and without what cannot be printed."""
    text = "".join(letter if letter.isprintable() else "�" for letter in str(value)[: SHOWN + 1])
    return f"«{text[:SHOWN]}…»" if len(text) > SHOWN else f"«{text}»"


def _reader(kind: str) -> Callable[[Any], Any]:
    for kinds, reader in READERS:
        if kind in kinds:
            return reader
    return _text


def _integer(value: Any) -> int | Decimal:
    """A whole number where it is one, so that an index is of use; a fraction may bound a range."""
    number = _decimal(value)
    if number != number.to_integral_value():
        return number
    if not -BIGGEST <= number < BIGGEST:
        raise ValueError(value)
    return int(number)


def _float(value: Any) -> float:
    number = float(_decimal(value))
    if not math.isfinite(number):
        raise ValueError(value)
    return number


def _decimal(value: Any) -> Decimal:
    text = value.strip() if isinstance(value, str) else repr(value)
    if isinstance(value, bool) or not NUMBER.fullmatch(text):
        raise ValueError(value)
    return Decimal(text)


def _day(value: Any) -> date:
    if not isinstance(value, str) or not DAY.fullmatch(value.strip()):
        raise ValueError(value)
    return date.fromisoformat(value.strip())


def _moment(value: Any) -> datetime:
    """A moment in UTC; one that names its zone is moved there."""
    if not isinstance(value, str) or not MOMENT.fullmatch(value.strip()):
        raise ValueError(value)
    moment = datetime.fromisoformat(value.strip())
    return moment.astimezone(timezone.utc).replace(tzinfo=None) if moment.tzinfo else moment


def _zoned(value: Any) -> datetime:
    return _moment(value).replace(tzinfo=timezone.utc)


def _bool(value: Any) -> bool:
    found = {"true": True, "false": False}.get(str(value).strip().lower())
    if found is None:
        raise ValueError(value)
    return found


def _text(value: Any) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError(value)
    return text


READERS: tuple[tuple[frozenset[str], Callable[[Any], Any]], ...] = (
    (INTEGERS, _integer),
    (FLOATS, _float),
    (frozenset({"numeric"}), _decimal),
    (DAYS, _day),
    (frozenset({"timestamp"}), _moment),
    (frozenset({"timestamptz"}), _zoned),
    (frozenset({"bool"}), _bool),
)
