"""Of which version a table's rows are, asked of the DataStore by whoever reads it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckanext.datastore.backend.postgres import get_read_engine
from sqlalchemy.engine import Connection

GENERATION = sa.text("SELECT generation FROM _harvest_generation WHERE resource_id = :table")
THERE = sa.text("SELECT to_regclass('public._harvest_generation') IS NOT NULL")
ALIAS = sa.text("SELECT alias_of FROM _table_metadata WHERE name = :name AND alias_of IS NOT NULL")


def table(name: Any) -> str | None:
    """The table that a caller's ``resource_id`` names; what is no text names none."""
    return name if isinstance(name, str) and "\0" not in name else None


def generation(name: str | None) -> int | None:
    """The generation of a table (or of the one behind an alias), or nothing where no feed keeps it."""
    if name is None:
        return None
    with get_read_engine().connect() as connection:
        found = current(connection, name)
        if found is None and (behind := connection.execute(ALIAS, {"name": name}).scalar()):
            found = current(connection, behind)
    return found


def current(connection: Connection, name: str) -> int | None:
    """The generation of a table as that connection sees it, or nothing where no feed keeps it."""
    if not connection.execute(THERE).scalar():
        return None
    found: int | None = connection.execute(GENERATION, {"table": name}).scalar()
    return found
