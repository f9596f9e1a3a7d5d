"""Search by date: the days a reader gives, as filters on the period that the data cover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.search import address

SHOWN = 40  # letters of a wrong value that a message repeats


@dataclass(frozen=True)
class Period:
    """The first and the last day asked for, and what is wrong with what was given, by name."""

    first: date | None = None
    last: date | None = None
    problems: Mapping[str, str] = field(default_factory=dict)


def read(given: Mapping[str, Any]) -> Period:
    """The period in an address or in the extras of a search; what is empty or absent is open."""
    days: dict[str, date | None] = {}
    problems: dict[str, str] = {}
    for name in (address.FROM, address.TO):
        try:
            days[name] = _day(given.get(name))
        except ValueError:
            problems[name] = tk._(
                "“{value}” is not a day. Expected year-month-day, for example 2024-12-31."
            ).format(value=str(given[name])[:SHOWN])
    first, last = days.get(address.FROM), days.get(address.TO)
    if first and last and last < first:
        problems[address.TO] = tk._(
            "The period ends ({last}) before it begins ({first}). Expected an end on the same day or later."
        ).format(first=first.isoformat(), last=last.isoformat())
    return Period(first, last, problems)


def _day(value: Any) -> date | None:
    """A day as ISO writes it; raises ``ValueError`` for anything else, other ISO forms too."""
    value = (
        value[0] if isinstance(value, list) and value else value
    )  # said twice: the first, as in a page's form
    text = "" if value is None else str(value).strip()
    if not text:
        return None
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError(text)
    return day


def filters(period: Period) -> list[str]:
    """The filters for Solr: the data's period touches the asked one.

    An end that a record leaves open reaches for ever; a record without any period is not found.
    """
    if not (period.first or period.last):
        return []
    found = ["+(covers_from:[* TO *] OR covers_to:[* TO *])"]
    if period.first:
        found.append(f"+(covers_to:[{period.first}T00:00:00Z TO *] OR (*:* -covers_to:[* TO *]))")
    if period.last:
        found.append(f"+(covers_from:[* TO {period.last}T23:59:59Z] OR (*:* -covers_from:[* TO *]))")
    return found
