"""CSV straight from COPY: plain, or as a Greek Excel opens it with a double click."""

from __future__ import annotations

from collections.abc import Iterator

from psycopg import sql

from ...feeds import exports
from .rows import FLOATS, WHOLE, Rows

BOM = b"\xef\xbb\xbf"
HARMLESS = (*WHOLE, "bool", "date", "timestamp", "timestamptz")
FORMULA = r"^[=+\-@\t\r\n]"
"""What a spreadsheet takes for a formula, or for the beginning of one."""


def write(rows: Rows) -> Iterator[bytes]:
    """UTF-8, commas, a header, quotes as of RFC 4180, line feeds; every value as it is."""
    return rows.copy(rows.select(exports.value), "(FORMAT csv, HEADER)")


def excel(rows: Rows) -> Iterator[bytes]:
    """A byte-order mark, semicolons, decimal commas; no text begins a formula."""
    before = BOM
    for block in rows.copy(rows.select(value), "(FORMAT csv, HEADER, DELIMITER ';')"):
        yield before + block
        before = b""


def value(name: str, kind: str) -> sql.Composable:
    """A column for Excel: an apostrophe stands before a text that it would calculate."""
    column = sql.Identifier(name)
    header = sql.Identifier("'" + name if name[0] in "=+-@" else name)
    if kind in FLOATS:
        return sql.SQL("replace({}::text, '.', ',') AS {}").format(column, header)
    if kind in HARMLESS:
        return exports.value(name, kind)
    safe = "CASE WHEN {0} ~ {1} THEN '''' || {0} ELSE {0} END AS {2}"
    return sql.SQL(safe).format(exports.text(name, kind), sql.Literal(FORMULA), header)
