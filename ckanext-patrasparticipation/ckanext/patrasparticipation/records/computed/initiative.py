"""What an initiative is at a moment: whether it takes applications, and whether anybody looks after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from ckanext.patrasparticipation import clock, config
from ckanext.patrasparticipation.records import spans
from ckanext.patrasparticipation.records.computed import common

RUNNING = "running"
BEST_FIRST = ("open", "rolling", "not_open", "closed")


def values(record: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The computed fields of an initiative.

    Returns:
        ``start_year``: of its first day. ``stale``: of a running one, whether nobody has changed it for
        months. ``application_status``: the most open state of its calls. ``funding_programme``,
        ``partner_name``, ``partner_country``: each once. ``reminders``: what editors should look at. What
        does not apply is empty.
    """
    start, today = common.day(record.get("start_date")), clock.today(now)
    states = [application_state(part, today) for part in common.parts(record, "application")]
    stale_from = becomes_stale(record)
    return {
        "start_year": start.year if start else None,
        "stale": stale_from <= now if stale_from else None,
        "application_status": next((each for each in BEST_FIRST if each in states), None),
        "funding_programme": _each_once(record, "funding", "programme"),
        "partner_name": _each_once(record, "partners", "name"),
        "partner_country": _each_once(record, "partners", "country"),
        "reminders": _reminders(record, now),
    }


def next_change(record: Mapping[str, Any], now: datetime) -> datetime | None:
    """The next moment at which a call opens or closes, its end passes, or it becomes stale."""
    moments = [becomes_stale(record), runs_over(record), common.verification_ends(record)]
    for part in common.parts(record, "application"):
        opens, closes = common.day(part.get("open_date")), common.day(part.get("close_date"))
        moments += [clock.start_of(opens) if opens else None, clock.end_of(closes) if closes else None]
    return common.first_after(now, moments)


def application_state(call: Mapping[str, Any], today: date) -> str:
    """The state of a call on a day: its last day is open to the end; one without a last day is rolling."""
    opens, closes = common.day(call.get("open_date")), common.day(call.get("close_date"))
    if opens is not None and today < opens:
        return "not_open"
    if closes is None:
        return "rolling"
    return "open" if today <= closes else "closed"


def becomes_stale(record: Mapping[str, Any]) -> datetime | None:
    """The moment at which a running initiative has gone without a change for the setting's months."""
    changed = common.moment(record.get("metadata_modified"))
    if record.get("initiative_status") != RUNNING or changed is None:
        return None
    day: date = spans.months_later(changed.date(), config.stale_months())
    return datetime.combine(day, time(changed.hour, changed.minute, changed.second), changed.tzinfo)


def runs_over(record: Mapping[str, Any]) -> datetime | None:
    """The moment from which an initiative is called running although its last day has passed."""
    last = common.day(record.get("end_date"))
    return clock.end_of(last) if last and record.get("initiative_status") == RUNNING else None


def _reminders(record: Mapping[str, Any], now: datetime) -> list[str]:
    over, found = runs_over(record), common.reminders(record, now)
    if over is not None and over <= now:
        found.append("running_after_end")
    resources = common.parts(record, "resources")
    has_criteria = any(part.get("resource_role") == "criteria" for part in resources)
    if record.get("selection_model") == "points" and not has_criteria:
        found.append("criteria_missing")
    return found


def _each_once(record: Mapping[str, Any], name: str, inner: str) -> list[str]:
    return list(dict.fromkeys(part[inner] for part in common.parts(record, name) if part.get(inner)))
