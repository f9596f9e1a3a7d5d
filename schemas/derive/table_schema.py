"""A feed as a Frictionless Table Schema (v2), in one language: what a CSV of it may hold."""

from __future__ import annotations

from typing import Any

from ..definitions import Column, Feed

FRICTIONLESS = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "datetime",
    "geometry": "geojson",
}
FORMATS = {"date": "%Y-%m-%d", "timestamp": "%Y-%m-%dT%H:%M:%SZ"}
PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"


def table_schema(feed: Feed, lang: str = "el") -> dict[str, Any]:
    """The Table Schema of a feed; titles, descriptions and labels of codes in ``lang`` (``el``, ``en``)."""
    schema: dict[str, Any] = {
        "$schema": PROFILE,
        "name": feed.name,
        "title": feed.label[lang],
        "description": feed.about[lang],
        "missingValues": [""],
        "primaryKey": [feed.key],
        "fields": [_field(column, lang) for column in feed.columns],
    }
    if feed.geometry:
        schema["x-geometry"] = {"point": "Point", "area": "MultiPolygon"}[feed.geometry]
    return schema


def _field(column: Column, lang: str) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": FRICTIONLESS[column.type]}
    optional = {
        "title": column.label.get(lang),
        "description": column.about.get(lang),
        "format": FORMATS.get(column.type),
        "categories": [{"value": choice.code, "label": choice.label[lang]} for choice in column.choices],
        "constraints": _constraints(column),
        "x-unit": column.unit,
    }
    return field | {key: value for key, value in optional.items() if value}


def _constraints(column: Column) -> dict[str, Any]:
    """Only the constraints that the column has; a schema that is kept cannot say ``today``."""
    given: dict[str, Any] = {
        "required": column.required or None,
        "unique": column.unique or None,
        "enum": [choice.code for choice in column.choices] or None,
        "minimum": _fixed(column.minimum),
        "maximum": _fixed(column.maximum),
        "pattern": column.pattern,
        "maxLength": column.max_length,
    }
    return {key: value for key, value in given.items() if value is not None}


def _fixed(bound: float | str | None) -> float | str | None:
    return None if bound == "today" else bound
