"""What the pages of imports ask: states and outcomes in words."""

from __future__ import annotations

from ckanext.patrasparticipation.imports import words


def participation_import_status(code: str) -> str:
    """What an import is at, in words."""
    return words.status(code)


def participation_import_outcome(code: str, tried: bool = False) -> str:
    """What became of a row, or (``tried``) what would."""
    return words.outcome(code, tried)
