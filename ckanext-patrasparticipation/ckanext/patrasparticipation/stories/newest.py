"""The newest value of each indicator of a list, in two questions to the DataStore."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ckanext.datastore.backend.postgres import get_read_engine
from sqlalchemy import text

from . import observations

NEEDED = ("period", "area_code", "breakdown", "value", "status", "implausible", "note")
TABLES = text(
    "SELECT table_name FROM information_schema.columns"
    " WHERE table_schema = 'public' AND table_name = ANY(:tables) AND column_name = ANY(:columns)"
    " GROUP BY table_name HAVING count(*) = :count"
)
ONE = (
    "(SELECT '{id}' AS id, period, value, status, implausible, note FROM \"{id}\""
    " WHERE value IS NOT NULL AND implausible IS NOT TRUE"
    " ORDER BY area_code = '{city}' DESC, coalesce(breakdown, '') = '' DESC, period DESC LIMIT 1)"
)


def of(packages: Iterable[dict[str, Any]]) -> dict[str, observations.Observation]:
    """By the id of its table, the newest observation that has a value which nobody doubts.

    The packages are what a search gave the reader, so that their tables are the reader's to see too.
    """
    tables = [str(table["id"]) for each in packages if (table := observations.table(each))]
    if not tables:
        return {}
    with get_read_engine().connect() as connection:
        asked = {"tables": tables, "columns": list(NEEDED), "count": len(NEEDED)}
        there = [row[0] for row in connection.execute(TABLES, asked)]
        if not there:
            return {}
        parts = (ONE.format(id=name.replace('"', ""), city=observations.CITY) for name in there)
        rows = connection.execute(text(" UNION ALL ".join(parts))).mappings()
        return {str(row["id"]): observations.observation(row) for row in rows}
