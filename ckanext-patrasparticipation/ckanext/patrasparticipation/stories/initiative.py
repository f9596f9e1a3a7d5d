"""The story of an initiative: when, by whom, how one takes part, what it brought, who pays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ckan.plugins import toolkit as tk

from . import bodies, coded, shared, words

Record = Mapping[str, Any]

STATES = {
    "open_for_participation": "open",
    "running": "open",
    "paused": "late",
    "cancelled": "mute",
    "idea": "mute",
}
APPLICATIONS = {"open": "open", "rolling": "open"}
COUNTS = (
    "participants_total",
    "beneficiaries_distinct",
    "enrolments_total",
    "volunteers_total",
    "volunteer_hours",
)


def story(record: dict[str, Any]) -> dict[str, Any]:
    """``{tags, when, part, counts, funding, events, evaluation, partners, outcome}``."""
    return {
        "tags": tags(record),
        "when": words.told_span(record.get("start_date"), record.get("end_date")),
        "part": part(record),
        "counts": counts(record),
        "funding": shared.funding(record),
        "events": events(record),
        "evaluation": evaluation(record),
        "partners": partners(record),
        "lead": bodies.named(record, "lead_org"),
        "outcome": words.text(record, "expected_outcome"),
        "kinds": coded.labels(record, "expected_outcomes"),
    }


def tags(record: Record) -> list[dict[str, str]]:
    """Status, applications, kind, sustainability."""
    found = [
        words.tag(
            coded.label(record, "initiative_status"), STATES.get(str(record.get("initiative_status")), "")
        ),
    ]
    if record.get("application_status") in APPLICATIONS:
        state = coded.label(record, "application_status").lower()
        found.append(words.tag(tk._("applications: {state}").format(state=state), "open"))
    found.append(words.tag(coded.label(record, "initiative_type")))
    return [tag for tag in found if tag["words"]]


def part(record: Record) -> list[dict[str, Any]]:
    """How to take part: ``[{"span", "channels", "url", "documents"}]``, the calls that are not over first."""
    today = words.today()
    rows = [
        {
            "span": words.told_span(row.get("open_date"), row.get("close_date")),
            "channels": coded.part(record, "application", row, "channel"),
            "url": str(row.get("url") or ""),
            "documents": str(row.get("documents") or ""),
            "over": bool((closes := words.day(row.get("close_date"))) and closes < today),
        }
        for row in words.rows(record, "application")
    ]
    return sorted(rows, key=lambda row: bool(row["over"]))


def counts(record: Record) -> list[dict[str, str]]:
    """How many people: what was counted, and ``<5`` where the count would tell too much."""
    hidden = record.get("suppressed_counts") or []
    least = words.told_number(record.get("k_threshold") or 5)
    return words.terms(
        (coded.term(record, name), f"<{least}" if name in hidden else words.told_number(record.get(name)))
        for name in COUNTS
    )


def events(record: Record) -> dict[str, list[dict[str, str]]]:
    """``{"ahead", "past"}``, the next first; each event ``{title, when, where, mode, url, state}``."""
    now = words.today().isoformat()
    rows = sorted(words.rows(record, "events"), key=lambda row: str(row.get("start") or "9"))
    ahead = [row for row in rows if str(row.get("end") or row.get("start") or "9")[:10] >= now]
    past = [row for row in reversed(rows) if row not in ahead]
    return {"ahead": [_event(record, row) for row in ahead], "past": [_event(record, row) for row in past]}


def _event(record: Record, row: Record) -> dict[str, str]:
    status = str(row.get("status") or "")
    return {
        "title": str(row.get("title") or ""),
        "start": str(row.get("start") or ""),
        "when": when(row.get("start"), row.get("end")),
        "where": str(row.get("venue") or ""),
        "mode": coded.part(record, "events", row, "mode"),
        "url": str(row.get("url") or ""),
        "state": coded.part(record, "events", row, "status") if status not in ("", "scheduled") else "",
    }


def when(start: Any, end: Any) -> str:
    """``7 Μαΐου 2026, 18:00–20:00``; several days as a span of days."""
    try:
        first = datetime.fromisoformat(str(start))
    except ValueError:
        return ""
    last = words.day(end)
    if last and last != first.date():
        return words.told_span(start, end)
    hour = f", {first:%H:%M}" if "T" in str(start) else ""
    if hour and "T" in str(end):
        hour += f"–{datetime.fromisoformat(str(end)):%H:%M}"
    return words.told_day(start) + hour


def evaluation(record: Record) -> list[dict[str, str]]:
    """How it was judged, newest first: ``{"day", "evaluator", "method", "verdict", "url"}``."""
    rows = sorted(words.rows(record, "evaluation"), key=lambda row: str(row.get("date") or ""), reverse=True)
    return [
        {
            "day": words.told_day(row.get("date")),
            "evaluator": str(row.get("evaluator") or ""),
            "method": str(row.get("method") or ""),
            "verdict": coded.part(record, "evaluation", row, "verdict"),
            "url": str(row.get("url") or ""),
        }
        for row in rows
    ]


def partners(record: Record) -> list[dict[str, str]]:
    """Who takes part: ``{"name", "country", "role", "url"}``."""
    return [
        {
            "name": str(row.get("name") or ""),
            "country": coded.part(record, "partners", row, "country"),
            "role": coded.part(record, "partners", row, "role"),
            "url": str(row.get("url") or ""),
        }
        for row in words.rows(record, "partners")
    ]
