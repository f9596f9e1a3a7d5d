"""Which code published a version: the installed distribution's number."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version as installed


@cache
def version() -> str:
    """``0.1.0`` and the like."""
    return installed("ckanext-patrasparticipation")
