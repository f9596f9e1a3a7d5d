"""Where a consultation stands at a moment, and what follows from its dates, votes and decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from ckanext.patrasparticipation import clock, config
from ckanext.patrasparticipation.records.computed import consultation_reminders
from ckanext.patrasparticipation.records.computed.common import day, parts
from ckanext.patrasparticipation.records.computed.reading import end_at, first_change, number

Record = Mapping[str, Any]

ANSWERS = ("report_date", "response_published_date")
"""The fields that say when the city answered."""


def values(record: Record, now: datetime) -> dict[str, Any]:
    """The computed fields of a consultation; a value that cannot be known is None.

    Shares are percent; days are whole days of the city's calendar.
    """
    opened, closed = day(record.get("open_date")), day(record.get("close_date"))
    answered = _days_after(closed, filter(None, (_since(record, name, now) for name in ANSWERS)))
    decided = _days_after(closed, _decision_days(record, now))
    found = {
        "consultation_status": stage(record, now),
        "duration_days": (closed - opened).days + 1 if opened and closed else None,
        "open_year": opened.year if opened else None,
        "turnout": turnout(record),
        "has_decision": bool(_decisions(record, now)),
        "closed_without_answer": is_without_answer(record, now),
        "days_to_report": answered,
        "days_to_decision": decided,
    }
    return found | {"reminders": consultation_reminders.codes(record, found, now)}


def next_change(record: Record, now: datetime) -> datetime | None:
    """The next moment, in UTC, at which a computed field changes by itself."""
    return first_change(values, record, now, _moments(record))


def stage(record: Record, now: datetime) -> str | None:
    """The stage: what staff set, else what report and decisions say, else what the dates say.

    A consultation is open on its closing day until its closing time, or the end of the day, in Athens. A
    report or decision counts from its day on, and not before the consultation closed.
    """
    override = record.get("consultation_override")
    if override:
        return str(override)
    opened, closed = day(record.get("open_date")), day(record.get("close_date"))
    if opened is None or closed is None:
        return None
    if now < clock.start_of(opened):
        return "announced"
    if now < end_at(closed, record.get("close_time")):
        return "open"
    if _decisions(record, now):
        return "decided"
    return "reported" if _since(record, "report_date", now) else "closed"


def turnout(record: Record) -> float | None:
    """How many percent of those entitled took part: by votes, or by people where each has several votes."""
    electorate = number(record.get("electorate"))
    per_person = number(record.get("votes_per_person")) or Decimal(1)
    voted = number(record.get("votes" if per_person == 1 else "participants"))
    return percent(voted, electorate)


def percent(part: Decimal | None, whole: Decimal | None) -> float | None:
    """The share in percent, one decimal; nothing where one of the two is not known, or the whole is 0."""
    if part is None or not whole:
        return None
    return float(round(part * 100 / whole, 1))


def answer_due(record: Record) -> date | None:
    """The last day on which an answer is still in time."""
    closed = day(record.get("close_date"))
    return closed + timedelta(days=config.answer_days()) if closed else None


def is_without_answer(record: Record, now: datetime) -> bool:
    """It closed, and so many days later (a setting) there is neither report, answer nor decision."""
    due = answer_due(record)
    if due is None or record.get("consultation_override") in ("cancelled", "implemented"):
        return False
    if now < clock.end_of(due):
        return False
    return not _decisions(record, now) and not any(_since(record, name, now) for name in ANSWERS)


def _since(record: Record, name: str, now: datetime) -> date | None:
    """The date in that field, once it has come."""
    found = day(record.get(name))
    return found if found and clock.start_of(found) <= now else None


def _decisions(record: Record, now: datetime) -> list[Mapping[str, Any]]:
    """The decisions issued by now, without those from before it opened, which cannot be about its result."""
    opened = day(record.get("open_date"))
    return [one for one in parts(record, "decisions") if _counts(day(one.get("issue_date")), opened, now)]


def _counts(issued: date | None, opened: date | None, now: datetime) -> bool:
    if issued is None:
        return True
    return clock.start_of(issued) <= now and (opened is None or issued >= opened)


def _decision_days(record: Record, now: datetime) -> Iterator[date]:
    issued = (day(one.get("issue_date")) for one in _decisions(record, now))
    yield from (one for one in issued if one)


def _days_after(closed: date | None, days: Iterator[date]) -> int | None:
    """Days from closing to the first of the days that is not before it."""
    after = [(one - closed).days for one in days if closed and one >= closed]
    return min(after, default=None)


def _moments(record: Record) -> Iterator[datetime | None]:
    """Every moment at which something may change."""
    opened, closed, due = day(record.get("open_date")), day(record.get("close_date")), answer_due(record)
    yield clock.start_of(opened) if opened else None
    yield end_at(closed, record.get("close_time")) if closed else None
    yield clock.end_of(due) if due else None
    begins = [day(record.get(name)) for name in ANSWERS]
    begins += [day(one.get("issue_date")) for one in parts(record, "decisions")]
    yield from (clock.start_of(one) for one in begins if one)
    yield from consultation_reminders.moments(record)
