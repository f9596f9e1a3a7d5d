"""A COPY that runs in a thread: one batch is written out and stored while the next one is being mapped."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import polars as pl
import psycopg
from psycopg import sql

from ..harvesters.errors import HarvestError

AHEAD = 1
"""Batches that may wait; one more and the reader of the source waits. Each costs some ten megabytes."""


class Stream:
    """One COPY from its first batch to ``close``; the connection belongs to it until then.

    Args:
        lines: gives a batch's lines of CSV; it runs in the thread.

    Raises:
        HarvestError: ``not_stored`` (from ``write`` or ``close``), with PostgreSQL's first line: a NUL
            letter, a number beyond its type; or what ``lines`` raised.
    """

    def __init__(
        self,
        connection: psycopg.Connection[Any],
        statement: sql.Composed,
        lines: Callable[[pl.DataFrame], bytes],
    ) -> None:
        self._lines = lines
        self._waiting: queue.Queue[pl.DataFrame | None] = queue.Queue(AHEAD)
        self._broken = threading.Event()
        self._pool = ThreadPoolExecutor(1, "copy")
        self._copied = self._pool.submit(self._run, connection, statement)

    def write(self, rows: pl.DataFrame) -> None:
        """Hand over a batch; waits while ``AHEAD`` batches wait."""
        if self._broken.is_set():
            self.close()
        self._waiting.put(rows)

    def close(self) -> int:
        """End the COPY; gives the number of rows that PostgreSQL took."""
        self.abandon()
        return self._result()

    def abandon(self) -> None:
        """End it without asking whether it went well; the caller rolls back."""
        self._waiting.put(None)
        self._pool.shutdown(wait=True)

    def _run(self, connection: psycopg.Connection[Any], statement: sql.Composed) -> int:
        rows: pl.DataFrame | None = pl.DataFrame()
        try:
            with connection.cursor() as cursor:
                with cursor.copy(statement) as copy:
                    while (rows := self._waiting.get()) is not None:
                        copy.write(self._lines(rows))
                return cursor.rowcount
        finally:
            if rows is not None:
                self._broken.set()
            while rows is not None:  # so that nobody waits for a place
                rows = self._waiting.get()

    def _result(self) -> int:
        """Bad data are the source's fault; anything else is raised as it is."""
        try:
            return self._copied.result()
        except psycopg.DataError as error:
            raise HarvestError("not_stored", problem=str(error).splitlines()[0]) from error
