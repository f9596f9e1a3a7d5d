"""From the question to what was built: five steps, each with what there is, or since when it is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ckanext.patrasparticipation.records import reader, translated
from ckanext.patrasparticipation.records.computed.common import day, parts

KINDS = ("asked", "decided", "contracted", "built", "measured")
DIAVGEIA = "https://diavgeia.gov.gr/doc/"
OVER = ("cancelled",)
"""Stages after which nobody waits for the next step."""

Record = Mapping[str, Any]
Item = dict[str, Any]


@dataclass(frozen=True)
class Links:
    """What the reader may see of one chain; every record as ``package_show`` gives it."""

    consultation: Record | None = None
    works: Sequence[Record] = ()
    initiatives: Sequence[Record] = ()
    indicators: Sequence[Record] = ()


@dataclass(frozen=True)
class Step:
    """One step: its items, and the day from which the next one is waited for.

    ``pending`` says that the step is not over, so that nobody waits for what follows yet.
    """

    kind: str
    items: list[Item] = field(default_factory=list)
    until: date | None = None
    pending: bool = False


def answer(links: Links, today: date, page: Callable[[Record], str]) -> dict[str, Any]:
    """The chain as ``participation_chain`` gives it.

    Args:
        today: the day in Athens.
        page: gives the path of a record's page.
    """
    found = links.consultation
    steps = (
        _asked(found, today, page),
        _decided(found),
        _contracted(links.works, page),
        _built(links.works, page),
        _measured(links, page),
    )
    named = {"id": found["id"], "name": found["name"], "title": title(found)} if found else None
    return {"consultation": named, "steps": list(_with_gaps(steps, today))}


def title(record: Record) -> str:
    """The record's title in the reader's language."""
    return translated.in_language(
        record.get("title_translated"), reader.language(), str(record.get("title") or record["name"])
    )


def _with_gaps(steps: Iterable[Step], today: date) -> Iterator[dict[str, Any]]:
    """Each step as the answer has it; what is missing is waited for since the last step that there is."""
    since: date | None = None
    for step in steps:
        gap = None if step.items else _gap(since, today)
        yield {"kind": step.kind, "items": step.items, "gap": gap}
        if step.pending:
            since = None
        elif step.items:
            since = step.until or since


def _gap(since: date | None, today: date) -> dict[str, Any]:
    if since is None or since > today:
        return {"since": None, "days": None}
    return {"since": since.isoformat(), "days": (today - since).days}


def _asked(consultation: Record | None, today: date, page: Callable[[Record], str]) -> Step:
    if not consultation:
        return Step("asked")
    closed = day(consultation.get("close_date"))
    is_over = closed is not None and closed <= today
    is_waited_for = is_over and consultation.get("consultation_override") not in OVER
    item = _record(consultation, consultation.get("open_date"), page)
    return Step("asked", [item], closed, pending=not is_waited_for)


def _decided(consultation: Record | None) -> Step:
    decisions = parts(consultation or {}, "decisions")
    items = [
        _without_empty(
            title=one.get("title") or one.get("ada") or "",
            date=one.get("issue_date"),
            reference=one.get("ada"),
            url=one.get("url") or (DIAVGEIA + one["ada"] if one.get("ada") else None),
        )
        for one in decisions
    ]
    return Step("decided", _by_date(items), _latest(one.get("issue_date") for one in decisions))


def _contracted(works: Iterable[Record], page: Callable[[Record], str]) -> Step:
    signed = [(project, one) for project in works for one in parts(project, "contracting")]
    items = [
        _without_empty(
            title=title(project),
            date=one.get("signed_date"),
            reference=one.get("adam") or one.get("ada"),
            url=page(project),
        )
        for project, one in signed
    ]
    return Step("contracted", _by_date(items), _latest(one.get("signed_date") for _project, one in signed))


def _built(works: Sequence[Record], page: Callable[[Record], str]) -> Step:
    """The works; the date is the day on which they ended, and is missing while they go on."""
    items = [_record(project, project.get("actual_end_date"), page) for project in works]
    until = _latest(project.get("actual_end_date") for project in works)
    return Step("built", _by_date(items), until, pending=bool(works) and until is None)


def _measured(links: Links, page: Callable[[Record], str]) -> Step:
    """The indicators in which an effect was counted; the date is that of the last value."""
    sources = [*([links.consultation] if links.consultation else []), *links.works, *links.initiatives]
    counted = [one for record in sources for one in parts(record, "impact")]
    items = []
    for indicator in links.indicators:
        days = [one.get("as_of") for one in counted if one.get("indicator") == indicator["id"]]
        last = _latest(days)
        items.append(_record(indicator, last.isoformat() if last else None, page))
    return Step("measured", _by_date(items))


def _record(record: Record, when: Any, page: Callable[[Record], str]) -> Item:
    return _without_empty(
        id=record["id"],
        name=record["name"],
        type=record["type"],
        title=title(record),
        date=when,
        url=page(record),
    )


def _without_empty(**item: Any) -> Item:
    return {name: value for name, value in item.items() if value or name == "title"}


def _by_date(items: list[Item]) -> list[Item]:
    """The oldest first; what has no date comes last."""
    return sorted(items, key=lambda item: str(item.get("date") or "9999"))


def _latest(days: Iterable[Any]) -> date | None:
    known = [found for found in map(day, days) if found]
    return max(known, default=None)
