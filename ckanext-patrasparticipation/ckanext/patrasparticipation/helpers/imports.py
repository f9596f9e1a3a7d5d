"""What the pages of imports ask: states and outcomes in words."""

from __future__ import annotations

from typing import Any

from ckanext.patrasparticipation.imports import words
from ckanext.patrasparticipation.records import definitions, drafts, origins, reader


def participation_import_status(code: str) -> str:
    """What an import is at, in words."""
    return words.status(code)


def participation_import_count(code: str, tried: bool = False) -> str:
    """What became of so many rows, or (``tried``) what would."""
    return words.count(code, tried)


def participation_import_outcome(code: str) -> str:
    """What became of a row."""
    return words.outcome(code)


def participation_origin(record: dict[str, Any]) -> dict[str, Any] | None:
    """Where a record came from, with the labels of what a draft lacks; nothing of one that was typed here."""
    origin: dict[str, Any] | None = record.get(origins.SHOWN)
    definition = definitions.of(str(record.get("type"))) if origin else None
    if origin is None or definition is None:
        return None
    return origin | {"missing": drafts.labels(definition, origin["missing"], reader.language())}
