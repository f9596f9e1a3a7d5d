"""What goes wrong in the thread that copies reaches whoever hands over the batches, at once or at the end."""

from __future__ import annotations

from collections import deque
from itertools import repeat
from typing import Any

import polars as pl
import psycopg
import pytest
from psycopg import sql

from ckanext.patrasparticipation.feeds import database
from ckanext.patrasparticipation.feeds.stream import Stream
from ckanext.patrasparticipation.harvesters.errors import HarvestError

pytestmark = pytest.mark.usefixtures("with_plugins")
BATCH = pl.DataFrame({"n": ["1", "2"]})


@pytest.fixture
def connection() -> Any:
    """A connection with a table of one number."""
    with database.connect(database.WRITE) as connection:
        connection.execute("CREATE TEMP TABLE _numbers (n int)")
        yield connection
        connection.rollback()


def stream(connection: psycopg.Connection[Any], lines: Any) -> Stream:
    return Stream(connection, sql.SQL("COPY _numbers FROM STDIN (FORMAT csv)"), lines)


def written(rows: pl.DataFrame) -> bytes:
    return rows.write_csv(include_header=False).encode()


def test_rows_are_counted(connection: Any) -> None:
    copied = stream(connection, written)
    for _ in range(5):
        copied.write(BATCH)
    assert copied.close() == 10


def test_a_value_that_postgresql_refuses_is_the_sources_fault(connection: Any) -> None:
    copied = stream(connection, lambda rows: b"one\n")
    copied.write(BATCH)
    with pytest.raises(HarvestError, match="one") as refused:
        copied.close()
    assert refused.value.code == "not_stored"


def test_a_mistake_of_ours_is_raised_before_the_file_has_been_read(connection: Any) -> None:
    def broken(rows: pl.DataFrame) -> bytes:
        raise ZeroDivisionError

    copied = stream(connection, broken)
    with pytest.raises(ZeroDivisionError):
        deque(map(copied.write, repeat(BATCH)))
