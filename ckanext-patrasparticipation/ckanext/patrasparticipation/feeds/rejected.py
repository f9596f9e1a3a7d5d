"""Rows that were refused: kept with their run, read back in order, written as the file of a version."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import IO, Any

import polars as pl

from ..harvesters.messages import rejection
from . import database

COLUMNS = ("row_number", "column", "code", "raw")
HEADER = ("row", "column", "code", "value", "reason_el", "reason_en")
COPY = 'COPY participation_rejected (run_id, row_number, "column", code, raw) FROM STDIN (FORMAT csv)'
SELECT = 'SELECT row_number, "column", code, raw FROM participation_rejected WHERE run_id = %s ORDER BY id'


def keep(run_id: str, rows: pl.DataFrame) -> None:
    """Add refused rows to a run's list, in the main database."""
    text = rows.select(pl.lit(run_id).alias("run_id"), *COLUMNS).write_csv(include_header=False)
    with (
        database.connect(database.MAIN) as connection,
        connection.cursor() as cursor,
        cursor.copy(COPY) as stream,
    ):
        stream.write(text)


def read(run_id: str) -> Iterator[dict[str, Any]]:
    """The refused rows of a run, as the source had them in order, each with its reason in both languages."""
    with database.connect(database.MAIN) as connection, connection.cursor(name="rejected") as cursor:
        for row in cursor.execute(SELECT, [run_id]):
            yield _told(row)


def write(run_id: str, file: IO[str]) -> int:
    """Write a run's refused rows as CSV (header always); gives their number."""
    lines = csv.writer(file, lineterminator="\n")
    lines.writerow(HEADER)
    count = 0
    for row in read(run_id):
        reason = row["reason"]
        lines.writerow([*(row[name] for name in COLUMNS), reason["el"], reason["en"]])
        count += 1
    return count


def page(run_id: str, limit: int, offset: int) -> dict[str, Any]:
    """A part of a run's refused rows: ``{"total", "rows"}``."""
    with database.connect(database.MAIN) as connection:
        total = connection.execute(
            "SELECT count(*) FROM participation_rejected WHERE run_id = %s", [run_id]
        ).fetchone()
        found = connection.execute(SELECT + " LIMIT %s OFFSET %s", [run_id, limit, offset]).fetchall()
    return {"total": total[0] if total else 0, "rows": [_told(row) for row in found]}


def _told(row: tuple[Any, ...]) -> dict[str, Any]:
    record = dict(zip(COLUMNS, row, strict=True))
    return record | {"reason": rejection(record["code"], record["column"], record["raw"])}
