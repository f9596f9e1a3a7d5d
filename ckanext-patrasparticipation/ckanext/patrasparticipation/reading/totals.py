"""How many rows a search finds, kept by generation: whoever pages through an answer has it counted once."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import DataDict

from . import kept

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
