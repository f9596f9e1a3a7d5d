"""Who may do what: whoever reads the dataset reads the feed, editors run it, administrators restore."""

from __future__ import annotations

from typing import Any

from ckan import authz
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context, DataDict

from ...feeds import lookup


def _as(action: str, context: Context, data_dict: DataDict) -> AuthResult:
    """What CKAN says of that action on the feed's dataset."""
    dataset: dict[str, Any] = {"id": lookup.dataset_id(str(data_dict["id"]))}
    return authz.is_authorized(action, tk.fresh_context(context), dataset)


@tk.auth_allow_anonymous_access
def participation_feed_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may read the dataset."""
    return _as("package_show", context, data_dict)


@tk.auth_allow_anonymous_access
def participation_feed_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody; the list holds what the caller may see."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def participation_feed_versions(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may read the dataset."""
    return _as("package_show", context, data_dict)


@tk.auth_allow_anonymous_access
def participation_feed_rejected(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may read the dataset; rows refused in a run that published nothing, only its editors."""
    return _as("package_update" if data_dict.get("run") else "package_show", context, data_dict)


def participation_feed_runs(context: Context, data_dict: DataDict) -> AuthResult:
    """The dataset's editors."""
    return _as("package_update", context, data_dict)


def participation_feed_harvest(context: Context, data_dict: DataDict) -> AuthResult:
    """The dataset's editors."""
    return _as("package_update", context, data_dict)


def participation_feed_restore(context: Context, data_dict: DataDict) -> AuthResult:
    """The administrators of the dataset's organisation."""
    owner = lookup.owner(str(data_dict["id"]))
    user = authz.get_user_id_for_username(str(context.get("user") or ""), allow_none=True)
    allowed = bool(
        owner and user and authz.users_role_for_group_or_org(owner, str(context["user"])) == "admin"
    )
    return {"success": allowed, "msg": None if allowed else tk._("Only an administrator may do this.")}
