"""Parquet with typed columns, by way of a CSV beside it: polars reads and writes it part by part."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
from ckan.plugins import toolkit as tk

from ...feeds import exports
from . import temporary
from .errors import Wrong
from .rows import FLOATS, WHOLE, Rows

GROUP = 50_000
"""Rows of one part of the file."""


def write(rows: Rows) -> Iterator[bytes]:
    """The file, gone when it has been read; moments are in UTC, ``numeric`` becomes a float.

    Raises:
        Wrong: a day or a moment that the format cannot hold, such as ``infinity``.
    """
    with temporary.folder() as folder:
        between, path = folder / "rows.csv", folder / "rows.parquet"
        with between.open("wb") as file:
            file.writelines(rows.copy(rows.select(exports.value), "(FORMAT csv, HEADER)"))
        rows.connection.close()
        _convert(rows, between, path)
        between.unlink()
        yield from temporary.sent(path)


def _convert(rows: Rows, between: Path, path: Path) -> None:
    plan = pl.scan_csv(between, schema={name: _read(kind) for name, kind in rows.columns})
    typed = plan.with_columns(_typed(name, kind) for name, kind in rows.columns)
    try:
        typed.sink_parquet(path, compression="zstd", row_group_size=GROUP)
    except pl.exceptions.PolarsError as error:
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
