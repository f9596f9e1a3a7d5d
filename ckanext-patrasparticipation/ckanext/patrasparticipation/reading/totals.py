"""How many rows a search finds, kept by generation: whoever pages through an answer has it counted once."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import DataDict
from ckanext.datastore.backend.postgres import get_read_engine
from psycopg import sql

from . import columns, kept
from .conditions import conditions, executed, identifier

PARTS = ("filters", "q", "plain", "language", "distinct", "full_text")
"""What decides how many rows there are; with ``distinct`` the columns do so too."""


def of(given: DataDict, table: str | None, generation: int | None) -> str | None:
    """The name under which the total of this search is kept; nothing where it is not to be."""
    if generation is None or not table or not _wanted(given):
        return None
    parts = {name: given.get(name) for name in PARTS}
    columns = given.get("fields") if given.get("distinct") else None
    return kept.key({"total": table, "generation": generation, "fields": columns, **parts})


def _wanted(given: DataDict) -> bool:
    try:
        return bool(tk.asbool(given.get("include_total", True)))
    except ValueError:
        return False  # CKAN says what is wrong with it


def get(name: str | None) -> int | None:
    """The total, or nothing."""
    found = kept.get(name) if name else None
    return int(found["total"]) if found else None


def put(name: str | None, answer: dict[str, Any]) -> None:
    """Keep the total of an answer that was counted."""
    if name and answer.get("total") is not None:
        kept.put(name, {"total": answer["total"]})


def countable(given: DataDict) -> bool:
    """Whether ``count`` can tell the total: the search asks for filters and nothing else."""
    return bool(given.get("filters")) and not any(given.get(name) for name in ("q", "full_text", "distinct"))


def count(table: str, filters: Any) -> int:
    """How many rows pass the filters. CKAN counts whole rows; this reads an index where there is one.

    Raises:
        tk.ValidationError: ``filters``.
    """
    known = columns.of(table)
    condition, values = conditions({name: column.type for name, column in known.items()}, filters)
    statement = sql.SQL("SELECT count(*) FROM {} WHERE {}").format(identifier(table), condition)
    with get_read_engine().connect() as connection:
        return int(executed(connection, statement, values).scalar_one())
