"""The story of a consultation: what came of it first, then what people said, when, and in which papers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from .. import charts
from . import bodies, coded, words

Record = Mapping[str, Any]

STAGES = {"announced": "", "open": "open", "closed": "late", "cancelled": "mute", "archived": "mute"}
"""The kind of badge of a stage; the others are plain."""
OUTCOMES = {"adopted": "good", "adopted_with_changes": "good", "partly_adopted": "good", "pending": "wait"}
FATES = (
    ("proposals_accepted", "good"),
    ("proposals_partly", "part"),
    ("proposals_rejected", "no"),
    ("proposals_unanswered", "gap"),
)
COUNTED = ("participants", "contributions", "comments", "supports", "votes", "visits")


def story(record: dict[str, Any]) -> dict[str, Any]:
    """``{tags, outcome, part, tally, proposals, counts, steps, decisions}``; the unknown is None or empty."""
    return {
        "tags": tags(record),
        "outcome": outcome(record),
        "part": part(record),
        "tally": tally(record),
        "proposals": proposals(record),
        "counts": counts(record),
        "steps": steps(record),
        "decisions": decisions(record),
        "with": bodies.named(record, "co_organisers"),
        "legal": [row for row in words.rows(record, "legal_basis") if row.get("label")],
    }


def stage(record: Record) -> str:
    """The computed stage."""
    return str(record.get("consultation_status") or "")


def tags(record: Record) -> list[dict[str, str]]:
    """Its stage, its days and its kind."""
    found = []
    if stage(record):
        label = coded.label(record, "consultation_status")
        found.append(words.tag(label, STAGES.get(stage(record), "")))
    found.append(words.tag(when(record)))
    found.append(words.tag(coded.label(record, "consultation_type")))
    if record.get("binding"):
        found.append(words.tag(tk._("Binding"), ""))
    return [tag for tag in found if tag["words"]]


def when(record: Record) -> str:
    """``5 ημέρες, 3–7 Μαρτίου 2025``."""
    span = words.told_span(record.get("open_date"), record.get("close_date"))
    days = record.get("duration_days")
    return f"{words.told_days(int(days))}, {span}" if days and span else span


def outcome(record: Record) -> dict[str, Any]:
    """What came of it, or what is awaited: ``{"words", "kind", "text", "other"}``.

    ``kind``: good (something was adopted), plain (another result), wait (nothing to answer yet), gap (an
    answer is due).
    """
    result = record.get("outcome_result")
    told = words.text(record, "outcome_summary")
    if result:
        return {
            "words": coded.label(record, "outcome_result"),
            "kind": OUTCOMES.get(str(result), "plain"),
            **told,
        }
    return {**_awaited(record), "other": ""}


def _awaited(record: Record) -> dict[str, str]:
    now, closes = stage(record), words.day(record.get("close_date"))
    if now == "announced":
        opens = words.told_day(record.get("open_date"))
        return {"words": tk._("Opens on {day}").format(day=opens), "kind": "wait", "text": ""}
    if now == "open":
        return {
            "words": until(record),
            "kind": "wait",
            "text": tk._("The outcome will stand here when it is known."),
        }
    if now == "cancelled":
        return {"words": tk._("The consultation was cancelled"), "kind": "plain", "text": ""}
    if record.get("response_published_date"):
        answered = words.told_day(record["response_published_date"])
        text = tk._("An answer was published on {day}.").format(day=answered)
        return {"words": tk._("The outcome is not recorded"), "kind": "wait", "text": text}
    if not closes:
        return {"words": tk._("The outcome is not recorded"), "kind": "gap", "text": ""}
    days = words.told_days(max((words.today() - closes).days, 0))
    text = tk._("It closed {days} ago; no outcome has been published.").format(days=days)
    return {"words": tk._("No answer yet"), "kind": "gap", "text": text}


def until(record: Record) -> str:
    """``Ανοιχτή έως 7 Μαρτίου 2025, 15:00``."""
    closes = words.told_day(record.get("close_date"))
    hour = record.get("close_time")
    return str(tk._("Open until {day}").format(day=f"{closes}, {hour}" if hour else closes))


def part(record: Record) -> dict[str, Any] | None:
    """How to take part, while one can: ``{"url", "until", "channels", "platform"}``."""
    if stage(record) not in ("announced", "open"):
        return None
    return {
        "url": record.get("platform_url") if stage(record) == "open" else None,
        "until": until(record) if stage(record) == "open" else outcome(record)["words"],
        "channels": coded.labels(record, "channels"),
        "platform": coded.label(record, "platform"),
    }


def tally(record: Record) -> dict[str, Any] | None:
    """The votes by option, most first: ``{"bars", "drawing", "total"}``; nothing where none were counted."""
    options = [
        (str(row.get("label") or ""), words.number(row.get("votes"))) for row in words.rows(record, "options")
    ]
    counted = [(label, votes) for label, votes in options if votes is not None and votes >= 0]
    if not counted:
        return None
    counted.sort(key=lambda option: -option[1])
    most = counted[0][1]
    marks = [
        charts.Mark(label, votes, words.told_number(votes), "first" if votes == most and votes else "second")
        for label, votes in counted
    ]
    total = words.number(record.get("votes")) or sum(votes for _label, votes in counted)
    return {
        "bars": charts.bars(marks, "tally"),
        "total": words.told_number(total),
        "turnout": turnout(record),
    }


def turnout(record: Record) -> str:
    """``1,1% των εκλογέων``: those who voted of those who could."""
    percent = words.number(record.get("turnout"))
    if percent is None:
        return ""
    return str(tk._("{share} of those entitled").format(share=words.told_share(percent / 100)))


def proposals(record: Record) -> dict[str, Any] | None:
    """What became of the proposals: ``{"total", "bars", "drawing"}``; nothing where there were none."""
    total = words.number(record.get("proposals"))
    names = {
        "proposals_accepted": tk._("accepted"),
        "proposals_partly": tk._("accepted in part"),
        "proposals_rejected": tk._("rejected, with a reason"),
        "proposals_unanswered": tk._("without an answer"),
    }
    given = [(name, kind, words.number(record.get(name))) for name, kind in FATES]
    marks = [
        charts.Mark(names[name], value, words.told_number(value), kind)
        for name, kind, value in given
        if value is not None and value >= 0
    ]
    if total is None and not marks:
        return None
    known = total if total is not None else sum(mark.value for mark in marks)
    title = tk._("What became of the proposals")
    about = ", ".join(f"{mark.label}: {mark.told}" for mark in marks)
    drawing = charts.share(marks, "fates-whole", title, about) if sum(mark.value for mark in marks) else None
    return {"total": words.told_number(known), "bars": charts.bars(marks, "fates"), "drawing": drawing}


def counts(record: Record) -> list[dict[str, str]]:
    """How many took part: ``[{"term", "told"}]``, those that were reported."""
    return words.terms((coded.term(record, name), words.told_number(record.get(name))) for name in COUNTED)


def steps(record: Record) -> list[charts.Step]:
    """From announced to decided; announced only where the catalogue knew of it before it opened."""
    opens, closes = words.day(record.get("open_date")), words.day(record.get("close_date"))
    entered = words.day(record.get("metadata_created"))
    announced = entered if entered and opens and entered < opens else None
    decided = [
        found for row in words.rows(record, "decisions") if (found := words.day(row.get("issue_date")))
    ]
    moments = [
        charts.Moment(tk._("Announced"), announced, optional=True),
        charts.Moment(tk._("Opens") if words.is_ahead(opens) else tk._("Opened"), opens),
        charts.Moment(tk._("Closes") if words.is_ahead(closes) else tk._("Closed"), closes),
        charts.Moment(tk._("Reported"), words.day(record.get("report_date"))),
        charts.Moment(tk._("Answered"), words.day(record.get("response_published_date")), optional=True),
        charts.Moment(tk._("Decided"), min(decided, default=None)),
    ]
    return [] if stage(record) == "cancelled" else charts.timeline(moments, words.today())


def decisions(record: Record) -> list[dict[str, str]]:
    """The decisions, oldest first: ``{"title", "ada", "url", "day", "bodies", "result"}``."""
    found = sorted(words.rows(record, "decisions"), key=lambda row: str(row.get("issue_date") or "9"))
    return [
        {
            "title": str(row.get("title") or ""),
            "ada": str(row.get("ada") or ""),
            "url": words.diavgeia(row),
            "day": words.told_day(row.get("issue_date")),
            "bodies": coded.part(record, "decisions", row, "body"),
            "result": coded.part(record, "decisions", row, "result"),
        }
        for row in found
    ]
