"""Read GeoJSON: many features at a time where each has a line of its own, else one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from ..errors import SourceChanged, SourceUnavailable
from ..messages import message
from .blocks import blocks
from .flatten import text
from .json_lines import Shape, read_block
from .json_stream import batches, records, unmarked
from .letters import Lines
from .raw import Asked, Raw

LOOK = 256 * 1024
GEOMETRY = "geometry"
FEATURE_ID = "feature_id"
_CRS = re.compile(rb'"crs"\s*:\s*\{[^{}]*\{[^{}]*"name"\s*:\s*"([^"]+)"')
_START = re.compile(rb'^[^{}\[\]]*(\{.*?"features"\s*:\s*\[)[ \t]*\r?\n', re.S)
LATE = 4096
"""Bytes at the end of a block in which an indented ``]`` is looked for."""
_COMMA_FIRST = re.compile(rb"^[ \t]*,", re.M)
_END = re.compile(rb"^\s*\]", re.M)


def read(asked: Asked, folder: Path) -> Raw:
    """Batches with the properties of each feature, ``geometry`` as GeoJSON text, and ``feature_id`` if given.

    The old ``crs`` member is told in ``choices["crs"]``.

    Raises:
        SourceUnavailable: ``truncated``.
        SourceChanged: ``not_json``, ``too_many_columns``.
    """
    path = unmarked(asked.path, folder)
    head, tail = _ends(path)
    if b'"features"' not in head:
        raise SourceChanged("not_json", problem="no “features”")
    choices = _crs(head, tail)
    start = _lines_start(path, head)
    choices["features"] = "one a line" if start else "streamed"
    found = _by_lines(path, start) if start else batches(map(_flat, records(path, "features")))
    return Raw(found, choices)


def _ends(path: Path) -> tuple[bytes, bytes]:
    with path.open("rb") as file:
        head = file.read(LOOK)
        file.seek(max(0, path.stat().st_size - LOOK))
        return head, file.read()


def _crs(head: bytes, tail: bytes) -> dict[str, str]:
    """The coordinate system that a ``crs`` member names, before the features or after them."""
    found = _CRS.search(head[: head.find(b'"features"')]) or _CRS.search(tail[tail.rfind(b"]") :])
    if not found:
        return {}
    name = found[1].decode("utf-8", "replace")
    code = re.search(r"EPSG:+(\d+)$", name.replace("EPSG::", "EPSG:"))
    return {"crs": f"EPSG:{code[1]}" if code else "EPSG:4326" if name.endswith("CRS84") else name}


def _lines_start(path: Path, head: bytes) -> int | None:
    """The byte where the first feature's line starts, when features have lines of their own."""
    opening = _START.match(head)
    if not opening:
        return None
    first = head[opening.end() :].split(b"\n", 1)[0].strip().rstrip(b",")
    try:
        feature = orjson.loads(first)
    except orjson.JSONDecodeError:
        return None
    return opening.end() if isinstance(feature, dict) and "properties" in feature else None


def _by_lines(path: Path, start: int) -> Iterator[pl.DataFrame]:
    shape, row, end, rest = Shape("properties", {GEOMETRY: GEOMETRY, "id": FEATURE_ID}), 1, None, b""
    for block in blocks(path, start):
        if end is not None:
            rest += block
            continue
        lines = Lines(block)
        end = _end(lines)
        if end is not None:
            lines, rest = lines.until(end), block[end:]
        for batch in read_block(_without_commas(lines), row, shape):
            row += batch.height
            yield batch
    if b"}" not in rest:
        raise SourceUnavailable("truncated", where=message("after_records", {"records": row - 1}))


def _end(lines: Lines) -> int | None:
    """Where the array of features ends, in the block in which it does."""
    if lines.block.startswith(b"]"):
        return 0
    if (bare := lines.first_with(b"]")) is not None:
        return bare
    indented = _END.search(lines.block, max(0, len(lines.block) - LATE))
    return indented.start() if indented else None


def _without_commas(lines: Lines) -> bytes:
    comma_first = lines.first_with(b",") is not None
    if b"\r" in lines.block:
        lines = Lines(lines.block.replace(b"\r\n", b"\n"))
    block = lines.without_commas()
    return (_COMMA_FIRST.sub(b"", block) if comma_first else block).rstrip(b", \r\n\t")


def _flat(feature: Any) -> Any:
    """The columns of one feature, for features that are read one by one."""
    if not isinstance(feature, dict):
        return feature
    properties = feature.get("properties")
    columns: dict[str, Any] = dict(properties) if isinstance(properties, dict) else {}
    columns[GEOMETRY] = text(feature.get("geometry"))
    if "id" in feature:
        columns[FEATURE_ID] = text(feature["id"])
    return columns
