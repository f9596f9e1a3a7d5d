"""The columns of a table that a reader may name: type in PostgreSQL and entry of the data dictionary."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import psycopg
import sqlalchemy as sa
from ckanext.datastore.backend.postgres import get_read_engine

QUERY = """
SELECT a.attname, t.typname, d.description FROM pg_attribute a
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_description d ON d.objoid = a.attrelid AND d.objsubid = a.attnum
WHERE a.attrelid = to_regclass({}) AND a.attnum > 0 AND NOT a.attisdropped
    AND (a.attname = '_id' OR NOT starts_with(a.attname, '_')) ORDER BY a.attnum
"""


@dataclass(frozen=True)
class Column:
    """A column: its name, PostgreSQL's name of its type, its entry in the data dictionary."""

    name: str
    type: str
    info: dict[str, Any] = field(default_factory=dict, hash=False)


Columns = dict[str, Column]


def of(table: str, connection: psycopg.Connection[Any] | None = None) -> Columns:
    """The columns of a table by name, in order, ``_id`` among them; empty where there is no such table.

    Args:
        table: the id of the resource, not an alias.
        connection: whose snapshot is read; CKAN's pool of readers where none is given.
    """
    name = '"{}"'.format(table.replace('"', '""'))
    if connection is not None:
        return _columns(connection.execute(QUERY.format("%s"), [name]))
    with get_read_engine().connect() as pooled:
        return _columns(tuple(row) for row in pooled.execute(sa.text(QUERY.format(":name")), {"name": name}))


def _columns(rows: Iterable[tuple[Any, ...]]) -> Columns:
    return {str(name): Column(str(name), str(kind), _info(text)) for name, kind, text in rows}


def _info(description: str | None) -> dict[str, Any]:
    """CKAN keeps the dictionary as JSON in the column's comment; another comment is none of ours."""
    try:
        known = json.loads(description or "{}")
    except ValueError:
        return {}
    info = known.get("_info") if isinstance(known, dict) else None
    return info if isinstance(info, dict) else {}
