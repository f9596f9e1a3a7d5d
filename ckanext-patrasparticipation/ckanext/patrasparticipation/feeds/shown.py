"""A feed, its versions and its runs as the API gives them."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from ..model import Run, SourceState, Version
from ..schemas.definitions import Column, Feed
from . import health
from .catalogue import Entry
from .site import address

DATA = ("CSV", "GeoJSON")


def feed(state: SourceState, entry: Entry | None, version: Version | None) -> dict[str, Any]:
    """The shape of ``participation_feed_show`` without what the definition adds (see ``definition``)."""
    known = health.of(entry, state) if entry else health.orphaned(state)
    return {
        "source": state.source,
        "feed": state.feed,
        "dataset_id": state.dataset_id,
        "resource_id": state.resource_id,
        "sample": bool(entry and (entry.source.about.sample or entry.city.sample)),
        "generation": state.generation,
        "rows": state.rows or 0,
        "rejected": state.rejected or 0,
        "deduplicated": state.deduplicated or 0,
        **known,
        "files": files(version) if version else [],
        "handed": bool(entry and entry.handed),
        "geometry": entry.source.feed.geometry if entry else None,
        "choices": state.choices or {},
    }


def files(version: Version) -> list[dict[str, Any]]:
    """The data files of a version: ``format``, ``url`` (never changes), ``size`` in bytes, ``sha256``."""
    place = f"/feed/{version.source}/{version.generation}/"
    return [
        {
            "format": file["format"],
            "url": address(place + file["name"]),
            "size": file["size"],
            "sha256": file["sha256"],
        }
        for file in version.files
        if file["format"] in DATA
    ]


def columns(definition: Feed) -> list[dict[str, Any]]:
    """The columns in order: ``name type label unit choices``; texts are ``{el, en}``."""
    return [_column(column) for column in definition.columns]


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "type": column.type,
        "label": dict(column.label),
        "unit": column.unit,
        "choices": {choice.code: dict(choice.label) for choice in column.choices},
    }


def version(row: Version) -> dict[str, Any]:
    """One version: counts in rows, moments in UTC, where it came from, its files."""
    return {
        "generation": row.generation,
        "published_at": moment(row.created),
        "rows_in": row.rows_in,
        "rows": row.rows,
        "rejected": row.rejected,
        "deduplicated": row.deduplicated,
        "origin": row.origin,
        "schema_hash": row.schema_hash,
        "code_version": row.code_version,
        "restored_from": row.restored_from,
        "files": files(row),
        "rejected_url": address(f"/feed/{row.source}/{row.generation}/rejected.csv"),
    }


COUNTS = ("rows_in", "loaded", "rejected", "deduplicated", "inserted", "updated", "deleted")


def run(row: Run) -> dict[str, Any]:
    """One run: outcome, last step, moments in UTC, counts in rows, the reason in both languages."""
    seconds = (row.finished - row.started).total_seconds() if row.finished else None
    return {
        "id": row.id,
        "status": row.status,
        "outcome": row.status,
        "step": row.step,
        "started": moment(row.started),
        "finished": moment(row.finished),
        "seconds": seconds,
        "actor": row.actor,
        "generation": row.generation,
        **{name: getattr(row, name) for name in COUNTS},
        "reason": row.reason,
        "report": row.report,
    }


def moment(value: datetime | None) -> str | None:
    """ISO 8601 in UTC."""
    return value.astimezone(timezone.utc).isoformat(timespec="seconds") if value else None
