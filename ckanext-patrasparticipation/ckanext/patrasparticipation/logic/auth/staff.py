"""Who may ask for what helps staff: each person for themselves, administrators for their publisher."""

from __future__ import annotations

from typing import Any

from ckan import authz
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context, DataDict


def participation_first_steps_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever is logged in, about themselves."""
    return {"success": True}


def participation_first_steps_hide(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever is logged in, their own."""
    return {"success": True}


def participation_colleague_invite(context: Context, data_dict: DataDict) -> AuthResult:
    """The administrators of the publisher."""
    asked: dict[str, Any] = {"group_id": data_dict.get("id")}
    return authz.is_authorized("user_invite", tk.fresh_context(context), asked)


def participation_openness_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever is logged in; the list holds what they may edit."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def participation_openness_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may read the dataset."""
    return authz.is_authorized("package_show", tk.fresh_context(context), {"id": data_dict.get("id")})
