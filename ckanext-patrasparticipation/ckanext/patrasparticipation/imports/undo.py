"""Take the last import back: what it made is deleted, what it changed is as before, unless touched since."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from ..model import Import, ImportRow, RecordOrigin
from ..records import incoming
from . import life

UNDONE, TOUCHED, GONE = "undone", "touched", "gone"
BATCH = 100


def is_last(one: Import) -> bool:
    """Whether no later import wrote records of that publisher and type."""
    later = model.Session.query(Import.id).filter(
        Import.owner_org == one.owner_org,
        Import.type == one.type,
        Import.created > one.created,
        Import.status.in_((life.RUNNING, life.DONE)),
    )
    return not model.Session.query(later.exists()).scalar()


def undo(one: Import, user: str) -> dict[str, int]:
    """Undo an import; gives how many records were undone, touched since (left alone), or gone already.

    Raises:
        NotAuthorized: the user may not change one of the records; what was undone before it stays undone.
    """
    import_id, counts = str(one.id), Counter[str]()
    rows = model.Session.query(ImportRow).filter_by(import_id=import_id)
    written = rows.filter(ImportRow.package_id.isnot(None)).order_by(ImportRow.number.desc())
    for number in [row.number for row in written]:
        row = model.Session.get_one(ImportRow, (import_id, number))
        counts[_one(row, user)] += 1
    one = model.Session.get_one(Import, import_id)
    one.status, one.wish = life.UNDONE, {**one.wish, "undone": dict(counts)}
    model.Session.commit()
    return dict(counts)


def _one(row: ImportRow, user: str) -> str:
    package = model.Package.get(row.package_id)
    if package is None or package.state == model.State.DELETED:
        return GONE
    if row.modified is None or package.metadata_modified != row.modified:
        return TOUCHED
    _forget(str(package.id))
    was: dict[str, Any] | None = row.before
    context: Any = {"user": user}
    if was is None or was.get("state") == model.State.DELETED:
        tk.get_action("package_delete")(context, {"id": package.id})
        return UNDONE
    changes = {name: "" if incoming.is_empty(value) else value for name, value in was.items()}
    tk.get_action("package_patch")(context, {"id": package.id, **changes})
    return UNDONE


def _forget(package_id: str) -> None:
    """What the undone import said of the record counts no more: the same file writes it again."""
    origin = model.Session.get(RecordOrigin, package_id)
    if origin is not None:
        origin.said = {}
