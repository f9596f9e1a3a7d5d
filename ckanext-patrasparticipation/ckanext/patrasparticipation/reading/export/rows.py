"""What every format writes: the columns and rows that were asked for, in one snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql

from ...feeds import snapshot
from ...feeds.layout import Layout
from ..statement import Asked

FLOATS = ("float4", "float8", "numeric")
WHOLE = ("int2", "int4", "int8")

Written = Callable[[str, str], sql.Composable]
"""How a format writes a column, of its name and type."""


@dataclass(frozen=True)
class Rows:
    """``columns`` are ``(name, type)`` in the order asked; ``layout`` says where a row stands on a map."""

    connection: psycopg.Connection[Any] = field(repr=False)
    asked: Asked
    columns: tuple[tuple[str, str], ...]
    layout: Layout
    about: dict[str, Any]

    @property
    def info(self) -> dict[str, Any]:
        """The data dictionary by column."""
        return self.asked.info

    def select(self, written: Written) -> str:
        """The SELECT of the rows, each column as the format writes it."""
        return self.expression(sql.SQL(", ").join(written(name, kind) for name, kind in self.columns))

    def expression(self, what: sql.Composable) -> str:
        """The SELECT of one expression over the rows."""
        return self.asked.rows(what.as_string(self.connection))

    def copy(self, query: str, options: str) -> Iterator[bytes]:
        """What a COPY of that query sends."""
        return snapshot.copied(self.connection, sql.SQL(f"COPY ({query}) TO STDOUT {options}"))  # type: ignore[arg-type]


def public(types: dict[str, str]) -> dict[str, str]:
    """The columns that readers see: no number of a row, no rank of a search."""
    return {name: kind for name, kind in types.items() if not name.startswith("_") and kind != "float"}


def plain_layout(types: dict[str, str]) -> Layout:
    """The layout of a table that no feed keeps: a point where it has numbers called ``lon`` and ``lat``."""
    numbers = (*FLOATS, *WHOLE)
    has_point = types.get("lon") in numbers and types.get("lat") in numbers
    return Layout(tuple(types.items()), "_id", geometry="point" if has_point else None)
