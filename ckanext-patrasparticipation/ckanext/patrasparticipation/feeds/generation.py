"""Which version the rows of a table are: a table of the DataStore, written in the transaction of the swap."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

import psycopg

CREATE = """
CREATE TABLE IF NOT EXISTS _harvest_generation (
    resource_id text PRIMARY KEY, source text UNIQUE NOT NULL, generation int NOT NULL,
    algorithm text NOT NULL, entry jsonb NOT NULL, committed timestamptz NOT NULL DEFAULT now())
"""
SELECT = "SELECT resource_id, source, generation, algorithm, entry FROM _harvest_generation"
WRITE = """
INSERT INTO _harvest_generation (resource_id, source, generation, algorithm, entry)
VALUES (%(resource_id)s, %(source)s, %(generation)s, %(algorithm)s, %(entry)s)
ON CONFLICT (resource_id) DO UPDATE SET generation = excluded.generation, source = excluded.source,
    algorithm = excluded.algorithm, entry = excluded.entry, committed = now()
"""


@dataclass(frozen=True)
class Entry:
    """What must be known of a generation to finish it after a crash: everything but the rows themselves."""

    run_id: str
    created: str  # UTC, ISO 8601
    totals: dict[str, int]  # rows_in, loaded, rejected, deduplicated
    origin: dict[str, Any]
    columns: list[list[str]]  # [name, type of PostgreSQL]
    schema_hash: str | None = None
    code_version: str = ""
    extent: list[float] | None = None  # west, south, east, north
    restored_from: int | None = None


@dataclass(frozen=True)
class Current:
    """The generation that the rows of a table are of."""

    resource_id: str
    source: str
    generation: int
    algorithm: str
    entry: Entry = field(repr=False)


def ensure(connection: psycopg.Connection[Any]) -> None:
    """Make the table where it is missing; the role that writes to the DataStore owns it."""
    if connection.execute("SELECT to_regclass('public._harvest_generation')").fetchone() == (None,):
        connection.execute(CREATE)


def read(
    connection: psycopg.Connection[Any], *, source: str | None = None, resource_id: str | None = None
) -> Current | None:
    """The generation by source or by table, or nothing when it was never published."""
    column, value = ("source", source) if source else ("resource_id", resource_id)
    row = connection.execute(f"{SELECT} WHERE {column} = %s", [value]).fetchone()
    return Current(row[0], row[1], row[2], row[3], Entry(**row[4])) if row else None


def write(connection: psycopg.Connection[Any], current: Current) -> None:
    """Keep the generation; the caller's transaction is the one that changes the rows."""
    values = {
        "resource_id": current.resource_id,
        "source": current.source,
        "generation": current.generation,
        "algorithm": current.algorithm,
        "entry": json.dumps(asdict(current.entry)),
    }
    connection.execute(WRITE, values)
