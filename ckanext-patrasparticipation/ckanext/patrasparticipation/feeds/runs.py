"""One run of one source at a time, anywhere: the claim, the heartbeat, and the row that tells of it."""

from __future__ import annotations

import os
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from .. import clock
from ..harvesters import faults
from ..harvesters.errors import SourceBusy
from ..harvesters.messages import message
from . import database

BEAT = 20.0
"""Seconds between heartbeats; a run is looked at when it has been silent for three of them."""

SILENT = 3 * BEAT

LOCK = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
UNLOCK = "SELECT pg_advisory_unlock(hashtextextended(%s, 0))"


class Run:
    """A run under way. Its claim is a session lock of the main database: it ends with the process."""

    def __init__(self, run_id: str, source: str, connection: psycopg.Connection[Any]) -> None:
        self.id, self.source = run_id, source
        self._connection = connection
        self._speaking = threading.Lock()

    def step(self, name: str, rows: int = 0) -> None:
        """Note where the run is, how many rows it has read where that is known, and that it lives."""
        self._write("step = %s, rows_in = coalesce(nullif(%s, 0), rows_in), heartbeat = now()", [name, rows])

    def beat(self) -> None:
        """Note that the run lives."""
        self._write("heartbeat = now()", [])

    def finish(self, status: str, **values: Any) -> None:
        """Close the row: the outcome, and columns of ``participation_run`` by name."""
        columns = {"status": status, "finished": clock.now(), **values}
        pairs = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in columns)
        with self._speaking:
            self._connection.execute(
                sql.SQL("UPDATE participation_run SET {} WHERE id = %s").format(pairs),
                [
                    *(Jsonb(value) if isinstance(value, dict) else value for value in columns.values()),
                    self.id,
                ],
            )

    def _write(self, assignment: str, values: list[Any]) -> None:
        with self._speaking:
            self._connection.execute(
                f"UPDATE participation_run SET {assignment} WHERE id = %s", [*values, self.id]
            )


@contextmanager
def claimed(source: str, actor: str) -> Iterator[Run]:
    """Claim a source for as long as the block runs.

    Raises:
        SourceBusy: another process, here or on another machine, has it.
    """
    with database.connect(database.MAIN, autocommit=True) as connection, lock(connection, source) as mine:
        if not mine:
            raise SourceBusy("busy", source=source)
        bury(connection, source)
        run = Run(str(uuid.uuid4()), source, connection)
        connection.execute(
            "INSERT INTO participation_run (id, source, status, step, started, actor, process)"
            " VALUES (%s, %s, 'running', 'claimed', %s, %s, %s)",
            [run.id, source, clock.now(), actor, f"{socket.gethostname()}:{os.getpid()}"],
        )
        faults.point("claimed")
        with _beating(run), _told(run):
            yield run


@contextmanager
def lock(connection: psycopg.Connection[Any], source: str) -> Iterator[bool]:
    """The claim of a source on an open connection, or false when another has it."""
    key = database.lock_key("run", source)
    mine = connection.execute(LOCK, [key]).fetchone() == (True,)
    try:
        yield mine
    finally:
        if mine and not connection.broken:
            connection.execute(UNLOCK, [key])


def silent(connection: psycopg.Connection[Any]) -> list[str]:
    """The sources with a run that says it is running but has not been heard of."""
    rows = connection.execute(
        "SELECT DISTINCT source FROM participation_run WHERE status = 'running'"
        " AND heartbeat < now() - make_interval(secs => %s)",
        [SILENT],
    )
    return [str(row[0]) for row in rows]


def bury(connection: psycopg.Connection[Any], source: str) -> int:
    """Close the rows of runs that ended abruptly; whoever holds the claim knows that nobody else runs."""
    rows = connection.execute(
        "SELECT id, step FROM participation_run WHERE source = %s AND status = 'running'", [source]
    ).fetchall()
    for run_id, step in rows:
        reason = {"code": "died", **message("died", {"step": step})}
        connection.execute(
            "UPDATE participation_run SET status = 'dead', finished = %s, reason = %s WHERE id = %s",
            [clock.now(), Jsonb(reason), run_id],
        )
    return len(rows)


@contextmanager
def _told(run: Run) -> Iterator[None]:
    """Close the row of a run that an unexpected error ends, and let the error go on."""
    try:
        yield
    except BaseException as error:
        run.finish("failed", reason={"code": type(error).__name__, "el": str(error), "en": str(error)})
        raise


@contextmanager
def _beating(run: Run) -> Iterator[None]:
    """Beat in a thread of its own, so that a long step does not look like a dead run."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(BEAT):
            run.beat()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
