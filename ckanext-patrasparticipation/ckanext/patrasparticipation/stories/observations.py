"""The observations of an indicator, read from its table in the DataStore as the reader may see it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from ckan.plugins import toolkit as tk

from ..helpers.numbers import language
from . import words

ROLE = "observations"
MOST = 1000  # rows that a page reads; the rest is in the table
CITY = "3701"  # the whole municipality
PERIOD = re.compile(r"(?P<year>\d{4})(?:-Q(?P<quarter>[1-4])|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


@dataclass(frozen=True)
class Observation:
    """One value of the whole city, or of the one area that the table has."""

    period: str
    value: float | None
    status: str
    note: str
    doubtful: bool = False


@dataclass(frozen=True)
class Observations:
    """The series in the order of its periods, where it came from, and whether the table holds more."""

    rows: list[Observation]
    resource: dict[str, Any] | None
    more: bool


def table(record: Mapping[str, Any]) -> dict[str, Any] | None:
    """The resource whose table holds the observations; nothing until there is one."""
    there = (each for each in record.get("resources") or () if each.get("resource_role") == ROLE)
    return next((dict(each) for each in there if each.get("datastore_active")), None)


def read(record: Mapping[str, Any]) -> Observations:
    """The series of an indicator; empty where it has no table, or the reader may not see it."""
    kept = table(record)
    if not kept:
        return Observations([], None, False)
    asked = {"resource_id": kept["id"], "limit": MOST, "sort": "period", "include_total": False}
    try:
        rows = tk.get_action("datastore_search")({}, asked)["records"]
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return Observations([], kept, False)
    shown = series(rows)
    return Observations(shown, kept, len(rows) > len(shown))


def series(rows: list[dict[str, Any]]) -> list[Observation]:
    """The rows of one area without a breakdown: the city's own, else those of the area with most."""
    plain = [row for row in rows if not row.get("breakdown")] or rows
    areas = Counter(str(row.get("area_code") or CITY) for row in plain)
    area = CITY if CITY in areas else next(iter(areas.most_common(1)), ("", 0))[0]
    found: dict[str, dict[str, Any]] = {}
    for row in plain:
        if str(row.get("area_code") or CITY) == area:
            found.setdefault(str(row.get("period") or ""), row)
    return [observation(found[period]) for period in sorted(found, key=_order)]


def _order(period: str) -> str:
    """A quarter stands where its first month would."""
    quarter = re.fullmatch(r"(\d{4})-Q([1-4])", period)
    return f"{quarter[1]}-{int(quarter[2]) * 3 - 2:02}" if quarter else period


def observation(row: Mapping[str, Any]) -> Observation:
    """A row of the table; a value that is missing or confidential is none."""
    status = str(row.get("status") or "A")
    value = None if status in ("M", "S") else words.number(row.get("value"))
    period, note = str(row.get("period") or ""), str(row.get("note") or "")
    return Observation(period, value, status, note, bool(row.get("implausible")))


def known(rows: list[Observation]) -> list[Observation]:
    """Those that have a value which nobody doubts."""
    return [each for each in rows if each.value is not None and not each.doubtful]


def told_period(period: str) -> str:
    """A period as a person reads it; what is none stays as it is."""
    found = PERIOD.fullmatch(period)
    if not found:
        return period
    year, quarter, month, day = (found[name] for name in ("year", "quarter", "month", "day"))
    if quarter:
        return str(tk._("quarter {number} of {year}").format(number=quarter, year=year))
    if not month:
        return year
    try:
        when = date(int(year), int(month), int(day or 1))
    except ValueError:
        return period
    return str(format_date(when, "d MMM yyyy" if day else "LLL yyyy", locale=language()))
