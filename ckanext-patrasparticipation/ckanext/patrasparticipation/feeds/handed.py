"""The record of a table of staff: dataset and resource are theirs, the facts of its files are ours."""

from __future__ import annotations

import json
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from ..harvesters.errors import HarvestError
from ..model import SourceState, Table, Version
from . import upkeep
from .catalogue import Entry
from .site import address, context


def url(source: str) -> str:
    """Where the newest file of a table lies, for ever."""
    return address(f"/feed/{source}/current.csv")


def ensure(entry: Entry, state: SourceState) -> str:
    """The id of the table's resource, which is there.

    Raises:
        HarvestError: ``dataset_gone``: dataset or resource was deleted.
    """
    table = model.Session.get_one(Table, entry.source.name)
    resource = model.Resource.get(table.resource_id)
    if resource is None or resource.state != "active" or resource.package.state == "deleted":
        raise HarvestError("dataset_gone", name=entry.source.name)
    state.dataset_id, state.resource_id = table.dataset_id, table.resource_id
    model.Session.commit()
    return str(table.resource_id)


def apply(entry: Entry, state: SourceState, version: Version) -> None:
    """Describe the table, and give its resource the facts of the generation's file.

    Raises:
        tk.ValidationError: CKAN refuses the record; the rows stay published and the effect stays owed.
    """
    upkeep.describe(entry, state)
    current = tk.get_action("package_show")(context(), {"id": state.dataset_id, "use_cache": False})
    if current["state"] == "deleted":
        return
    wanted = {
        "resources": [_own(item, entry) for item in upkeep.resources(current["resources"], state, version)]
    }
    tk.get_action("package_patch")(context(), {"id": state.dataset_id, **wanted, **_place(current, version)})


def _own(resource: dict[str, Any], entry: Entry) -> dict[str, Any]:
    """The table's resource points to its newest file; the others are as they are."""
    if resource["url"] != url(entry.source.name):
        return resource
    return {**resource, "format": "CSV", "mimetype": "text/csv", "url_type": None}


def _place(current: dict[str, Any], version: Version) -> dict[str, Any]:
    """Where the rows lie, for a dataset whose place nobody has said."""
    if not version.extent or current.get("spatial"):
        return {}
    return {"spatial": json.dumps(upkeep.polygon(version.extent))}


def follow(entry: Entry, state: SourceState) -> None:
    """Describe the table again where its definition says otherwise now."""
    upkeep.describe(entry, state)
