"""Parquet with typed columns: polars writes a part while PostgreSQL sends the next.

The parts are handed over one by one, because polars' own reader of a whole CSV file keeps more of it in
memory the longer the file is (240 MB at a million rows, where this takes 70, as at a quarter of a million).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import polars as pl
import psycopg
from ckan.plugins import toolkit as tk
from polars.io.plugins import register_io_source

from ...feeds import exports, snapshot
from . import temporary
from .errors import Wrong
from .rows import FLOATS, WHOLE, Rows

PART = 2 * 1024 * 1024
"""Bytes of CSV in one part."""
GROUP = 50_000
"""Rows of one group in the file."""


def write(rows: Rows) -> Iterator[bytes]:
    """The file, gone when it has been read; moments are in UTC, ``numeric`` becomes a float.

    Raises:
        Wrong: a day or a moment that the format cannot hold, such as ``infinity``.
    """
    blocks = rows.copy(rows.select(exports.value), "(FORMAT csv)")
    first = next(blocks, b"")  # what the query cannot do is said here and not by polars
    with temporary.folder() as folder:
        path = folder / "rows.parquet"
        _made(rows, snapshot.gathered(chain([first], blocks), PART), path)
        rows.connection.close()
        yield from temporary.sent(path)


def _made(rows: Rows, parts: Iterator[bytes], path: Path) -> None:
    read = {name: _read(kind) for name, kind in rows.columns}
    typed = [_typed(name, kind) for name, kind in rows.columns]
    lost: list[psycopg.Error] = []

    def source(*_wishes: Any) -> Iterator[pl.DataFrame]:
        try:
            for part in parts:
                yield pl.read_csv(part, has_header=False, schema=read).select(typed)
        except psycopg.Error as error:  # polars would tell it as one of its own
            lost.append(error)
            raise

    plan = register_io_source(source, schema=pl.DataFrame(schema=read).select(typed).schema)
    try:
        plan.sink_parquet(path, compression="zstd", row_group_size=GROUP)
    except pl.exceptions.PolarsError as error:
        if lost:
            raise lost[0] from error
        expected = tk._("values that Parquet can hold; a date of this table is none. Take csv.")
        raise Wrong("export", "parquet", expected) from error


def _read(kind: str) -> pl.DataType:
    """The type in which the CSV is read; days and moments are parsed afterwards, strictly."""
    if kind in FLOATS:
        return pl.Float64()
    if kind in WHOLE:
        return pl.Int64()
    return pl.Boolean() if kind == "bool" else pl.String()


def _typed(name: str, kind: str) -> pl.Expr:
    column = pl.col(name)
    if kind == "date":
        return column.str.to_date("%Y-%m-%d")
    if kind.startswith("timestamp"):
        return column.str.to_datetime("%Y-%m-%dT%H:%M:%S%.fZ", time_unit="us").dt.replace_time_zone("UTC")
    return column
