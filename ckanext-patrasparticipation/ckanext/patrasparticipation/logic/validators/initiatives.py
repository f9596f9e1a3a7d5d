"""Rules about several fields of an initiative: its period, who runs it, its applications and its events."""

from __future__ import annotations

import uuid
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ckanext.patrasparticipation.logic.validators import flat
from ckanext.patrasparticipation.logic.validators.citizen_groups import refuse_half_position
from ckanext.patrasparticipation.records import ranges, spans

NOT_STARTED = ("idea",)


def participation_initiative_period(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Ask for a start unless it is an idea, for an end when completed; refuse an end before the start."""
    status, start, end = (flat.text(data, name) for name in ("initiative_status", "start_date", "end_date"))
    if not start and status not in NOT_STARTED and not errors.get(("start_date",)):
        message = tk._("Give the first day. Only an idea may be without one")
        flat.refuse(errors, ("start_date",), message)
    if errors.get(("end_date",)):
        return
    if status == "completed" and not end:
        message = tk._("It is completed: give the last day, or choose another state")
        flat.refuse(errors, ("end_date",), message)
    if not flat.in_order(start, end):
        message = tk._("The end lies before the start: check the two dates")
        flat.refuse(errors, ("end_date",), message)


def participation_initiative_somebody_runs_it(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Ask for a group or a body that runs it."""
    names = ("run_by", "lead_org")
    if any(flat.codes(data, name) or errors.get((name,)) for name in names):
        return
    message = tk._("Choose who runs it: a group of the catalogue here, or a lead body")
    flat.refuse(errors, ("run_by",), message)


def participation_application_in_order(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse a call that closes before it opens; ask how those who apply are chosen."""
    calls = list(flat.parts(data, "application"))
    for number, part in calls:
        if not flat.in_order(part.get("open_date"), part.get("close_date")):
            message = tk._("Applications close before they open: check the two dates")
            flat.refuse(errors, ("application", number, "close_date"), message)
    path = ("selection_model",)
    if calls and not flat.text(data, "selection_model") and not errors.get(path):
        flat.refuse(errors, path, tk._("There are applications: say how those who apply are chosen"))


def participation_event_ranges(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Make two days of a range that stands in an event's start; it belongs in ``before_validators``."""
    for number, part in flat.parts(data, "events"):
        start = part.get("start")
        days = ranges.split(start) if isinstance(start, str) and "end" not in part else None
        if days:
            data[("events", number, "start")], data[("events", number, "end")] = days


def participation_events_in_order(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse an event that ends before it begins; give each that has none its identifier."""
    taken: set[str] = set()
    for number, part in flat.parts(data, "events"):
        if not flat.in_order(part.get("start"), part.get("end")):
            message = tk._("The event ends before it begins: check the two dates")
            flat.refuse(errors, ("events", number, "end"), message)
        refuse_half_position(errors, "events", number, part)
        if part.get("uid") in (None, *taken):
            part["uid"] = data[("events", number, "uid")] = str(uuid.uuid4())
        taken.add(part["uid"])


def participation_duration(value: str) -> str:
    """Accept a length of time, in ISO 8601 or in words; gives ISO 8601."""
    found = spans.iso(value)
    if found is None:
        raise tk.Invalid(tk._("'{value}' is not a duration like “6 months” or P6M").format(value=value[:40]))
    return found


def participation_time_zone(value: str) -> str:
    """Accept the name of a time zone."""
    try:
        return ZoneInfo(value).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        message = tk._("'{value}' is not a time zone like Europe/Athens")
        raise tk.Invalid(message.format(value=value[:40])) from problem
