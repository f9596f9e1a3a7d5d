"""Who may ask a table: whoever may read its rows."""

from __future__ import annotations

from ckan import authz
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context, DataDict


@tk.auth_allow_anonymous_access
def participation_table_aggregate(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may search the table."""
    asked = {"resource_id": data_dict["resource_id"]}
    return authz.is_authorized("datastore_search", tk.fresh_context(context), asked)
