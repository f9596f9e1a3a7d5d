"""After a swap: the dataset's computed fields, its files' sizes, and the table's data dictionary."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any, cast

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ..model import SourceState, Version
from ..schemas.derive.columns import datastore_fields
from . import database, indexes, records
from .catalogue import Entry
from .layout import layout
from .site import context

THINNEST = 1e-4
"""Degrees: the least side of an extent, so that one point is an area too (about ten metres)."""


def apply(entry: Entry, state: SourceState, version: Version) -> None:
    """Bring the dataset to its generation: describe the table, then one update of the record (and its index).

    Raises:
        tk.ValidationError: CKAN refuses the record; the rows stay published and the effect stays owed.
    """
    describe(entry, state)
    current = tk.get_action("package_show")(context(), {"id": state.dataset_id, "use_cache": False})
    if current["state"] == "deleted":
        return
    wanted = {
        **records.changed(current, state.wrote.get("fields", {}), entry.source),
        **records.own(entry.source),
        **coverage(version),
        "state": "active",
        "resources": resources(current["resources"], state, version),
    }
    if version.generation == 1 and not current.get("issued"):
        wanted["issued"] = _day(version.created)
    tk.get_action("package_patch")(context(), {"id": state.dataset_id, **wanted})
    state.wrote = {**state.wrote, "fields": _written(state, wanted, entry)}


def follow(entry: Entry, state: SourceState) -> None:
    """Carry a change of the source's YAML (title, licence…) into the record; the rows are the same."""
    if state.wrote.get("fields") == records.comparable(entry.source):
        return
    current = tk.get_action("package_show")(context(), {"id": state.dataset_id, "use_cache": False})
    wanted = records.changed(current, state.wrote["fields"], entry.source)
    if wanted:
        tk.get_action("package_patch")(context(), {"id": state.dataset_id, **wanted})
        state.wrote = {**state.wrote, "fields": _written(state, wanted, entry)}


def _written(state: SourceState, wanted: dict[str, Any], entry: Entry) -> dict[str, Any]:
    """What we last wrote of the shared fields: as before, but for those written now."""
    now = records.comparable(entry.source)
    return {**state.wrote.get("fields", {}), **{name: now[name] for name in records.SHARED if name in wanted}}


def coverage(version: Version) -> dict[str, Any]:
    """The place as a polygon (WGS 84) and the day of which the rows are."""
    day = _day(datetime.fromisoformat(version.origin["fetched_at"]))
    fields: dict[str, Any] = {"temporal_start": day, "temporal_end": day}
    if version.extent:
        fields["spatial"] = json.dumps(polygon(version.extent))
    return fields


def polygon(box: list[float]) -> dict[str, Any]:
    """The box as a GeoJSON polygon, widened where it has no width."""
    west, south, east, north = box
    east, north = max(east, west + THINNEST), max(north, south + THINNEST)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def resources(current: list[dict[str, Any]], state: SourceState, version: Version) -> list[dict[str, Any]]:
    """The resources with size, SHA-256 and date of the generation's files; others as they are."""
    kinds = {state.resource_id: "CSV", state.geojson_id: "GeoJSON"}
    files = {file["format"]: file for file in version.files}
    answer = []
    for resource in current:
        file = files.get(kinds.get(resource["id"], ""))
        facts = {"size": file["size"], "hash": file["sha256"]} if file else {}
        if file:
            facts["last_modified"] = version.created.replace(tzinfo=None).isoformat()
        answer.append({**resource, **facts})
    return answer


def describe(entry: Entry, state: SourceState) -> None:
    """Give the table CKAN's data dictionary, when it is new or its definition has changed."""
    feed = entry.source.feed
    fields = datastore_fields(feed)
    digest = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
    table = str(state.resource_id)
    searched = bool(layout(feed).searchable)
    with database.connect(database.WRITE) as connection:
        if indexes.described(connection, table) and state.wrote.get("dictionary") == digest:
            return
        if not searched:
            indexes.hold_full_text(connection, table)
    ours = cast(Context, {**context(), "participation_looked_at": True})
    tk.get_action("datastore_create")(ours, {"resource_id": table, "fields": fields, "force": True})
    if not searched:
        with database.connect(database.WRITE) as connection:
            indexes.drop_full_text(connection, table)
    state.wrote = {**state.wrote, "dictionary": digest}
    model.Session.commit()


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
