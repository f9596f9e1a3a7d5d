"""Who may read the report: everybody; only public records are counted."""

from __future__ import annotations

from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context, DataDict


@tk.auth_allow_anonymous_access
def participation_report(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody."""
    return {"success": True}
