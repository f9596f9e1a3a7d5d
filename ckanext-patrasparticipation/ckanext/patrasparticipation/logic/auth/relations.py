"""Who may read what hangs together with a record, and who may pick records for a field."""

from __future__ import annotations

from ckan import authz, model
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context, DataDict


def _reads(context: Context, data_dict: DataDict) -> AuthResult:
    return authz.is_authorized("package_show", tk.fresh_context(context), {"id": data_dict.get("id")})


@tk.auth_allow_anonymous_access
def participation_chain(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may read the record."""
    return _reads(context, data_dict)


@tk.auth_allow_anonymous_access
def participation_outcome_summary(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may read the consultation."""
    return _reads(context, data_dict)


@tk.auth_allow_anonymous_access
def participation_influence(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may read the record."""
    return _reads(context, data_dict)


def participation_relation_suggest(context: Context, data_dict: DataDict) -> AuthResult:
    """Anybody with an account; the search gives nobody what they may not see."""
    user = context.get("auth_user_obj") or model.User.get(context.get("user") or "")
    return {"success": user is not None and not user.is_anonymous}
