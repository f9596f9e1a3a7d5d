"""What waits for the people of a publisher: unpublished files, feeds that stand still, late tables."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ckan import model

from .. import clock
from ..feeds import catalogue, health, states
from ..feeds.shown import moment
from ..model import SourceState, Table, Upload
from . import mine

MOST = 50
"""Things of one kind that are told; who has more must begin somewhere."""
TROUBLES = {"failed": "unavailable", "dead": "unavailable"} | {word: word for word in health.STOPPED}
"""How a feed's last run ended -> what waits."""


def of(publishers: Collection[str]) -> list[dict[str, Any]]:
    """Each thing: ``kind dataset title resource since reason name``, the oldest first within its kind.

    Args:
        publishers: ids of those for which the reader may publish.

    Returns:
        ``kind`` is ``held`` (a file waits to be checked and published), ``queued``, ``refused`` (its last
        publication failed), a feed's ``stopped`` (then ``health`` says how), or ``late``. ``resource`` is
        null for feeds; ``name`` is the file's name or null.
    """
    if not publishers:
        return []
    return _files(publishers) + _sources(publishers)


def _files(publishers: Collection[str]) -> list[dict[str, Any]]:
    """Files that were handed over and are not published."""
    rows = (
        model.Session.query(Upload, model.Package, SourceState)
        .join(Table, Table.resource_id == Upload.resource_id)
        .join(model.Package, model.Package.id == Table.dataset_id)
        .outerjoin(SourceState, SourceState.source == Table.source)
        .filter(model.Package.owner_org.in_(publishers), model.Package.state != "deleted")
        .order_by(Upload.created)
        .limit(MOST)
    )
    return [_file(upload, package, state) for upload, package, state in rows]


def _file(upload: Upload, package: model.Package, state: SourceState | None) -> dict[str, Any]:
    tried = bool(state and state.last_try and state.last_try > upload.created)
    refused = bool(tried and state and state.last_outcome not in states.GOOD)
    kind = "queued" if upload.queued is not None else "refused" if refused else "held"
    told = {"resource": upload.resource_id, "since": moment(upload.created), "name": upload.file_name}
    return _thing(kind, package) | told | {"reason": _reason(state) if refused and state else None}


def _sources(publishers: Collection[str]) -> list[dict[str, Any]]:
    """Feeds that stand still, and tables and feeds that are older than they promise."""
    rows = (
        model.Session.query(SourceState, model.Package, Table)
        .join(model.Package, model.Package.id == SourceState.dataset_id)
        .outerjoin(Table, Table.source == SourceState.source)
        .filter(model.Package.owner_org.in_(publishers), model.Package.state == "active")
        .order_by(SourceState.last_success)
    )
    there = catalogue.for_readers()
    found = (_source(state, package, table, there) for state, package, table in rows)
    return [one for one in found if one][:MOST]


def _source(
    state: SourceState, package: model.Package, table: Table | None, there: dict[str, catalogue.Entry]
) -> dict[str, Any] | None:
    trouble = TROUBLES.get(str(state.last_outcome)) if table is None else None
    if not trouble and not _is_late(state, _frequency(state, package, table, there)):
        return None
    return _thing("stopped" if trouble else "late", package) | {
        "resource": table.resource_id if table else None,
        "since": moment(state.last_success),
        "health": trouble,
        "reason": _reason(state) if trouble else None,
    }


def _frequency(
    state: SourceState, package: model.Package, table: Table | None, there: dict[str, catalogue.Entry]
) -> str:
    """How often new rows were promised: by a feed's definition, or by the dataset of a table of staff."""
    if table is not None:
        return str((package.extras or {}).get("frequency") or "UNKNOWN")
    entry = there.get(str(state.source))
    return entry.source.about.frequency if entry else "UNKNOWN"


def _is_late(state: SourceState, frequency: str) -> bool:
    promised = health.promise(frequency)
    if promised is None or state.last_success is None:
        return False
    return bool((clock.now() - state.last_success).total_seconds() > promised)


def _reason(state: SourceState) -> dict[str, str] | None:
    told = state.last_reason
    return {language: told[language] for language in ("el", "en")} if told else None


def _thing(kind: str, package: model.Package) -> dict[str, Any]:
    title = mine.both((package.extras or {}).get("title_translated"), package.title or package.name)
    nothing = {"resource": None, "since": None, "health": None, "reason": None, "name": None}
    return {"kind": kind, "dataset": package.name, "title": title, **nothing}
