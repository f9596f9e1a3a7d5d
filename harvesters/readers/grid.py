"""Positions of what people report, moved to a grid: some 100 metres, so that no door can be told."""

from __future__ import annotations

from typing import Any

DECIMALS = 3
"""Of degrees: 111 metres of latitude, 87 metres of longitude in Patras."""


def snapped(value: Any) -> str | None:
    """A coordinate on the grid; what is no number stays as it is, for the mapping to refuse."""
    if value in (None, ""):
        return None
    try:
        return f"{float(value):.{DECIMALS}f}"
    except (TypeError, ValueError):
        return "?"
