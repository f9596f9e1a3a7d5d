"""JSON, made by PostgreSQL: a list of objects, or one object a line."""

from __future__ import annotations

from collections.abc import Iterator

from ...feeds import exports
from .rows import Rows


def lines(rows: Rows) -> Iterator[bytes]:
    """One object a line (NDJSON)."""
    objects = f"SELECT row_to_json(o)::text FROM ({rows.select(exports.json_value)}) o"
    return rows.copy(objects, exports.RAW)


def write(rows: Rows) -> Iterator[bytes]:
    """A list, one object a line."""
    return exports.listed(lines(rows), b"[", b"\n]\n")
