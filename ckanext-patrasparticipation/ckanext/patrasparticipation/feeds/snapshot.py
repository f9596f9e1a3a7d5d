"""One COPY from one snapshot of the DataStore, as blocks of bytes that end it when they are closed."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from typing import Any

import psycopg
from psycopg import sql

from . import database, generation

TIMEOUT = "10min"
BLOCK = 64 * 1024
"""Bytes that leave at a time: psycopg hands over row by row, and a web server pays for every piece."""


def opened() -> psycopg.Connection[Any]:
    """A connection whose reads are all of one moment; the caller closes it."""
    connection = database.connect(database.READ)
    try:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        connection.execute(f"SET LOCAL statement_timeout = '{TIMEOUT}'")
        connection.execute("SET LOCAL datestyle = 'ISO'; SET LOCAL timezone = 'UTC'")
    except BaseException:
        connection.close()
        raise
    return connection


def current(connection: psycopg.Connection[Any], resource_id: str) -> generation.Current | None:
    """The generation of a table in the connection's snapshot, or nothing where no feed keeps it."""
    if connection.execute("SELECT to_regclass('public._harvest_generation')").fetchone() == (None,):
        return None
    return generation.read(connection, resource_id=resource_id)


def copied(connection: psycopg.Connection[Any], query: str | sql.Composable) -> Iterator[bytes]:
    """What a COPY sends, gathered into blocks that end with a row."""
    with connection.cursor() as cursor, cursor.copy(query) as copy:  # type: ignore[arg-type]
        yield from gathered(copy)


def gathered(rows: Iterable[bytes | bytearray | memoryview], size: int = BLOCK) -> Iterator[bytes]:
    """Many small pieces as few large ones, of ``size`` bytes and a little more."""
    block = bytearray()
    for row in rows:
        block += row
        if len(block) >= size:
            yield bytes(block)
            block.clear()
    if block:
        yield bytes(block)


class Blocks:
    """A file's bytes; closing them, read to the end or not, gives back what they hold."""

    def __init__(self, rest: Generator[bytes, None, None]) -> None:
        """Read the first block, so that what fails at the start fails here."""
        self._rest = rest
        self._first: bytes | None = next(rest, b"")

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        return next(self._rest)

    def close(self) -> None:
        """End the COPY and the snapshot."""
        self._rest.close()
