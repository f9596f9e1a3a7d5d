"""How late a works project is at a moment, and what follows from its dates, money and contracts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.records.computed import common
from ckanext.patrasparticipation.records.computed.common import day, parts
from ckanext.patrasparticipation.records.computed.reading import first_change, number

Record = Mapping[str, Any]

UNDER_WAY = ("implementation", "completion", "suspended")
"""The stages in which a project that has no planned end cannot be called late, though it may be."""


def values(record: Record, now: datetime) -> dict[str, Any]:
    """The computed fields of a works project; a value that cannot be known is None.

    ``delay_days`` are days of the calendar, less than nothing for a project that ended early.
    """
    delay = delay_days(record, clock.today(now))
    started = day(record.get("actual_start_date")) or day(record.get("planned_start_date"))
    return {
        "delay_days": delay,
        "is_delayed": delay > 0 if delay is not None else None,
        "start_year": started.year if started else None,
        "funding_programme": _distinct(one.get("programme") for one in parts(record, "funding")),
        "cpv_division": _distinct(str(one.get("cpv") or "")[:2] for one in parts(record, "contracting")),
        "reminders": [*_reminders(record), *common.reminders(record, now)],
    }


def next_change(record: Record, now: datetime) -> datetime | None:
    """The next moment, in UTC, at which a computed field changes by itself: each midnight while late."""
    return first_change(values, record, now, _moments(record, now))


def delay_days(record: Record, today: date) -> int | None:
    """Days from the planned end to the actual one, or to today for a project that is not finished."""
    planned, ended = day(record.get("planned_end_date")), day(record.get("actual_end_date"))
    status = record.get("project_status")
    if planned is None or status == "cancelled":
        return None
    if ended is not None:
        return (ended - planned).days
    if status == "completed":
        return None
    return max((today - planned).days, 0)


def is_overpaid(record: Record) -> bool:
    """More was paid than the contracts are worth."""
    paid, worth = number(record.get("amount_paid")), number(record.get("contract_value"))
    return paid is not None and worth is not None and paid > worth


def _reminders(record: Record) -> Iterator[str]:
    if is_overpaid(record):
        yield "paid_over_contract"
    if record.get("project_status") in UNDER_WAY and not day(record.get("planned_end_date")):
        yield "planned_end_missing"


def _moments(record: Record, now: datetime) -> Iterator[datetime | None]:
    yield clock.end_of(clock.today(now))
    planned = day(record.get("planned_end_date"))
    yield clock.end_of(planned) if planned else None
    yield common.verification_ends(record)


def _distinct(codes: Iterator[Any]) -> list[str]:
    return [code for code in dict.fromkeys(codes) if code]
