"""What a page tells about the search that it shows."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk


def participation_search_note() -> dict[str, Any]:
    """``{"stage", "did_you_mean"}`` of the search that the reader typed, or ``{}``."""
    return dict(tk.g.get("participation_search") or {})
