"""A record as the database holds it, in the shape in which ``package_show`` answers its fields."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ckan import model

from ckanext.patrasparticipation.records import numbers

OUTPUT = {
    "participation_number_output": numbers.shown,
    "participation_boolean_output": numbers.shown_boolean,
}


def as_shown(package: model.Package, definition: Mapping[str, Any]) -> dict[str, Any]:
    """Its own columns and every field of its definition that it has; resources are left out.

    Cheaper than ``package_show``, which asks for resources, publisher, groups and tags besides; for what is
    worked out while a record is being saved.
    """
    extras: Mapping[str, Any] = getattr(package, "extras", None) or {}
    record = {name: getattr(package, name) for name in ("id", "name", "title", "type", "state", "owner_org")}
    record |= {"private": package.private, "metadata_modified": package.metadata_modified}
    for field in definition["dataset_fields"]:
        name = field["field_name"]
        if name in extras and name not in record:
            record[name] = shown(field, extras[name])
    return record


def shown(field: Mapping[str, Any], value: Any) -> Any:
    """The stored value of a field as ``package_show`` answers it."""
    value = _loaded(value)
    if "repeating_subfields" in field and isinstance(value, list):
        inner = {one["field_name"]: one for one in field["repeating_subfields"]}
        return [
            {name: shown(inner.get(name, {}), one) for name, one in part.items()}
            for part in value
            if isinstance(part, Mapping)
        ]
    convert = OUTPUT.get(str(field.get("output_validators")))
    return convert(value) if convert else value


def _loaded(value: Any) -> Any:
    """The list or dict that a stored text is; a text that only begins like one stays as it is."""
    if not (isinstance(value, str) and value.startswith(("[", "{"))):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value
