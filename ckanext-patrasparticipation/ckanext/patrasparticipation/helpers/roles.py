"""What the form of a resource says of roles."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk


def participation_roles(record_type: str) -> list[dict[str, Any]]:
    """The roles that may stand on records of a type, as ``participation_role_list`` gives them."""
    found: list[dict[str, Any]] = tk.get_action("participation_role_list")({}, {"type": record_type})
    return found
