"""What a record shows of where it came from, and what a draft of an import still lacks."""

from __future__ import annotations

from typing import Any

from ckan import model

from ..model import RecordOrigin
from . import prepare

SHOWN = "came_from"


def add(record: dict[str, Any]) -> None:
    """Give a record that was imported or harvested ``came_from``; others are left as they are.

    ``{source, source_id, url, fetched_at, gone_at, missing}``: the YAML source or null (a spreadsheet), the
    id and address there, when it was last read and since when the source does not have it any more (ISO 8601,
    UTC; or null), and of a draft the required fields that are empty still.
    """
    record.pop(SHOWN, None)
    origin = model.Session.get(RecordOrigin, record["id"])
    if origin is None:
        return
    lacks = record.get("state") == "draft"
    record[SHOWN] = {
        "source": origin.source,
        "source_id": record.get("source_id"),
        "url": record.get("source_url"),
        "fetched_at": origin.fetched_at.isoformat(),
        "gone_at": origin.gone_at.isoformat() if origin.gone_at else None,
        "missing": [name for name in origin.missing if lacks and prepare.is_empty(record.get(name))],
    }
