"""Entries as an iCalendar file (RFC 5545), which calendar programs subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from typing import Any

import icalendar

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.syndication.entries import Entry

STATUS = {"cancelled": "CANCELLED", "postponed": "TENTATIVE"}
EPOCH = datetime(2020, 1, 1, tzinfo=timezone.utc)
"""From here the seconds are counted that say which edition of an entry is the newer one."""
MIME = "text/calendar; charset=utf-8"


def file(title: str, entries: Iterable[tuple[Entry, dict[str, str]]], host: str) -> bytes:
    """The calendar.

    Args:
        title: what calendar programs call it.
        entries: each with its words for the reader: ``title``, ``about``, ``category``, ``page`` (address).
        host: the site's, for identifiers that stay the same however often the file is asked for.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{host}//participation//EL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", clock.CITY.key)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for entry, words in entries:
        calendar.add_component(_event(entry, words, host))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def identifier(entry: Entry, host: str) -> str:
    """The entry's UID: it never changes, whatever else of it does."""
    key = f"{entry['key']}." if entry["key"] else ""
    return f"{entry['kind']}.{key}{entry['record']['id']}@{host}"


def _event(entry: Entry, words: dict[str, str], host: str) -> icalendar.Event:
    event = icalendar.Event()
    changed = _changed(entry)
    event.add("uid", identifier(entry, host))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", max(0, int((changed - EPOCH).total_seconds())))
    event.add("summary", words["title"])
    event.add("description", words["about"])
    event.add("categories", [words["category"]])
    event.add("url", words["page"])
    event.add("status", STATUS.get(entry["status"], "CONFIRMED"))
    for name, value in _when(entry).items():
        event.add(name, value)
    if entry["venue"]:
        event.add("location", entry["venue"])
    if entry["lat"] is not None and entry["lon"] is not None:
        event.add("geo", (float(entry["lat"]), float(entry["lon"])))
    return event


def _when(entry: Entry) -> dict[str, Any]:
    """Start and end; a day's end is the day after it, as the format wants it."""
    start, end = _moment(entry["start"]), _moment(entry["end"]) if entry["end"] else None
    if isinstance(start, datetime):
        if isinstance(end, datetime):
            return {"dtstart": start, "dtend": max(start, end)}
        if end is not None:  # begins at an hour, ends on a day
            return {"dtstart": start, "dtend": datetime.combine(end, start.time(), clock.CITY)}
        return {"dtstart": start}
    last = end.date() if isinstance(end, datetime) else end or start
    return {"dtstart": start, "dtend": max(start, last) + timedelta(days=1)}


def _moment(text: str) -> date | datetime:
    if len(text) == 10:
        return date.fromisoformat(text)
    return datetime.fromisoformat(text).replace(tzinfo=clock.CITY)


def _changed(entry: Entry) -> datetime:
    text = entry["changed"] or EPOCH.isoformat()
    found = datetime.fromisoformat(text).replace(microsecond=0)
    return found if found.tzinfo else found.replace(tzinfo=timezone.utc)
