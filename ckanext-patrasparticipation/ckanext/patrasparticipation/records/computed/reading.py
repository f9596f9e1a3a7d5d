"""Read the values of a record, as it is shown or as it is being saved, for what is worked out of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import Any

from ckanext.patrasparticipation import clock

MOMENT = timedelta(microseconds=1)
Values = Callable[[Mapping[str, Any], datetime], Mapping[str, Any]]


def number(value: Any) -> Decimal | None:
    """The number that is shown (a number) or stored (its plain decimal text); nothing of anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def end_at(last: date, closing: Any) -> datetime:
    """The moment, in UTC, at which something ends: on its last day at an hour (``14:00``), or with it."""
    if not isinstance(closing, str) or not closing or closing.startswith("24"):
        return clock.end_of(last)
    hour = time.fromisoformat(closing)
    return datetime.combine(last, hour, clock.CITY).astimezone(timezone.utc)


def first_change(
    values: Values, record: Mapping[str, Any], now: datetime, moments: Iterable[datetime | None]
) -> datetime | None:
    """The first of the moments after now at which the values are others than just before it.

    Args:
        values: what is worked out of a record at a moment.
        moments: every moment, in UTC, at which something might change; what has no moment is None.
    """
    for moment in sorted({one for one in moments if one is not None and one > now}):
        if values(record, moment) != values(record, moment - MOMENT):
            return moment
    return None
