"""What a published table looks like to PostgreSQL: its columns in order, its key, its indexes."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl
from psycopg import sql

from ..schemas.definitions import Feed
from ..schemas.derive.columns import POSTGRES, indexes, searchable

HASH = "_row"
"""The hidden column (the DataStore hides every name that begins with ``_``): a hash of the row's values."""

ALGORITHM = f"polars {pl.__version__} hash_rows {platform.machine()}"
"""polars' row hash is not stable between its releases, so the one used is stored with the rows."""


@dataclass(frozen=True)
class Layout:
    """Columns as ``(name, type of PostgreSQL)``; ``geometry`` is ``point``, ``area`` or nothing."""

    columns: tuple[tuple[str, str], ...]
    key: str
    indexes: tuple[str, ...] = ()
    searchable: tuple[str, ...] = ()
    geometry: str | None = None
    geometry_column: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(name for name, _ in self.columns)


def layout(feed: Feed) -> Layout:
    """The layout that a feed's definition asks for."""
    areas = [column.name for column in feed.columns if column.type == "geometry"]
    return Layout(
        columns=tuple((column.name, POSTGRES[column.type]) for column in feed.columns),
        key=feed.key,
        indexes=tuple(name for name in indexes(feed) if name != feed.key),
        searchable=tuple(searchable(feed)),
        geometry=feed.geometry,
        geometry_column=areas[0] if areas else None,
    )


def identifiers(names: Iterable[str], table: str | None = None) -> sql.Composed:
    """The names, quoted and joined by commas; each with the table's name before it when there is one."""
    return sql.SQL(", ").join(
        sql.Identifier(table, name) if table else sql.Identifier(name) for name in names
    )


def described(layout: Layout) -> sql.Composed:
    """The columns with their types, and the hash, as ``CREATE TABLE`` takes them."""
    columns = [*layout.columns, (HASH, "int8")]
    return sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind)) for name, kind in columns
    )


def copied(layout: Layout) -> sql.Composed:
    """The same columns by name, as ``COPY`` takes them."""
    return identifiers((*layout.names, HASH))


def staging_name(source: str) -> str:
    """The table beside, where a load waits: hidden from CKAN by its first letter, one per source."""
    return "_stg_" + hashlib.sha256(source.encode()).hexdigest()[:16]


def hashed(rows: pl.DataFrame) -> pl.Series:
    """One signed 64-bit number per row, equal for equal values."""
    return rows.hash_rows(seed=0).reinterpret(signed=True).alias(HASH)
