"""What came of a consultation, in numbers: its dates, counts, options, proposals, decisions and works."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ckanext.patrasparticipation.records import chain
from ckanext.patrasparticipation.records.chain import Record
from ckanext.patrasparticipation.records.computed.common import day, parts

COUNTS = ("visits", "participants", "contributions", "comments", "proposals", "supports", "votes")
FATES = {
    "accepted": "proposals_accepted",
    "partly_accepted": "proposals_partly",
    "rejected": "proposals_rejected",
    "unanswered": "proposals_unanswered",
}


def summary(consultation: Record, works: Sequence[Record]) -> dict[str, Any]:
    """The answer of ``participation_outcome_summary``, whose docstring gives its shape.

    Args:
        consultation: as ``package_show`` gives it, with what the catalogue computes.
        works: the works it led to that the reader may see.
    """
    dates = _dates(consultation, works)
    return {
        "id": consultation["id"],
        "name": consultation["name"],
        "title": chain.title(consultation),
        "status": consultation.get("consultation_status"),
        "dates": {name: found.isoformat() if found else None for name, found in dates.items()},
        "durations": _durations(dates, count(consultation.get("days_to_decision"))),
        "counts": {name: count(consultation.get(name)) for name in COUNTS},
        "electorate": count(consultation.get("electorate")),
        "turnout": consultation.get("turnout"),
        "options": _options(consultation),
        "proposals": _proposals(consultation),
        "outcome": {
            "result": consultation.get("outcome_result") or None,
            "summary": consultation.get("outcome_summary_translated") or None,
        },
        "decisions": [_decision(one) for one in parts(consultation, "decisions")],
        "works": [_work(project) for project in works],
        "closed_without_answer": bool(consultation.get("closed_without_answer")),
    }


def _dates(consultation: Record, works: Iterable[Record]) -> dict[str, date | None]:
    """The day of each step; the first of several."""
    opened = day(consultation.get("open_date"))
    issued = [day(one.get("issue_date")) for one in parts(consultation, "decisions")]
    return {
        "open": opened,
        "close": day(consultation.get("close_date")),
        "report": day(consultation.get("report_date")),
        "response": day(consultation.get("response_published_date")),
        "decision": _first(one for one in issued if one and (opened is None or one >= opened)),
        "works_start": _first(day(project.get("actual_start_date")) for project in works),
    }


def _first(days: Iterable[date | None]) -> date | None:
    return min((found for found in days if found), default=None)


def _durations(dates: Mapping[str, date | None], decided: int | None) -> dict[str, int | None]:
    """Days open, both ends counted, and days from the closing day to what followed it.

    ``decided`` is what the catalogue computes: only decisions that have come and are about the result count.
    """
    opened, closed = dates["open"], dates["close"]
    return {
        "open": (closed - opened).days + 1 if opened and closed else None,
        "to_report": _after(closed, dates["report"]),
        "to_response": _after(closed, dates["response"]),
        "to_decision": decided,
        "to_works_start": _after(closed, dates["works_start"]),
    }


def _after(closed: date | None, when: date | None) -> int | None:
    return (when - closed).days if when and closed and when >= closed else None


def count(value: Any) -> int | None:
    """A number as a whole one; nothing where nobody gave any, which is not the same as zero."""
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


def _share(part: int | None, whole: int) -> float | None:
    """Percent, one decimal, as the catalogue shows shares."""
    return round(100 * part / whole, 1) if part is not None and whole else None


def _options(consultation: Record) -> list[dict[str, Any]]:
    given = parts(consultation, "options")
    votes = [count(one.get("votes")) for one in given]
    total = sum(each for each in votes if each is not None)
    return [
        {"label": one.get("label"), "votes": own, "weight": one.get("weight"), "share": _share(own, total)}
        for one, own in zip(given, votes, strict=True)
    ]


def _proposals(consultation: Record) -> dict[str, int | None]:
    fates = {state: count(consultation.get(name)) for state, name in FATES.items()}
    return {"total": count(consultation.get("proposals")), **fates}


def _decision(one: Record) -> dict[str, Any]:
    url = one.get("url") or (chain.DIAVGEIA + one["ada"] if one.get("ada") else None)
    names = {"ada": "ada", "title": "title", "body": "body", "date": "issue_date", "result": "result"}
    return {name: one.get(given) or None for name, given in names.items()} | {"url": url}


def _work(project: Record) -> dict[str, Any]:
    return {
        "id": project["id"],
        "name": project["name"],
        "type": project["type"],
        "title": chain.title(project),
        "status": project.get("project_status"),
        "start_date": project.get("actual_start_date") or project.get("planned_start_date") or None,
        "end_date": project.get("actual_end_date") or project.get("planned_end_date") or None,
    }
