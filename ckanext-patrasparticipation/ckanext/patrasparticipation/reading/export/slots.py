"""How many large exports run at a time, in all processes of the site: locks of the DataStore count."""

from __future__ import annotations

from typing import Any

import psycopg

from ... import config
from ...feeds.database import lock_key
from .errors import Busy

LARGE = 32 * 1024 * 1024
"""Bytes of a table in the database from which its export is large."""
WAIT = 60
"""Seconds after which a reader who was sent away may try again."""


def take(connection: psycopg.Connection[Any], table: str) -> None:
    """Take a place for the export of a large table; the connection's end gives it back.

    Raises:
        Busy: all are taken.
    """
    row = connection.execute("SELECT pg_table_size(to_regclass(%s))", [f'public."{table}"']).fetchone()
    if row and int(row[0] or 0) >= LARGE:
        hold(connection)


def hold(connection: psycopg.Connection[Any]) -> None:
    """Take a place whatever the size.

    Raises:
        Busy: all are taken.
    """
    lock = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
    for number in range(config.exports_at_once()):
        row = connection.execute(lock, [lock_key("export", str(number))]).fetchone()
        if row and row[0]:
            return
    raise Busy
