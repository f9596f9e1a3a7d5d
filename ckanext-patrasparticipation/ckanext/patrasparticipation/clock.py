"""The one clock: everything that depends on the time asks here, so that a test can move it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

CITY = ZoneInfo("Europe/Athens")
"""The clock on the city's wall: days of records begin and end by it, wherever the server stands."""


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(timezone.utc)


def today(moment: datetime) -> date:
    """The day it is in the city at that moment."""
    return moment.astimezone(CITY).date()


def start_of(day: date) -> datetime:
    """The moment, in UTC, at which a day begins in the city."""
    return datetime.combine(day, time(), CITY).astimezone(timezone.utc)


def end_of(day: date) -> datetime:
    """The moment, in UTC, at which the day after it begins in the city."""
    return start_of(day + timedelta(days=1))
