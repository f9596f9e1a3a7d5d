"""The dates of records that belong into a calendar: deadlines, openings and events. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Entry = dict[str, Any]
"""``kind``, ``key`` (stable within its record), ``title`` {el, en} or text, ``start``, ``end``, ``status`` …

``start`` and ``end`` are Athens' clock, a day ``2026-05-01`` or a moment ``2026-05-01T18:00``; what lasts for
days ends on its last day.
"""

KINDS = ("consultation_opens", "consultation_closes", "applications_open", "applications_close", "event")
GONE = ("cancelled",)


def of(record: Mapping[str, Any]) -> Iterator[Entry]:
    """Every entry of a record, as ``package_show`` gives it."""
    if record.get("type") == "consultation":
        yield from _consultation(record)
    elif record.get("type") == "initiative":
        yield from _initiative(record)


def _consultation(record: Mapping[str, Any]) -> Iterator[Entry]:
    status = "cancelled" if record.get("consultation_override") in GONE else "confirmed"
    if record.get("open_date"):
        yield _entry("consultation_opens", record, record["open_date"], status=status)
    if record.get("close_date"):
        close, hour = record["close_date"], str(record.get("close_time") or "")
        at = f"{close}T{hour}" if hour and hour != "24:00" else close
        yield _entry("consultation_closes", record, at, status=status)


def _initiative(record: Mapping[str, Any]) -> Iterator[Entry]:
    for number, call in enumerate(_parts(record, "application")):
        for kind, name in (("applications_open", "open_date"), ("applications_close", "close_date")):
            if call.get(name):
                yield _entry(kind, record, call[name], key=str(number), url=call.get("url"))
    for number, event in enumerate(_parts(record, "events")):
        if event.get("start"):
            yield _event(record, event, number)


def _event(record: Mapping[str, Any], event: Mapping[str, Any], number: int) -> Entry:
    entry = _entry("event", record, event["start"], key=str(event.get("uid") or number), url=event.get("url"))
    entry["title"] = event.get("title") or entry["title"]
    entry["end"] = event.get("end") or None
    entry["status"] = str(event.get("status") or "scheduled")
    for name in ("mode", "venue", "lat", "lon"):
        entry[name] = event.get(name) or None
    return entry


def _entry(kind: str, record: Mapping[str, Any], start: str, **more: Any) -> Entry:
    plain: Entry = {"end": None, "mode": None, "venue": None, "lat": None, "lon": None}
    plain |= {"kind": kind, "key": "", "start": start, "status": "confirmed", "url": None, **more}
    plain["title"] = record.get("title_translated") or record.get("title") or ""
    plain["changed"] = str(record.get("metadata_modified") or "")
    plain["record"] = {name: record.get(name) for name in ("id", "name", "type", "title", "title_translated")}
    return plain


def _parts(record: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = record.get(name)
    return [part for part in value if isinstance(part, Mapping)] if isinstance(value, list) else []


def within(entry: Entry, first: str | None, last: str | None) -> bool:
    """Whether an entry touches the days from ``first`` to ``last``, both inclusive; an open end has none."""
    start, end = str(entry["start"])[:10], str(entry["end"] or entry["start"])[:10]
    return (first is None or end >= first) and (last is None or start <= last)
