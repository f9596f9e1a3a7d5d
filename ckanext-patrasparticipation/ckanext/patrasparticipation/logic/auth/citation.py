"""Who may read how a table is cited: whoever reads the table."""

from __future__ import annotations

from ckan import authz
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context, DataDict


@tk.auth_allow_anonymous_access
def participation_table_citation(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may read the resource."""
    return authz.is_authorized(
        "resource_show", tk.fresh_context(context), {"id": data_dict.get("resource_id")}
    )
