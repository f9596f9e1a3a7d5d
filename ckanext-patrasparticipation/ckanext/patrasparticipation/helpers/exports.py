"""The rows of a table as files: one address for each format, with what the page asks for in it."""

from __future__ import annotations

import json
from typing import Any

from ckan.plugins import toolkit as tk

from ..reading.export.formats import FORMATS

POSITIONS = ({"lon", "lat"}, {"geometry"})
"""Columns that say where a row is."""


def participation_table_exports(
    package: dict[str, Any],
    resource_id: str,
    columns: list[dict[str, Any]],
    asked: dict[str, Any] | None = None,
) -> list[dict[str, str]]:
    """``[{"name", "url"}]``: CSV, CSV for Excel and the others; GeoJSON where the rows have a position.

    Args:
        asked: ``filters`` (by column) and ``q`` of the rows; all rows where it is left out.
    """
    query: dict[str, str] = {}
    if asked and asked.get("filters"):
        query["filters"] = json.dumps(asked["filters"], ensure_ascii=False)
    if asked and asked.get("q"):
        query["q"] = str(asked["q"])
    names = {column["name"] for column in columns}
    has_place = any(wanted <= names for wanted in POSITIONS)
    forms = [(form, each.label, query) for form, each in FORMATS.items() if form != "geojson" or has_place]
    forms.insert(1, ("csv", tk._("CSV for Excel"), query | {"excel": "1"}))
    place = {"id": package["name"], "resource_id": resource_id}
    return [
        {"name": label, "url": tk.h.url_for("participation_exports.export", form=form, **place, **asks)}
        for form, label, asks in forms
    ]
