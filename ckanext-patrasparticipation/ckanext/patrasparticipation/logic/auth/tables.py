"""Who may hand over a table: whoever edits its dataset. Whoever reads the dataset reads what is published."""

from __future__ import annotations

from typing import Any

from ckan import authz, model
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context, DataDict


def _as(action: str, context: Context, data_dict: DataDict) -> AuthResult:
    """What CKAN says of that action on the dataset of the resource."""
    resource = model.Resource.get(str(data_dict.get("resource_id") or ""))
    if resource is None or resource.state != "active":
        raise tk.ObjectNotFound(tk._("There is no such resource."))
    dataset: dict[str, Any] = {"id": resource.package_id}
    return authz.is_authorized(action, tk.fresh_context(context), dataset)


def participation_table_upload(context: Context, data_dict: DataDict) -> AuthResult:
    """The dataset's editors."""
    if data_dict.get("resource_id"):
        return _as("package_update", context, data_dict)
    dataset: dict[str, Any] = {"id": data_dict.get("package_id") or ""}
    return authz.is_authorized("package_update", tk.fresh_context(context), dataset)


@tk.auth_allow_anonymous_access
def participation_table_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may read the dataset."""
    return _as("package_show", context, data_dict)


def participation_table_preview(context: Context, data_dict: DataDict) -> AuthResult:
    """The dataset's editors."""
    return _as("package_update", context, data_dict)


def participation_table_publish(context: Context, data_dict: DataDict) -> AuthResult:
    """The dataset's editors."""
    return _as("package_update", context, data_dict)


def participation_table_discard(context: Context, data_dict: DataDict) -> AuthResult:
    """The dataset's editors."""
    return _as("package_update", context, data_dict)


def participation_table_describe(context: Context, data_dict: DataDict) -> AuthResult:
    """The dataset's editors."""
    return _as("package_update", context, data_dict)


def participation_table_keep(context: Context, data_dict: DataDict) -> AuthResult:
    """The dataset's editors."""
    return _as("package_update", context, data_dict)
