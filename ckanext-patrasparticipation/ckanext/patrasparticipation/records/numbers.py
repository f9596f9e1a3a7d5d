"""Numbers as people and programs write them: `5.525,00 €` in, a decimal out."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

# 5.525,00 and 5.525 (a Greek's thousands), 5525,5; with a point alone three digits behind it are thousands.
GREEK = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?")
PLAIN = re.compile(r"[+-]?\d+(\.\d+)?")
AROUND = re.compile(r"€|EUR|ευρώ|%|[\s\u00a0\u202f]", re.IGNORECASE)
MOST_DIGITS = 30


def decimal(value: Any) -> Decimal | None:
    """The number that a text or a number says; nothing when it says none.

    A text is read as a Greek writes it (``5.525,00 €``) where it can be, else as a program does (``5525.5``).
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    text = AROUND.sub("", str(value))
    if isinstance(value, str) and GREEK.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    elif isinstance(value, str) and not PLAIN.fullmatch(text):
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and len(found.as_tuple().digits) <= MOST_DIGITS else None


def shown(value: Any) -> Any:
    """A stored number as JSON has it: whole where it is, else with its decimals; other values as they are.

    What is stored has a point before its decimals and nothing between its thousands.
    """
    if not isinstance(value, str) or not PLAIN.fullmatch(value):
        return value
    found = Decimal(value)
    return int(found) if found == found.to_integral_value() else float(found)


def shown_boolean(value: Any) -> Any:
    """``true`` or ``false`` as JSON has it; other values as they are."""
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value
