"""Make flat text columns of nested JSON records: ``loc.coordinates``, ``notes.0.colour``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
import polars as pl

from ..errors import SourceChanged
from .header import clean
from .raw import MAX_COLUMNS, frame

DEPTH = 20
_GEOMETRY = ({"type", "coordinates"}, {"type", "geometries"})


def flatten(record: Mapping[str, Any]) -> dict[str, str | None]:
    """One record as text by column. Text stays as it is; a geometry, and a list without objects, as JSON.

    Objects become columns with dotted names; a list of objects is numbered from 0. An empty list, or one of
    nulls, is nothing.
    """
    flat: dict[str, str | None] = {}
    for key, value in record.items():
        _put(flat, clean(key), value, 0)
    return flat


def _put(flat: dict[str, str | None], key: str, value: Any, depth: int) -> None:
    if isinstance(value, str) or value is None:
        flat[key] = value
    elif isinstance(value, dict) and value and depth < DEPTH and not _is_geometry(value):
        for name, inner in value.items():
            _put(flat, f"{key}.{clean(name)}", inner, depth + 1)
    elif isinstance(value, list) and all(item is None for item in value):
        pass
    elif isinstance(value, list) and depth < DEPTH and any(isinstance(item, dict) for item in value):
        for number, inner in enumerate(value):
            _put(flat, f"{key}.{number}", inner, depth + 1)
    elif value or not isinstance(value, (dict, list)):
        flat[key] = text(value)


def _is_geometry(value: Mapping[str, Any]) -> bool:
    return any(keys <= value.keys() for keys in _GEOMETRY)


def text(value: Any) -> str | None:
    """A JSON value as text: ``true``, ``70.0``, ``[21.7,38.2]``; numbers that are not finite as ``nan``."""
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, float):
        return repr(value)
    try:
        return orjson.dumps(value).decode()
    except TypeError as error:
        if isinstance(value, int):  # beyond 64 bits
            return str(value)
        raise SourceChanged("not_json", problem="nested too deeply") from error


def table(rows: list[int], records: Iterable[Any]) -> pl.DataFrame:
    """A raw batch from parsed records; what is no object is a refused row.

    Raises:
        SourceChanged: ``too_many_columns``.
    """
    flat: list[dict[str, str | None]] = []
    refused: list[str | None] = []
    for record in records:
        good = isinstance(record, Mapping)
        flat.append(flatten(record) if good else {})
        refused.append(None if good else "not_an_object")
    names = dict.fromkeys(name for row in flat for name in row)
    if len(names) > MAX_COLUMNS:
        raise SourceChanged("too_many_columns", found=len(names), limit=MAX_COLUMNS)
    return frame(rows, {name: [row.get(name) for row in flat] for name in names}, refused)
