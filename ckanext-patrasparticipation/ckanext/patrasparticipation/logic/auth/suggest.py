"""Who may get suggestions: whoever may search."""

from __future__ import annotations

from ckan import authz
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context, DataDict


@tk.auth_allow_anonymous_access
def participation_search_suggest(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may search the records."""
    return authz.is_authorized("package_search", tk.fresh_context(context), {})
