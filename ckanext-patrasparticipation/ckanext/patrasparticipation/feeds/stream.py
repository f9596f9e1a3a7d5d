"""A COPY that runs in a thread: one batch is written out and stored while the next one is being mapped."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any

import polars as pl
import psycopg
from psycopg import sql

from ..harvesters.errors import HarvestError

AHEAD = 2
"""Batches that may wait; one more and the reader of the source waits."""


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
        self.rows = 0
        self._lines = lines
        self._error: psycopg.Error | HarvestError | None = None
        self._waiting: queue.Queue[pl.DataFrame | None] = queue.Queue(AHEAD)
        self._thread = threading.Thread(target=self._run, args=(connection, statement), daemon=True)
        self._thread.start()

    def write(self, rows: pl.DataFrame) -> None:
        """Hand over a batch; waits while ``AHEAD`` batches wait."""
        self._raise()
        self._waiting.put(rows)

    def close(self) -> int:
        """End the COPY; gives the number of rows that PostgreSQL took."""
        self._waiting.put(None)
        self._thread.join()
        self._raise()
        return self.rows

    def abandon(self) -> None:
        """End it without asking whether it went well; the caller rolls back."""
        self._waiting.put(None)
        self._thread.join()

    def _run(self, connection: psycopg.Connection[Any], statement: sql.Composed) -> None:
        try:
            with connection.cursor() as cursor:
                with cursor.copy(statement) as copy:
                    while (rows := self._waiting.get()) is not None:
                        copy.write(self._lines(rows))
                self.rows = cursor.rowcount
        except (psycopg.Error, HarvestError) as error:
            self._error = error
            while self._waiting.get() is not None:  # so that nobody waits for a place
                pass

    def _raise(self) -> None:
        """Bad data are the source's fault; anything else is the database's, and is raised as it is."""
        if isinstance(self._error, psycopg.DataError):
            raise HarvestError("not_stored", problem=str(self._error).splitlines()[0]) from self._error
        if self._error is not None:
            raise self._error
