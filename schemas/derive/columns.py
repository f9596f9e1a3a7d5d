"""What a feed's columns are in the DataStore: types, data dictionary, indexes, searchable columns."""

from __future__ import annotations

from typing import Any

from ..definitions import Column, Feed

POSTGRES = {
    "text": "text",
    "integer": "int8",
    "number": "float8",
    "boolean": "bool",
    "date": "date",
    "timestamp": "timestamp",
    "geometry": "text",
}
"""The PostgreSQL type of each type of column; ``timestamp`` holds UTC, ``geometry`` GeoJSON text."""


def datastore_fields(feed: Feed) -> list[dict[str, Any]]:
    """The fields that ``datastore_create`` takes, in the feed's order; ``info`` is the data dictionary."""
    return [
        {"id": column.name, "type": POSTGRES[column.type], "info": _info(column)} for column in feed.columns
    ]


def _info(column: Column) -> dict[str, Any]:
    """The dictionary's entry: Greek first, because CKAN's pages read ``label`` and ``notes``."""
    info: dict[str, Any] = {"label": column.label["el"], "notes": column.about.get("el", "")}
    for lang, text in column.label.items():
        info[f"label_{lang}"] = text
    for lang, text in column.about.items():
        info[f"notes_{lang}"] = text
    if column.unit:
        info["unit"] = column.unit
    if column.choices:
        info["choices"] = {choice.code: dict(choice.label) for choice in column.choices}
    return info


def indexes(feed: Feed) -> list[str]:
    """The columns that carry an index of their own, in the feed's order."""
    return [column.name for column in feed.columns if column.index]


def searchable(feed: Feed) -> list[str]:
    """The text columns that a free-text query looks in, in the feed's order."""
    return [column.name for column in feed.columns if column.search]
