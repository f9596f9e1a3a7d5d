"""An import as the API tells of it."""

from __future__ import annotations

from typing import Any

from ckan import model

from ..model import Import, ImportRow
from ..records import incoming
from . import life, undo

PAGE = 100


def shown(one: Import) -> dict[str, Any]:
    """The row, with what may be done now."""
    stopped = one.status == life.RUNNING and not life.is_held(str(one.id))
    counts = {name: int(one.counts.get(name, 0)) for name in incoming.OUTCOMES}
    publisher = model.Group.get(one.owner_org)
    return {
        "id": one.id,
        "type": one.type,
        "owner_org": one.owner_org,
        "organization": publisher.name if publisher else None,
        "organization_title": publisher.title if publisher else None,
        "author": one.actor,
        "status": "stopped" if stopped else one.status,
        "file_name": one.file_name,
        "created": one.created.isoformat(),
        "finished": one.finished.isoformat() if one.finished else None,
        "total": one.total,
        "done": one.position,
        "counts": counts,
        "problems": one.problems,
        "unknown": one.wish.get("unknown", []),
        "drafts": one.wish.get("drafts", []),
        "kept": one.wish.get("kept", []),
        "undone": one.wish.get("undone"),
        "reason": one.reason,
        "can_start": one.status == life.CHECKED or stopped or _may_go_on(one),
        "can_undo": one.status == life.DONE and undo.is_last(one),
    }


def _may_go_on(one: Import) -> bool:
    """Whether what failed would do better another time: a file that cannot be read would not."""
    return one.status == life.FAILED and (one.reason or {}).get("code") not in life.FOR_GOOD


def rows(one: Import, limit: int, offset: int) -> list[dict[str, Any]]:
    """What became of rows that wrote something or were refused, in the file's order."""
    found = model.Session.query(ImportRow).filter_by(import_id=one.id).order_by(ImportRow.number)
    listed = list(found.offset(offset).limit(limit))
    names = _names([row.package_id for row in listed if row.package_id])
    return [
        {
            "number": row.number + 1,
            "outcome": row.outcome,
            "title": row.title,
            "id": row.package_id,
            "name": names.get(row.package_id or ""),
            **(row.told or {}),
        }
        for row in listed
    ]


def _names(ids: list[str]) -> dict[str, str]:
    columns = model.Session.query(model.Package.id, model.Package.name)
    return {row.id: row.name for row in columns.filter(model.Package.id.in_(ids))}
