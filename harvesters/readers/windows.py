"""Slices of time for sources that answer only for so many days at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

DAY = timedelta(days=1)
Window = tuple[date, date]
"""The first day and the last one, both inside."""


def asked(options: Mapping[str, Any], today: date) -> Window:
    """The days that a source wants: ``from`` to ``to``, or to today."""
    start = date.fromisoformat(options["from"])
    return start, date.fromisoformat(options["to"]) if "to" in options else max(start, today)


def windows(start: date, end: date, days: int) -> Iterator[Window]:
    """All days from start to end, in slices of at most so many, none twice and none left out."""
    while start <= end:
        last = min(end, start + timedelta(days=days - 1))
        yield start, last
        start = last + DAY


def halves(window: Window) -> tuple[Window, Window] | None:
    """The two halves of a window; nothing for a single day."""
    start, end = window
    if start == end:
        return None
    middle = start + (end - start) // 2
    return (start, middle), (middle + DAY, end)
