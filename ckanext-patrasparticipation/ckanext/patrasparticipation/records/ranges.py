"""Days as they stand in announcements: `13-15/11/2023` is two days, the first and the last."""

from __future__ import annotations

import re
from datetime import date

SIGN = r"\s*(?:-|–|—|έως|ως|to)\s*"
DAY = r"(\d{1,2})"
REST = r"[/.](\d{1,2})"
YEAR = r"[/.](\d{4})"
# The first day says less than the last where they have it in common: its month, its year.
FORMS = (
    re.compile(DAY + SIGN + DAY + REST + YEAR),
    re.compile(DAY + REST + SIGN + DAY + REST + YEAR),
    re.compile(DAY + REST + YEAR + SIGN + DAY + REST + YEAR),
)


def split(text: str) -> tuple[str, str] | None:
    """The first and the last day of a range, in ISO; nothing when the text is none or names no real days.

    Args:
        text: ``13-15/11/2023``, ``28/11-2/12/2023`` or ``28/12/2023 - 3/1/2024``; points may be slashes.
    """
    for form in FORMS:
        if found := form.fullmatch(text.strip()):
            return _days([int(part) for part in found.groups()])
    return None


def _days(numbers: list[int]) -> tuple[str, str] | None:
    """The two days of as many numbers as their form has; the last three are always the last day."""
    *first, last_day, last_month, last_year = numbers
    day, month, year = (*first, *(last_month, last_year)[len(first) - 1 :])
    try:
        begin, end = date(year, month, day), date(last_year, last_month, last_day)
    except ValueError:
        return None
    return (begin.isoformat(), end.isoformat()) if begin <= end else None
