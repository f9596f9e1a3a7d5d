"""A table and the file that waits for it, as the API tells of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from ..feeds.shown import moment
from ..harvesters.errors import HarvestError
from ..harvesters.messages import rejection
from ..harvesters.report import Reason
from ..model import SourceState, Table, Upload, Version
from .check import Checked, ready


def upload(waiting: Upload) -> dict[str, Any]:
    """The file: ``name size sha256 author created queued``; size in bytes, moments in UTC."""
    return {
        "name": waiting.file_name,
        "size": waiting.size,
        "sha256": waiting.sha256,
        "author": waiting.author,
        "created": moment(waiting.created),
        "queued": waiting.queued is not None,
    }


def table(one: Table) -> dict[str, Any]:
    """The table by its names."""
    return {"source": one.source, "resource_id": one.resource_id, "dataset_id": one.dataset_id}


def published(version: Version) -> dict[str, Any]:
    """What readers see now: ``generation rows rejected published_at``."""
    return {
        "generation": version.generation,
        "rows": version.rows,
        "rejected": version.rejected,
        "published_at": moment(version.created),
    }


def last(state: SourceState) -> dict[str, Any]:
    """How the last try ended: ``outcome reason at``; the reason is null when it went well."""
    return {"outcome": state.last_outcome, "reason": state.last_reason, "at": moment(state.last_try)}


def refusal(error: HarvestError) -> dict[str, Any]:
    """What is told of a file of which no table can be made; ``choices`` are what a person may choose from."""
    found = error.params.get("found")
    choices = [str(one) for one in found] if isinstance(found, (list, tuple)) else []
    told = Reason(error.code, error.text)
    return {
        "columns": [],
        "check": {"ready": False, "outcome": error.outcome, "reason": said(told), "choices": choices},
    }


def said(told: Reason) -> dict[str, str]:
    """A reason: ``code el en``."""
    return {"code": told.code, **told.text}


def chosen(wish: Mapping[str, Any]) -> dict[str, Any]:
    """What was chosen of a file: its plain choices, and of how many columns something."""
    columns = wish.get("columns") or {}
    return {**{name: value for name, value in wish.items() if name != "columns"}, "columns": len(columns)}


def _gained(found: Checked) -> list[str]:
    """Columns, by their headers, that the published table does not have."""
    if not found.look.current:
        return []
    there = {name for name, _kind in found.look.current.entry.columns}
    return [column.raw for column in found.proposal.columns if not column.skip and column.name not in there]


def checked(found: Checked) -> dict[str, Any]:
    """A file that was read as a table; see ``participation_table_preview``."""
    proposal = found.proposal
    return {
        "feed": proposal.content["feed"],
        "key": proposal.key,
        "recognised": proposal.recognised,
        "sheets": list(proposal.sheets),
        "feeds": [asdict(fit) for fit in proposal.feeds],
        "columns": [asdict(column) for column in proposal.columns],
        "lost": list(proposal.lost),
        "gained": _gained(found),
        "check": _check(found),
    }


def _check(found: Checked) -> dict[str, Any]:
    report, look = found.report, found.look
    totals = asdict(report.totals) if report.totals else {}
    difference = asdict(report.published) if report.published and look.current else None
    return {
        "ready": ready(found),
        "outcome": report.outcome,
        "reason": said(report.reason),
        **totals,
        "odd": [said(told) for told in found.odd],
        "suggestions": [said(told) for told in (*report.suggestions, *found.notes)],
        "personal": [finding.told for finding in report.personal],
        "broken": [broken.told for broken in report.broken],
        "rejected_by": [
            {"column": column, "code": code, "rows": rows} for (column, code), rows in report.refused.items()
        ],
        "rejected_rows": [
            {**row, "reason": rejection(row["code"], row["column"], row["raw"])} for row in look.refused
        ],
        "first_rows": [{name: _value(value) for name, value in row.items()} for row in look.first],
        "difference": difference,
    }


def _value(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, datetime):
        return value.isoformat() + "Z"
    return value.isoformat() if isinstance(value, date) else value
