"""The files of a generation: CSV and GeoJSON streamed by COPY from the published table, in the key's order.

The order does not depend on ``_id``, so that a generation brought back gives the very same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import psycopg
from psycopg import sql

from .layout import Layout
from .snapshot import copied

RAW = "(FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01')"
"""A COPY of one column that is already JSON: its letters below U+0020 are escaped, so nothing is quoted."""


def value(name: str, kind: str) -> sql.Composable:
    """A column as the CSV has it: ``true`` and ``false``, moments as ISO 8601 in UTC."""
    if kind == "bool":
        column = sql.Identifier(name)
        return sql.SQL("{}::text AS {}").format(column, column)
    return json_value(name, kind)


def json_value(name: str, kind: str) -> sql.Composable:
    """A column as JSON has it: moments as ISO 8601 in UTC, JSON on one line, the rest as PostgreSQL does."""
    column = sql.Identifier(name)
    if kind == "timestamp":
        return sql.SQL("replace({}::text, ' ', 'T') || 'Z' AS {}").format(column, column)
    if kind == "timestamptz":
        utc = "replace(({} AT TIME ZONE 'UTC')::text, ' ', 'T') || 'Z' AS {}"
        return sql.SQL(utc).format(column, column)
    if kind in ("json", "nested"):  # the DataStore keeps JSON in a type of its own
        return sql.SQL("({})::jsonb AS {}").format(text(name, kind), column)
    return column


def text(name: str, kind: str) -> sql.Composable:
    """A column of any type as text."""
    return sql.SQL("({}).json::text" if kind == "nested" else "{}::text").format(sql.Identifier(name))


def ordered(table: str, layout: Layout) -> sql.Composed:
    """Where the rows come from, and their order: by the key's bytes when it is text."""
    kind = dict(layout.columns)[layout.key]
    collation = sql.SQL(' COLLATE "C"') if kind == "text" else sql.SQL("")
    return sql.SQL("FROM {} ORDER BY {}{}").format(
        sql.Identifier(table), sql.Identifier(layout.key), collation
    )


def csv_lines(connection: psycopg.Connection[Any], table: str, layout: Layout) -> Iterator[bytes]:
    """The table as CSV (UTF-8, comma, a header, RFC 4180 quotes, line feeds)."""
    columns = sql.SQL(", ").join(value(name, kind) for name, kind in layout.columns)
    query = sql.SQL("COPY (SELECT {} {}) TO STDOUT (FORMAT csv, HEADER)").format(
        columns, ordered(table, layout)
    )
    yield from copied(connection, query)


def geojson_lines(
    connection: psycopg.Connection[Any], table: str, layout: Layout, about: dict[str, Any]
) -> Iterator[bytes]:
    """The table as a GeoJSON FeatureCollection (WGS 84), one feature per line.

    Args:
        about: members of the collection besides its features; they come first.
    """
    query = sql.SQL("COPY (SELECT {} {}) TO STDOUT " + RAW).format(feature(layout), ordered(table, layout))
    yield from collection(copied(connection, query), about)


def collection(blocks: Iterable[bytes], about: dict[str, Any]) -> Iterator[bytes]:
    """Features, one a line, as a FeatureCollection."""
    head = json.dumps({"type": "FeatureCollection", **about}, ensure_ascii=False)
    return listed(blocks, (head[:-1] + ', "features": [').encode(), b"\n]}\n")


def listed(blocks: Iterable[bytes], head: bytes, tail: bytes) -> Iterator[bytes]:
    """JSON texts, one a line, as the items of a list; every block ends with a line's end."""
    before = head + b"\n"
    for block in blocks:
        yield before + block[:-1].replace(b"\n", b",\n")
        before = b",\n"
    yield tail if before == b",\n" else head + tail


def feature(layout: Layout) -> sql.Composed:
    """The expression that makes one row a GeoJSON feature; the key is its ``id``."""
    places = {"lon", "lat"} if layout.geometry == "point" else {layout.geometry_column}
    rest = [(name, kind) for name, kind in layout.columns if name not in places]
    columns = sql.SQL(", ").join(json_value(name, kind) for name, kind in rest)
    return sql.SQL(
        """'{{"type":"Feature","id":' || to_json({key})::text || ',"geometry":' || {geometry}
        || ',"properties":' || (SELECT row_to_json(p)::text FROM (SELECT {columns}) p) || '}}'"""
    ).format(key=sql.Identifier(layout.key), geometry=geometry(layout), columns=columns)


def geometry(layout: Layout) -> sql.Composable:
    """The expression of a row's geometry, ``null`` where it has none."""
    if layout.geometry == "point":
        return sql.SQL(
            "coalesce('{\"type\":\"Point\",\"coordinates\":[' || lon || ',' || lat || ']}', 'null')"
        )
    return sql.SQL("coalesce({}, 'null')").format(sql.Identifier(str(layout.geometry_column)))
