"""The story of a project of works: how far it is, how late, what it costs, under which contracts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from .. import charts
from . import coded, shared, words

Record = Mapping[str, Any]

STATES = {
    "completed": "open",
    "implementation": "",
    "completion": "",
    "cancelled": "mute",
    "suspended": "late",
}
MONEY = ("budget_approved", "contract_value", "amount_paid")


def story(record: dict[str, Any]) -> dict[str, Any]:
    """``{tags, headline, progress, schedule, dates, money, contracts, milestones, funding}``."""
    return {
        "tags": tags(record),
        "headline": headline(record),
        "progress": progress(record),
        "schedule": schedule(record),
        "dates": dates(record),
        "money": money(record),
        "contracts": contracts(record),
        "milestones": milestones(record),
        "funding": shared.funding(record),
        "codes": [
            {"term": coded.part(record, "project_code", row, "scheme"), "told": str(row.get("value") or "")}
            for row in words.rows(record, "project_code")
        ],
    }


def state(record: Record) -> str:
    """Its stage, as staff typed it."""
    return str(record.get("project_status") or "")


def tags(record: Record) -> list[dict[str, str]]:
    """Stage, delay, kind."""
    found = [words.tag(coded.label(record, "project_status"), STATES.get(state(record), "mute"))]
    if late := delay(record):
        found.append(words.tag(tk._("{days} late").format(days=words.told_days(late)), "late"))
    found.append(words.tag(coded.label(record, "project_type")))
    return [tag for tag in found if tag["words"]]


def delay(record: Record) -> int:
    """Days behind the plan; 0 where it is in time, or nobody knows."""
    return max(int(words.number(record.get("delay_days")) or 0), 0)


def headline(record: Record) -> dict[str, str]:
    """The first sentence: ``{"words", "kind"}``, kind as in a consultation's outcome."""
    ended, planned = record.get("actual_end_date"), record.get("planned_end_date")
    late = delay(record)
    if state(record) == "completed":
        told = tk._("Completed on {day}").format(day=words.told_day(ended)) if ended else tk._("Completed")
        return {"words": str(told), "kind": "good"}
    if state(record) in ("cancelled", "suspended"):
        return {"words": coded.label(record, "project_status"), "kind": "plain"}
    if late:
        told = tk._("It was to be ready on {day}").format(day=words.told_day(planned))
        return {"words": str(told), "kind": "gap"}
    if planned:
        told = tk._("To be ready on {day}").format(day=words.told_day(planned))
        return {"words": str(told), "kind": "wait"}
    return {"words": str(tk._("No date of completion has been given")), "kind": "wait"}


def progress(record: Record) -> list[charts.Bar]:
    """Physical and financial progress beside the share of the planned time that has passed."""
    names = {
        "physical_progress": (tk._("Work done"), "good" if state(record) == "completed" else "first"),
        "financial_progress": (tk._("Money paid"), "second"),
    }
    marks = [
        charts.Mark(label, value, words.told_share(value / 100), kind)
        for name, (label, kind) in names.items()
        if (value := words.number(record.get(name))) is not None and 0 <= value <= 100
    ]
    passed = elapsed(record)
    if marks and passed is not None and state(record) not in ("completed", "cancelled"):
        marks.append(charts.Mark(tk._("Planned time passed"), passed * 100, words.told_share(passed), "no"))
    return charts.bars(marks, "progress", most=100.0)


def elapsed(record: Record) -> float | None:
    """The share of the planned time that has passed, between 0 and 1."""
    start, end = (words.day(record.get(name)) for name in ("planned_start_date", "planned_end_date"))
    if not start or not end or end <= start:
        return None
    return min(max((words.today() - start).days / (end - start).days, 0.0), 1.0)


def schedule(record: Record) -> Any:
    """The planned and the actual span on one scale; nothing where neither is known."""
    today = words.today()
    rows = []
    days = {name: words.day(record.get(f"{name}_date")) for name in _DATES}
    if days["planned_start"] and days["planned_end"] and days["planned_end"] >= days["planned_start"]:
        rows.append(charts.Span(tk._("Planned"), days["planned_start"], days["planned_end"], "no"))
    start = days["actual_start"]
    end = days["actual_end"] or today
    if start and start <= end:
        kind = "good" if days["actual_end"] else "first"
        rows.append(charts.Span(tk._("Actual"), start, end, kind, open=not days["actual_end"]))
    if not rows:
        return None
    about = "; ".join(
        f"{row.label}: {words.told_span(row.start.isoformat(), row.end.isoformat())}" for row in rows
    )
    drawing = charts.spans(rows, today, "schedule", str(tk._("Planned and actual time")), about)
    return {"drawing": drawing, "rows": rows}


_DATES = ("planned_start", "planned_end", "actual_start", "actual_end")


def dates(record: Record) -> list[dict[str, str]]:
    """Start and end as planned and as they came: ``[{"term", "planned", "actual"}]``."""
    rows = [("start", tk._("Start")), ("end", tk._("End"))]
    found = [
        {
            "term": term,
            "planned": words.told_day(record.get(f"planned_{name}_date")),
            "actual": words.told_day(record.get(f"actual_{name}_date")),
        }
        for name, term in rows
    ]
    return [row for row in found if row["planned"] or row["actual"]]


def money(record: Record) -> list[charts.Bar]:
    """Approved, contracted and paid on one scale."""
    kinds = {"budget_approved": "no", "contract_value": "second", "amount_paid": "first"}
    marks = [
        charts.Mark(
            coded.term(record, name), value, words.told_money(value, record.get("currency")), kinds[name]
        )
        for name in MONEY
        if (value := words.number(record.get(name))) is not None and value >= 0
    ]
    return charts.bars(marks, "money")


def contracts(record: Record) -> list[dict[str, str]]:
    """The contracts: ``{"adam", "ada", "url", "procedure", "supplier", "amount", "day", "cpv"}``."""
    return [
        {
            "adam": str(row.get("adam") or ""),
            "ada": str(row.get("ada") or ""),
            "url": words.diavgeia({"ada": row.get("ada")}),
            "procedure": coded.part(record, "contracting", row, "procedure"),
            "supplier": str(row.get("supplier") or ""),
            "amount": words.told_money(row.get("amount"), row.get("currency") or record.get("currency")),
            "day": words.told_day(row.get("signed_date")),
            "cpv": str(row.get("cpv") or ""),
        }
        for row in words.rows(record, "contracting")
    ]


def milestones(record: Record) -> list[dict[str, str]]:
    """The milestones by day: ``{"title", "due", "done", "status", "state"}``; state as in a timeline."""
    today = words.today()
    found = sorted(
        words.rows(record, "milestones"), key=lambda row: str(row.get("done") or row.get("due") or "9")
    )
    return [
        {
            "title": str(row.get("title") or ""),
            "due": words.told_day(row.get("due")),
            "done": words.told_day(row.get("done")),
            "status": coded.part(record, "milestones", row, "status"),
            "state": _reached(row, today),
        }
        for row in found
    ]


def _reached(row: Record, today: Any) -> str:
    done, due = words.day(row.get("done")), words.day(row.get("due"))
    if done or row.get("status") == "done":
        return "done"
    return "awaited" if due and due < today else "ahead"
